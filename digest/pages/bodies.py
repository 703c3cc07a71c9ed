"""Markdown bodies as HTML, their links resolved: each is rendered once, however many pages show it."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from markupsafe import Markup

from digest.markup import RenderedBody, render_body
from digest.model.entry import Entry
from digest.model.identifier import fold
from digest.model.library import Library
from digest.model.lookup import Document, Lookup
from digest.pages.addresses import from_root
from digest.pages.page import Asset

NOTE = re.compile(r'<div class="footnote-definition".*?</div>\s*', re.DOTALL)
ANCHOR = re.compile(r'(<(?:h[1-6]|div)\b[^>]*?) id="[^"]*"')
HEADING = re.compile(r"(</?h)([3-6])")
TABLE_FRAME = '<figure class="table" aria-label="Table" tabindex="0">\n<table>'
TABLE_FRAME_END = "</table>\n</figure>"

MOST_KEPT = 2000
"""Bodies of entries; pages that show the same ones are made one after the other."""


@dataclass(frozen=True, slots=True)
class EntryBody:
    """The parts of an entry's body as HTML."""

    summary: Markup
    implications_heading: str
    implications: Markup
    rest: Markup
    """Sections after the practice implications."""


class Bodies:
    """Renders the bodies of one library."""

    def __init__(self, library: Library, lookup: Lookup) -> None:
        self._lookup = lookup
        headings = library.configuration.digest.practice_implications
        self._implications = {fold(heading) for heading in headings}
        self._entries: dict[str, EntryBody] = {}
        self._assets: dict[str, list[Asset]] = {}
        self._used: set[str] = set()

    @contextmanager
    def note_used(self) -> Iterator[set[str]]:
        """Gather the paths of the documents whose bodies are asked for."""
        before, self._used = self._used, set()
        try:
            yield self._used
        finally:
            self._used = before

    def document(self, document: Document) -> Markup:
        """The whole body of a document."""
        self._used.add(document.path)
        return Markup(self._render(document).html)  # noqa: S704 - sanitised by markup/

    def entry(self, entry: Entry) -> EntryBody:
        """The body of an entry, cut at its practice implications."""
        self._used.add(entry.path)
        if len(self._entries) > MOST_KEPT:
            self._entries.clear()
        if entry.path not in self._entries:
            self._entries[entry.path] = self._cut(self._render(entry))
        return self._entries[entry.path]

    def excerpt(self, entry: Entry, under: int) -> Markup:
        """The practice implications as other pages show them, below a heading of a level.

        Anchors and notes stay on the entry's own page, and links to them lead there: a page with several excerpts
        would hold them twice.
        """
        html = NOTE.sub("", str(self.entry(entry).implications))
        html = ANCHOR.sub(r"\1", html)
        html = HEADING.sub(lambda match: f"{match[1]}{min(int(match[2]) + under - 2, 6)}", html)
        return Markup(html.replace('<a href="#', f'<a href="{from_root(entry.permalink)}#'))  # noqa: S704 - as above

    def assets(self, document: Document) -> Sequence[Asset]:
        """The images and files that a document's body shows or links, published beside its page."""
        self._used.add(document.path)
        if document.path not in self._assets:
            self._render(document)
        return self._assets[document.path]

    def _render(self, document: Document) -> RenderedBody:
        assets: dict[str, Asset] = {}

        def resolve(destination: str) -> str:
            target = self._lookup.resolve(document.path, destination)
            if target.kind == "page" and target.address:
                return from_root(target.address) + (f"#{target.anchor}" if target.anchor else "")
            if target.kind == "asset":
                asset = _beside(document, target.address)
                assets[asset.path] = asset
                return from_root(asset.address)
            return destination

        assert document.body is not None  # noqa: S101 - an edition without an introduction is never rendered
        rendered = render_body(document.body, resolve)
        self._assets[document.path] = list(assets.values())
        return RenderedBody(tuple(replace(each, html=_frame_tables(each.html)) for each in rendered.sections))

    def _cut(self, rendered: RenderedBody) -> EntryBody:
        sections = rendered.sections
        at = next((i for i, section in enumerate(sections) if fold(section.heading) in self._implications), None)
        if at is None:
            return EntryBody(Markup(rendered.html), "", Markup(), Markup())  # noqa: S704 - sanitised by markup/
        summary, rest = RenderedBody(sections[:at]).html, RenderedBody(sections[at + 1 :]).html
        implications = sections[at]
        return EntryBody(
            Markup(summary),  # noqa: S704 - sanitised by markup/
            implications.heading,
            Markup(implications.html),  # noqa: S704
            Markup(rest),  # noqa: S704
        )


def _frame_tables(html: str) -> str:
    """A wide table scrolls within a frame of its own, which the keyboard reaches."""
    return html.replace("<table>", TABLE_FRAME).replace("</table>", TABLE_FRAME_END)


def _beside(document: Document, path: str) -> Asset:
    """A file of the document's own folder keeps its name; one from elsewhere has its folder before it."""
    own = posixpath.dirname(document.path)
    name = posixpath.relpath(path, own)
    if name.startswith("../"):
        name = path.replace("/", "-")
    return Asset(path, document.permalink + name)
