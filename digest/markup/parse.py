"""CommonMark text to a `Body`: what stands where, without making HTML."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from digest.markup.dialect import DIALECT, INLINE_TAGS_ALLOWED, Anchors, footnote_anchor
from digest.model.body import Body, Heading, Link, Section, Structure, reading_minutes
from digest.problem import Span

WORD = re.compile(r"\w[\w'’.\-]*")
TAG_NAME = re.compile(r"</?\s*([a-zA-Z][a-zA-Z0-9-]*)")
LEVELS = {f"H{level}": level for level in range(1, 7)}
NESTING = frozenset({"BlockQuote", "List", "Item", "Table", "FootnoteDefinition"})


def iter_events(text: str) -> Iterator[tuple[str, Any, int, int]]:
    """Each parser event as (`Start`, `End`, `Text` ..., its value, start, end), offsets in characters."""
    to_characters = _character_offsets(text)
    for event, place in DIALECT.events_with_range(text):
        kind, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        yield kind, value, to_characters(place["start"]), to_characters(place["end"])


def _character_offsets(text: str) -> Callable[[int], int]:
    """The parser counts bytes of UTF-8; files are addressed in characters."""
    if text.isascii():
        return lambda offset: offset
    positions: list[int] = []
    for index, char in enumerate(text):
        positions.extend([index] * len(char.encode("utf-8", "surrogatepass")))
    positions.append(len(text))
    return positions.__getitem__


def tag_name(tag: Any) -> str:
    """`Paragraph`, `Heading`, `Link` ... of an event's value."""
    return tag if isinstance(tag, str) else str(next(iter(tag)))


@dataclass
class _Reading:
    """What has been seen so far."""

    text: str
    path: str
    offset: int
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Link] = field(default_factory=list)
    raw_html: list[Span] = field(default_factory=list)
    footnotes: set[str] = field(default_factory=set)
    anchors: Anchors = field(default_factory=Anchors)

    def span(self, start: int, end: int) -> Span:
        return Span(self.path, self.offset + start, self.offset + end)


def parse_body(text: str, *, path: str = "", offset: int = 0) -> Body:
    """Find headings, links, images, raw HTML and sections of a CommonMark text.

    `path` and `offset` (characters) say where the text stands in its file; every span counts from the file's
    beginning. Never raises: any text is CommonMark.
    """
    reading = _read(text, path, offset)
    structure = _structure(reading)
    minutes = reading_minutes(sum(section.words for section in structure.sections))
    anchors = frozenset(reading.anchors.taken | reading.footnotes)
    return Body(text, offset, path, anchors, minutes, lambda: structure)


def known_body(text: str, *, path: str, offset: int, anchors: frozenset[str], minutes: int) -> Body:
    """As `parse_body`, for a text of which anchors and minutes are known: it is parsed when its structure is wanted."""
    return Body(text, offset, path, anchors, minutes, lambda: _structure(_read(text, path, offset)))


def _structure(reading: _Reading) -> Structure:
    return Structure(
        headings=tuple(reading.headings),
        links=tuple(reading.links),
        images=tuple(reading.images),
        raw_html=tuple(reading.raw_html),
        sections=tuple(_iter_sections(reading)),
    )


def _read(text: str, path: str, offset: int) -> _Reading:
    reading = _Reading(text, path, offset)
    nesting = 0
    open_texts: list[tuple[Any, int, int, list[str]]] = []
    for kind, value, start, end in iter_events(text):
        if kind == "Start":
            name = tag_name(value)
            nesting += name in NESTING
            if name in {"Heading", "Link", "Image"}:
                open_texts.append((value, start, end, []))
            elif name == "FootnoteDefinition":
                reading.footnotes.add(footnote_anchor(value[name]))
        elif kind == "End":
            name = tag_name(value)
            nesting -= name in NESTING
            if name in {"Heading", "Link", "Image"}:
                _close(reading, open_texts.pop(), top_level=nesting == 0)
        elif kind in {"Text", "Code", "SoftBreak", "HardBreak"}:
            for _, _, _, words in open_texts:
                words.append(value if value is not None else " ")
        elif kind in {"InlineHtml", "Html"} and not is_allowed(kind, value):
            _add_raw_html(reading, start, end)
    return reading


def _close(reading: _Reading, opened: tuple[Any, int, int, list[str]], *, top_level: bool) -> None:
    tag, start, end, words = opened
    ((name, value),) = tag.items()
    text = "".join(words).strip()
    if name == "Heading":
        trimmed = start + len(reading.text[start:end].rstrip())
        anchor = reading.anchors.take(text)
        reading.headings.append(Heading(LEVELS[value["level"]], text, anchor, reading.span(start, trimmed), top_level))
        return
    destination = value["dest_url"]
    found = _find_destination(reading.text, destination, start, end)
    if value["link_type"] == "Email":
        destination = f"mailto:{destination}"
    span = reading.span(*found) if found else reading.span(start, end)
    (reading.links if name == "Link" else reading.images).append(Link(destination, text, span))


def _find_destination(text: str, destination: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the address stands inside its link; none for a reference link, whose address stands elsewhere."""
    position = text.rfind(destination, start, end) if destination else -1
    return (position, position + len(destination)) if position != -1 else None


def is_allowed(kind: str, html: str) -> bool:
    """Whether raw HTML keeps its meaning."""
    match = TAG_NAME.match(html.strip())
    return kind == "InlineHtml" and match is not None and match.group(1).lower() in INLINE_TAGS_ALLOWED


def _add_raw_html(reading: _Reading, start: int, end: int) -> None:
    """Lines of one block of HTML are one finding."""
    end = start + len(reading.text[start:end].rstrip())
    span = reading.span(start, end)
    if reading.raw_html and not reading.text[reading.raw_html[-1].end - reading.offset : start].strip():
        span = Span(reading.path, reading.raw_html.pop().start, span.end)
    reading.raw_html.append(span)


def _iter_sections(reading: _Reading) -> Iterator[Section]:
    """Cut at the second-level headings that stand in the document itself."""
    cuts = [heading for heading in reading.headings if heading.level <= 2 and heading.top_level]  # noqa: PLR2004 - `##`
    end_of_text = len(reading.text)
    starts = [0, *(heading.span.end - reading.offset for heading in cuts)]
    ends = [*(heading.span.start - reading.offset for heading in cuts), end_of_text]
    text = _without_headings(reading) if len(cuts) < len(reading.headings) else reading.text
    for heading, start, end in zip([None, *cuts], starts, ends, strict=True):
        yield Section(heading, reading.span(start, end), len(WORD.findall(text, start, end)))


def _without_headings(reading: _Reading) -> str:
    """The text with blanks where its headings stand: their words do not count."""
    pieces, position = [], 0
    for heading in reading.headings:
        start, end = heading.span.start - reading.offset, heading.span.end - reading.offset
        pieces += [reading.text[position:start], " " * (end - start)]
        position = end
    return "".join([*pieces, reading.text[position:]])
