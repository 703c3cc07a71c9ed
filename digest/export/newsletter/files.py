"""The newsletters that a site offers: each edition as HTML and as plain text."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from digest.export.file import ExportedFile
from digest.export.newsletter.contents import Contents, contents_of
from digest.export.newsletter.html import write_html
from digest.export.newsletter.text import write_text
from digest.export.shared import Shared
from digest.model.entry import Edition
from digest.pages import Site

FORMS: Mapping[str, Callable[[Contents], str]] = {"html": write_html, "txt": write_text}
"""By the endings of their files."""


def iter_newsletter_files(site: Site) -> Iterator[ExportedFile]:
    """Two files an edition."""
    for edition in site.links.editions:
        contents = Shared(partial(contents_of, site, edition), uses=len(FORMS))
        for ending in FORMS:
            yield ExportedFile(
                f"/newsletter/{edition.month}.{ending}", partial(_write, site, edition, contents, ending)
            )


def _write(site: Site, edition: Edition, contents: Shared[Contents], ending: str) -> bytes:
    # A build notes which file shows which text, so each asks for the texts, whoever made the contents.
    for entry in site.links.entries_of_edition(edition.month):
        site.bodies.entry(entry)
    if edition.body is not None:
        site.bodies.document(edition)
    return FORMS[ending](contents.take()).encode("utf-8", "replace")
