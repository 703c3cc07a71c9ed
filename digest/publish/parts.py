"""The parts in which one page differs from another: what a frame of the theme is filled with."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from digest.pages import Page

SECTIONS = (
    ("Topics", "/topics/"),
    ("Research", "/research/"),
    ("Training", "/training/"),
    ("Studies", "/studies/"),
    ("Archive", "/archive/"),
)
"""The navigation: short and the same every month, so that a page changes only with its own content."""
_ADDRESSES = frozenset(address for _, address in SECTIONS)


def section_of(address: str) -> str:
    """The entry of the navigation that a page belongs to, or nothing."""
    top = address[: address.find("/", 1) + 1]
    return top if top in _ADDRESSES else ""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one page, as HTML: ready to stand in a text or in an attribute."""

    title: str
    """What the window and search engines show."""
    description: str
    head: str
    """Links of the head: the page's full address, where the site's is known, and other forms of the page."""
    body: str

    @property
    def heads(self) -> Mapping[str, str]:
        """All but the body, which engines get as the page's content."""
        return {"title": self.title, "description": self.description, "head": self.head}


def parts_of(page: Page, digest_title: str, site_url: str) -> Parts:
    """The parts of a page; its title is followed by the digest's, but on the home page."""
    canonical = f'<link rel="canonical" href="{escape(site_url.rstrip("/") + page.address)}">\n' if site_url else ""
    title = page.title if page.kind == "home" or not digest_title else f"{page.title} – {digest_title}"
    return Parts(
        title=escape(title),
        description=escape(page.description),
        head=(canonical + page.head).strip(),
        # One element without a blank line at either end is one block of raw HTML, which Markdown passes through.
        body=f'<div class="digest digest-{page.kind}">\n{page.body.strip()}\n</div>',
    )
