"""The newsletters that a site offers: each edition as HTML and as plain text."""

from collections.abc import Iterator
from functools import partial

from digest.export.file import ExportedFile
from digest.export.newsletter.contents import contents_of
from digest.export.newsletter.html import write_html
from digest.export.newsletter.text import write_text
from digest.model.entry import Edition
from digest.pages import Site


def iter_newsletter_files(site: Site) -> Iterator[ExportedFile]:
    """Two files an edition."""
    for edition in site.links.editions:
        yield ExportedFile(newsletter_address(edition, "html"), partial(_write, site, edition, "html"))
        yield ExportedFile(newsletter_address(edition, "txt"), partial(_write, site, edition, "txt"))


def newsletter_address(edition: Edition, ending: str) -> str:
    """`/newsletter/2023-01.html`."""
    return f"/newsletter/{edition.month}.{ending}"


def _write(site: Site, edition: Edition, ending: str) -> bytes:
    contents = contents_of(site, edition)
    text = write_html(contents) if ending == "html" else write_text(contents)
    return text.encode("utf-8", "replace")
