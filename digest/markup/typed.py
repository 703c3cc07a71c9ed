"""Signs of Markdown that a page shows as they were typed, since something beside them is missing or too much.

CommonMark never fails: bold that nobody closes, a link with a blank in it or a table without its line of hyphens are
plain text, and a paragraph that a word processor indented is program code.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from enum import Enum, auto
from operator import itemgetter
from typing import Any

from digest.markup.parse import iter_events, tag_name

Event = tuple[str, Any, int, int]


class TypedSign(Enum):
    """What was probably meant."""

    EMPHASIS = auto()
    LINK = auto()
    LINK_APART = auto()
    """A blank stands between its text and its address."""
    LINK_REVERSED = auto()
    """Its brackets are the wrong way round."""
    HEADING = auto()
    ITEM = auto()
    TABLE = auto()
    CODE = auto()
    """A paragraph that is indented, and so no paragraph."""


ADDRESS = r"(?:https?:|mailto:|\.\.?/|/|[\w%.-]+\.(?:md|html?|pdf|png|jpe?g)\b)"
WITHIN = {
    TypedSign.EMPHASIS: re.compile(r"(?<![*\\\d])\*\*(?!\*)|(?<![*\\\w])\*(?=\w)"),
    TypedSign.LINK: re.compile(r"!?\[[^\[\]\n]*\]\((?=[^()\n]*(?:[/.]|$))[^()\n]*\)?", re.MULTILINE),
    TypedSign.LINK_APART: re.compile(rf"\[[^\[\]\n]*\][ \t\u00a0]+\({ADDRESS}[^()\n]*\)?"),
    TypedSign.LINK_REVERSED: re.compile(rf"\([^()\n]*\)\[{ADDRESS}[^\[\]\n]*\]?"),
}
BEGINNINGS = {
    TypedSign.HEADING: re.compile(r"#{2,6}[^#\s]|#{1,6}\u00a0"),
    TypedSign.ITEM: re.compile(r"[\u2022\u00b7\u25aa\u25cf\u25e6\uf0b7]|-[A-Za-z]|\d{1,2}[.)][A-Z][a-z]"),
    TypedSign.TABLE: re.compile(r"\|[^\n]*\|[ \t]*$", re.MULTILINE),
}
SOUND = re.compile(r"(\*\*?)[^\s*](?:[^*\n]*[^*\s])?\1|\]\([^()\s]*\)")
SUSPECT = re.compile(
    r"\*(?:\*|\w)|\](?:\(|[ \t\u00a0]+\()|\)\[|\n(?:\t| {4}| {0,3}(?:"
    + "|".join(pattern.pattern for pattern in BEGINNINGS.values())
    + "))",
    re.MULTILINE,
)
"""What some sign begins with, where nothing of what is `SOUND` stands. A `^` for `\\n` takes twice as long."""


def iter_typed_signs(text: str) -> Iterator[tuple[int, int, TypedSign]]:
    """Start and end of each sign, and what it was meant for; a paragraph has one of a kind."""
    if SUSPECT.search("\n" + SOUND.sub("", text)):  # else the parser need not be asked
        events = list(iter_events(text))
        yield from _iter_beginnings(text, events)
        yield from _iter_within(text, events)


def _iter_beginnings(text: str, events: list[Event]) -> Iterator[tuple[int, int, TypedSign]]:
    """What begins paragraphs, and what was meant for one."""
    for kind, value, start, end in events:
        found = TypedSign.CODE if kind == "Start" and value == {"CodeBlock": "Indented"} else None
        if kind == "Start" and value == "Paragraph":
            found = next((sign for sign, pattern in BEGINNINGS.items() if pattern.match(text, start, end)), None)
        if found is not None:
            line = text[start:].partition("\n")[0]
            yield start + len(line) - len(line.lstrip()), start + len(line.rstrip()), found


def _iter_within(text: str, events: list[Event]) -> Iterator[tuple[int, int, TypedSign]]:
    plain: list[tuple[int, int]] = []  # in the order of the text
    in_code = False
    for kind, value, start, end in events:
        if kind in {"Start", "End"} and tag_name(value) == "CodeBlock":
            in_code = kind == "Start"
        elif kind == "Text" and not in_code:
            plain.append((start, end))
    for sign, pattern in WITHIN.items():
        told_to = 0
        for match in pattern.finditer(text):
            if match.start() >= told_to and _lies_within(match.start(), plain):
                yield match.start(), match.end(), sign
                told_to = text.find("\n\n", match.end()) % (len(text) + 1)


def _lies_within(position: int, runs: list[tuple[int, int]]) -> bool:
    before = bisect(runs, position, key=itemgetter(0)) - 1
    return before >= 0 and position < runs[before][1]
