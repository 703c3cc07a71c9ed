"""Free pages: about, privacy, accessibility ..."""

from collections.abc import Iterator
from functools import partial

from digest.model.page import FreePage
from digest.pages.frame import Frame
from digest.pages.page import Page, PlannedPage


def iter_free_pages(frame: Frame) -> Iterator[PlannedPage]:
    """Each page of `pages/`."""
    for document in frame.library.pages:
        yield PlannedPage(document.permalink, partial(_render_free_page, frame, document))


def _render_free_page(frame: Frame, document: FreePage) -> Page:
    page = frame.page(
        document.permalink, "page", document.title, document.description or document.title, document=document
    )
    return frame.with_assets(page, document)
