"""Raw HTML out of a CommonMark text before it is rendered, and back as text afterwards.

Escaping it in the text itself would change what the text says: `<div>` on a line hides a `# heading` below it, and
`&lt;div>` does not. So each piece is swapped for a mark that the parser takes in the same way.
"""

import re
from dataclasses import dataclass
from html import escape

from digest.markup.parse import is_allowed, iter_events, tag_name

SIGN = "\u2cf9"
"""A punctuation mark, as `<` is (emphasis depends on that), which hardly any text holds."""


@dataclass(frozen=True, slots=True)
class HiddenHtml:
    """A text with marks in place of raw HTML."""

    text: str
    pieces: tuple[str, ...]
    """What stood at each mark, as HTML to show."""
    sign: str

    def restore(self, html: str) -> str:
        """The rendered text with the pieces in their places."""
        if not self.pieces:
            return html
        mark = re.compile(f"<!--{self.sign}(\\d+){self.sign}-->|{self.sign}(\\d+){self.sign}")
        return mark.sub(self._piece, html)

    def _piece(self, match: re.Match[str]) -> str:
        block, inline = match.groups()
        return f"<p>{self.pieces[int(block)]}</p>" if block else self.pieces[int(inline)]


def hide_raw_html(text: str) -> HiddenHtml:
    """Swap blocks of HTML for a comment, which is a block of its own too, and tags in a line for a mark in the line."""
    if "<" not in text:
        return HiddenHtml(text, (), SIGN)
    sign = SIGN * (max(map(len, re.findall(f"{SIGN}+", text)), default=0) + 1)
    kept: list[str] = []
    pieces: list[str] = []
    block: list[str] = []
    position = images = 0
    for kind, value, start, end in iter_events(text):
        images += (kind == "Start" and tag_name(value) == "Image") - (kind == "End" and value == "Image")
        if kind == "Html":
            block.append(value)
        elif kind == "End" and value == "HtmlBlock":
            mark = f"<!--{sign}{len(pieces)}{sign}-->"
            kept += [text[position:start], mark, "\n"]
            pieces.append(escape("".join(block).strip()))
            block, position = [], end
        elif kind == "InlineHtml":
            kept += [text[position:start], f"{sign}{len(pieces)}{sign}"]
            # What stands in an image's brackets becomes an attribute.
            pieces.append(value if is_allowed(kind, value) and not images else escape(value))
            position = end
    return HiddenHtml("".join([*kept, text[position:]]), tuple(pieces), sign)
