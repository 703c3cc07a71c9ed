"""Old blogs to editions and entries: a page saved as text or HTML, or a WordPress export.

Everything that a file holds ends up as exactly one of: an entry, an introduction, furniture of the page (its menus and
filters), or a leftover that is told with its line. Nothing here raises on bad content.
"""

from pathlib import Path

from digest.read.archive.html import read_html
from digest.read.archive.shape import Archive, ArchivedEntry, Block, Leftover
from digest.read.archive.text import escape_markdown, read_text
from digest.read.archive.wxr import is_wxr, read_wxr
from digest.read.records.stream import TextStream

__all__ = ["Archive", "ArchivedEntry", "Block", "Leftover", "escape_markdown", "read_archive"]


def read_archive(path: Path, implications: tuple[str, ...]) -> Archive:
    """Read a file of any of the three kinds; `implications` are the headings that mark the practice implications."""
    with TextStream(path) as stream:
        text = "".join(stream.chunks())
    if is_wxr(text):
        return read_wxr(text, implications)
    if _is_html(text):
        return read_html(text, implications)
    return read_text(text, implications)


def _is_html(text: str) -> bool:
    start = text.lstrip("\ufeff \t\r\n")[:2000].lower()
    return start.startswith(("<!doctype html", "<html")) or any(mark in start for mark in ("<p>", "<h1", "<h2", "<div"))
