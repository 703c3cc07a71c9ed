"""Pages to the HTML of one document for print: the same text, put one after the other.

Links within the document lead within it, all others to the site's full address; pictures stand in the text itself, so
that nothing has to be loaded.
"""

import base64
import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from urllib.parse import urljoin

from digest.cite import format_apa
from digest.model.entry import Edition
from digest.model.vocabulary import Topic
from digest.pages import Page, Site

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>')
HEADING = re.compile(r"h([1-6])")
REFERENCE = re.compile(r' (href|src|id|aria-labelledby)="([^"]*)"')
HOST = "https://site.invalid"
"""Stands for the site while links are resolved: RFC 2606 keeps it from ever being one."""

NO_LETTERS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x2029], " ")
"""Control characters and separators of lines: no font has them, and typesetting stumbles over some."""

Pages = Mapping[str, Callable[[], Page]]


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """A complete HTML document, and the CSS that is its own."""

    html: str
    style: str


def edition_document(site: Site, root: Path, pages: Pages, edition: Edition) -> PdfDocument:
    """An edition: its introduction, then each of its entries in full."""
    page = pages[edition.permalink]()
    entries = site.links.entries_of_edition(edition.month)
    parts = [page, *(pages[entry.permalink]() for entry in entries)]
    return _document(site, root, parts, created=edition.day.isoformat())


def topic_document(site: Site, root: Path, pages: Pages, topic: Topic) -> PdfDocument:
    """A topic: the newest practice implications, every summary in a line or two, and the works behind them."""
    entries = site.links.entries_on_topic(topic.id)
    works = {each.citation_key: each for entry in entries for each in site.links.references_of(entry)[:1]}
    items = sorted(format_apa(work).html for work in works.values())
    listed = "".join(f'<li class="citation">{item}</li>\n' for item in items)
    more = f'<section class="works">\n<h2>The works</h2>\n<ul class="citations">\n{listed}</ul>\n</section>\n'
    created = max(entry.published for entry in entries).isoformat()
    return _document(site, root, [pages[topic.permalink]()], created=created, more=more if items else "")


def _document(site: Site, root: Path, parts: Sequence[Page], *, created: str, more: str = "") -> PdfDocument:
    first = parts[0]
    configuration = site.library.configuration
    base = configuration.site.site_url.rstrip("/")
    inside = {page.address: f"part-{number}" for number, page in enumerate(parts)}
    bodies = "".join(
        f'<article class="part digest-{page.kind}" id="part-{number}">\n'
        f"{_Part(page, number, inside, base, root).html()}\n</article>\n"
        for number, page in enumerate(parts)
    )
    title = f"{first.title} – {configuration.title}" if configuration.title else first.title
    head = (
        f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="author" content="{escape(", ".join(configuration.digest.authors))}">\n'
        f'<meta name="description" content="{escape(first.description)}">\n'
        f'<meta name="dcterms.created" content="{created}">\n'
    )
    html = (
        f'<!doctype html>\n<html lang="{escape(configuration.digest.language)}">\n<head>\n{head}</head>\n'
        f"<body>\n{bodies}{more}</body>\n</html>\n"
    )
    foot = " · ".join(filter(None, (configuration.title, base + first.address if base else "")))
    return PdfDocument(html.translate(NO_LETTERS), f"@page {{ @bottom-left {{ content: {_css_text(foot)} }} }}\n")


def _css_text(text: str) -> str:
    """A text as a string of CSS: whatever is no plain letter is written as its number."""
    return '"' + "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}" for char in text) + '"'


@dataclass(frozen=True)
class _Part:
    """One page within the document."""

    page: Page
    number: int
    inside: Mapping[str, str]
    base: str
    root: Path

    def html(self) -> str:
        return TAG.sub(self._tag, self.page.body)

    def _tag(self, match: re.Match[str]) -> str:
        closing, name, attributes = match.groups()
        heading = HEADING.fullmatch(name)
        if heading and self.number:  # the first page's heading is the document's
            name = f"h{min(int(heading[1]) + 1, 6)}"
        if not closing and attributes:
            attributes = REFERENCE.sub(self._attribute, attributes)
        return f"<{closing}{name}{attributes}>"

    def _attribute(self, match: re.Match[str]) -> str:
        name, value = match[1], unescape(match[2])
        if name in {"id", "aria-labelledby"}:
            return f' {name}="part-{self.number}-{escape(value)}"'
        found = self._image(value) if name == "src" else self._link(value)
        return f' {name}="{escape(found)}"' if found else ""

    def _link(self, href: str) -> str:
        """Within the document where it leads there, else to the site, or nowhere if nobody knows where that is."""
        if href.startswith("#"):
            return f"#part-{self.number}-{href[1:]}"
        whole = self._whole(href)
        if not whole.startswith(f"{HOST}/"):
            return whole
        address, _, anchor = whole.removeprefix(HOST).partition("#")
        if address in self.inside:
            return "#" + "-".join(filter(None, (self.inside[address], anchor)))
        return self.base + whole.removeprefix(HOST) if self.base else ""

    def _image(self, source: str) -> str:
        """The picture itself; its description stands for one that cannot be read."""
        address = self._whole(source).removeprefix(HOST)
        asset = next((asset for asset in self.page.assets if asset.address == address), None)
        kind, _ = mimetypes.guess_type(address)
        if asset is None or kind is None:
            return ""
        try:
            content = (self.root / asset.path).read_bytes()
        except OSError:
            return ""
        return f"data:{kind};base64,{base64.b64encode(content).decode()}"

    def _whole(self, reference: str) -> str:
        try:
            return urljoin(HOST + self.page.address, reference)
        except ValueError:  # no address at all
            return ""
