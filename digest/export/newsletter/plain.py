"""Rendered Markdown to plain text in lines of a width; links become numbers, and their addresses a list."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "div", "hr"})
BULLET, NUMBER = 2, 4
"""How far items stand in."""
SPACE = re.compile(r"[ \t\r\f\v]+")


class PlainText(HTMLParser):
    """Collects the text of HTML whose tags are the renderer's own; `links` may hold addresses from before."""

    def __init__(self, html: str, width: int, links: list[str]) -> None:
        super().__init__()
        self.links = links
        self._width = width
        self._blocks: list[str] = []
        self._words = ""
        self._first = ""
        """What stands before the first line of the next block: the sign of a list item."""
        self._lists: list[int | None] = []
        """Open lists: the number of the next item, None where items have none."""
        self._quotes = 0
        self._verbatim = False
        self._href = ""
        self._in_list = self._in_table = False
        """Whether the last block was an item of a list, a row of a table."""
        self.feed(html)
        self.close()
        self._end_block()

    @property
    def text(self) -> str:
        """All blocks, an empty line between them; items of a list and rows of a table stand closely."""
        return "\n\n".join(self._blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, an item, a link."""
        if tag in BLOCKS or tag in {"li", "tr"}:
            self._end_block()
        if tag in {"ul", "ol"}:
            start = dict(attrs).get("start") or "1"
            self._lists.append((int(start) if start.isdigit() else 1) if tag == "ol" else None)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            self._first = "-" if number is None else f"{number}."
            self._lists[-1] = None if number is None else number + 1
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._verbatim = True
        elif tag == "br":
            self._words += "\n"
        elif tag in {"td", "th"} and self._words:
            self._words += " | "
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in BLOCKS or tag in {"li", "tr"}:
            self._end_block(is_row=tag == "tr")
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._verbatim = False
        elif tag == "a" and self._href:
            self._words += f" [{self._number(self._href)}]"
            self._href = ""

    def handle_data(self, data: str) -> None:
        """Words."""
        self._words += data if self._verbatim else SPACE.sub(" ", data.replace("\n", " "))

    def _number(self, address: str) -> int:
        if address not in self.links:
            self.links.append(address)
        return self.links.index(address) + 1

    def _end_block(self, *, is_row: bool = False) -> None:
        text = self._words.strip("\n") if self._verbatim else self._words.strip()
        self._words = ""
        if not text:
            return
        quote = "> " * self._quotes
        depths = [BULLET if number is None else NUMBER for number in self._lists]
        indent = quote + " " * sum(depths)
        first = quote + " " * sum(depths[:-1]) + self._first.ljust(depths[-1] if depths else 0)
        lines = text.split("\n")
        if not self._verbatim:
            lines = [part for line in lines for part in wrap(line, self._width - len(indent))]
        begins_item = bool(self._first)
        leads = [first if begins_item else indent, *[indent] * (len(lines) - 1)]
        block = "\n".join(f"{lead}{line}".rstrip() for lead, line in zip(leads, lines, strict=True))
        if (begins_item and self._in_list) or (is_row and self._in_table):
            self._blocks[-1] += f"\n{block}"
        else:
            self._blocks.append(block)
        self._in_list, self._in_table = bool(self._lists), is_row
        self._first = ""


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; a longer word, such as an address, stays whole. Far faster than textwrap."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        elif word:
            line = f"{line} {word}" if line else word
    return [*lines, line]
