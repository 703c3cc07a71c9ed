"""The sentences of a Markdown text, as far as advice on style needs them: where they stand, and their words."""

import re
from collections.abc import Iterator

BREAK = re.compile(
    r"""[.!?…]+["'”’)\]*_]*\s+  # the end of a sentence; an abbreviation ends one too, and costs only an advice
      | \n[ \t]*\n\s*           # of a paragraph
      | \n(?=[ \t]*(?:[-*+>|#]|\d+[.)])[ \t]?)  # of an item, a quotation, a row, a heading
    """,
    re.VERBOSE,
)
WORD = re.compile(r"\w[\w'’.\-]*")
NO_PROSE = re.compile(r"""\]\([^)\s]*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)|\]\[[^\]]*\]|<[^>\s][^>]*>|`[^`]*`""")
"""Addresses of links, tags and code: their words are not read."""
NO_SENTENCE = ("#", "|", "```", "~~~", "[^")
"""Headings, tables, code, footnotes."""
NOTE = re.compile(r"\[\^[^\]]+\]:\s*")
ITEM = re.compile(r"(?:[-*+>]|\d+[.)])\s+")


def has_run_of(text: str, words: int) -> bool:
    """Whether more words may stand between two ends of sentences: a quick look that passes over no such run."""
    flat = text.replace("\n", " ").replace("? ", ". ").replace("! ", ". ")
    return any(piece.count(" ") >= words for piece in flat.split(". "))


def iter_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence between two offsets, without the marks of a list before it."""
    position = start
    for stop in (*(match.end() for match in BREAK.finditer(text, start, end)), end):
        sentence = text[position:stop]
        begin = position + len(sentence) - len(sentence.lstrip())
        if item := (ITEM.match(text, begin, stop) or NOTE.match(text, begin, stop)):
            begin = item.end()
        last = position + len(sentence.rstrip())
        if begin < last and not text.startswith(NO_SENTENCE, begin, last):
            yield begin, last
        position = stop


def count_words(sentence: str) -> int:
    """Words as they are read: without addresses and tags."""
    return sum(1 for _ in WORD.finditer(NO_PROSE.sub("] ", sentence)))
