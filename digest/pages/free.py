"""Free pages: about, privacy, accessibility ..."""

from collections.abc import Iterator

from digest.pages.frame import Frame
from digest.pages.page import Page


def iter_free_pages(frame: Frame) -> Iterator[Page]:
    """Each page of `pages/`."""
    for document in frame.library.pages:
        page = frame.page(
            document.permalink, "page", document.title, document.description or document.title, document=document
        )
        yield frame.with_assets(page, document)
