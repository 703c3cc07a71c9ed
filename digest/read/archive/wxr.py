"""A WordPress export (WXR): RSS with posts in HTML. https://wordpress.com/support/export/ describes how to make one."""

import email.utils
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.parsers import expat

from digest.model.identifier import fold
from digest.read.archive.html import html_blocks
from digest.read.archive.shape import CITATION, Archive, ArchivedEntry, Block, Leftover

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def is_wxr(text: str) -> bool:
    """Whether a text is a WordPress export."""
    return "<rss" in text[:4000] and "wordpress.org/export/" in text[:8000]


def read_wxr(text: str, implications: tuple[str, ...]) -> Archive:
    """Every post is an entry of its month; pages, attachments and menus are furniture."""
    archive = Archive()
    folded = {fold(name) for name in implications}
    try:
        for line, item in _iter_items(text):
            _read_item(archive, item, line, folded)
    except ET.ParseError as error:
        line = error.position[0]
        archive.leftovers.append(
            Leftover(line, text.splitlines()[line - 1 : line][0][:200] if line else "", str(error))
        )
    return archive


def _iter_items(text: str) -> Iterator[tuple[int, ET.Element]]:
    """Each `<item>` with its line. Entities of one's own are refused: they can multiply without bound."""
    builder = ET.TreeBuilder()
    found: list[tuple[int, ET.Element]] = []
    lines: list[int] = []
    parser = expat.ParserCreate("utf-8", "}")  # whatever the file declares: it is decoded already

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "item":
            lines.append(parser.CurrentLineNumber)
        builder.start(_name(tag), {_name(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        element = builder.end(_name(tag))
        if tag == "item" and lines:
            found.append((lines.pop(), element))

    def refuse(*_: object) -> None:
        message = "the file declares entities of its own, which is not read"
        fault = ET.ParseError(message)
        fault.position = (parser.CurrentLineNumber, parser.CurrentColumnNumber)
        raise fault

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        fault = ET.ParseError(expat.ErrorString(error.code))
        fault.position = (error.lineno, error.offset)
        yield from found
        raise fault from error
    yield from found


def _name(tag: str) -> str:
    return "{" + tag if "}" in tag else tag


def _text_of(item: ET.Element, name: str) -> str:
    """The text of the first child with this local name."""
    for child in item:
        if child.tag.rpartition("}")[2] == name:
            return (child.text or "").strip()
    return ""


def _read_item(archive: Archive, item: ET.Element, line: int, implications: set[str]) -> None:
    title = " ".join(_text_of(item, "title").split())
    if _text_of(item, "post_type") not in {"", "post"}:
        archive.furniture.append(Block(line, title, title))
        return
    day = _day(_text_of(item, "post_date") or _text_of(item, "pubDate"))
    content = item.find(CONTENT)
    blocks = html_blocks((content.text if content is not None else "") or "", line)
    if not day or not title:
        archive.leftovers.append(Leftover(line, title or "(no title)", "the post has no date or no title"))
        archive.leftovers += [Leftover(block.line, block.plain, "belongs to that post") for block in blocks]
        return
    entry = ArchivedEntry(title, day[:7], line, day=day, address=_text_of(item, "link"))
    entry.topics = [
        " ".join((child.text or "").split()) for child in item if child.tag == "category" and (child.text or "").strip()
    ]
    entry.draft = _text_of(item, "status") not in {"", "publish"}
    _share_out(entry, blocks, implications)
    archive.entries.append(entry)


def _share_out(entry: ArchivedEntry, blocks: list[Block], implications: set[str]) -> None:
    """The blocks of a post: citations first, then the summary, then the practice implications."""
    part = entry.summary
    for block in blocks:
        if fold(block.plain.rstrip(":")) in implications:
            part = entry.implications
        elif part is entry.summary and not entry.summary and CITATION.match(block.plain):
            entry.citations.append(block.plain)
        else:
            part.append(block)


def _day(written: str) -> str:
    """`2023-01-05 10:00:00` or an RFC 2822 date as `2023-01-05`."""
    if written[:4].isdigit() and written[4:5] == "-":
        return written[:10] if written[:4] != "0000" else ""
    try:
        return email.utils.parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
