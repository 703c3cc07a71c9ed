"""The page that explains the catalogue as data."""

from digest.pages.catalogue import DATA_FILES
from digest.pages.frame import Frame
from digest.pages.linked_data_things import catalogue_data
from digest.pages.page import Page


def render_data(frame: Frame) -> Page:
    """Each file of `/data/` with its fields, and what may be done with it."""
    description = "The catalogue of summaries, references, topics and studies as files for programs and spreadsheets"
    return frame.page(
        "/data/",
        "data",
        "Data",
        description,
        linked_data=catalogue_data(frame, description, [file.name for file in DATA_FILES]),
        files=DATA_FILES,
        has_citations=any(map(frame.links.references_of, frame.links.entries)),
        digest=frame.library.configuration.digest,
    )
