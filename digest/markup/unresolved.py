"""What looks like Markdown and is not: links by reference and marks of footnotes whose other half is missing.

CommonMark takes them for plain text, and a page shows them as they were typed.
"""

import re
from collections.abc import Iterator

from digest.markup.parse import iter_events

LINK = re.compile(r"(?<![\w\]\\])!?\[([^\[\]]*)\]\n?\[([^\[\]^][^\[\]]*|)\]")
FOOTNOTE = re.compile(r"(?<!\\)\[(\^[^\[\]\s]+)\]")


def iter_unresolved_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each `[text][name]` whose name nothing explains; `[text][]` has its text for a name."""
    for match in _iter_plain(text, LINK):
        yield match.start(), match.end(), match[2] or match[1]


def iter_unresolved_footnotes(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name, `^1`, of each mark without its note."""
    for match in _iter_plain(text, FOOTNOTE):
        yield match.start(), match.end(), match[1]


def _iter_plain(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches that the parser took for plain text, and so for no code, no link and no address."""
    found = list(pattern.finditer(text))
    if not found:
        return
    closing = {start for kind, value, start, _ in iter_events(text) if kind == "Text" and value == "]"}
    yield from (match for match in found if match.end() - 1 in closing)
