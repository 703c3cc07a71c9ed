"""The text of a field made fit to stand in a sentence: one line, no stray space, no separator left over at its ends."""

import re
import unicodedata
from functools import lru_cache

CLOSING_MARKS = (".", "?", "!", "…", "。", "？", "！")
"""Marks that end an element of a reference, so that no full stop follows."""
STRAY = " ,;:"
NOTHING = frozenset({"n/a", "N/A", "null", "None"})
"""What exporters write into a field that they have nothing for."""
CLOSING_QUOTES = "\"”’'"
QUOTED_END = re.compile(r"(?:“[^“]*”|(?:^|\W)\"[^\"]*\"|‘[^‘]*’|(?:^|\s)'[^']*')$")
"""Quotation marks that close what they opened: the last mark of `the therapists’` does not."""
JOINERS = "\u200c\u200d"
"""Invisible, but part of how Persian and Indic words are spelt."""


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """One line without control characters, without blanks or separators at its ends; empty if it is all punctuation."""
    if not text or text.isalnum():
        return text
    if not text.isprintable():
        text = "".join([_printable(char) for char in text])
    text = " ".join(text.split()).strip(STRAY)
    if text[:1].isalnum() or any(unicodedata.category(char)[0] in "LNS" for char in text):
        return "" if text in NOTHING else text
    return ""


def end_sentence(text: str) -> str:
    """The text with a full stop, unless it ends in a mark; inside closing quotation marks, as in American usage."""
    bare = text.rstrip(CLOSING_QUOTES)
    if bare.endswith(CLOSING_MARKS):
        return text
    if bare == text or not QUOTED_END.search(text):
        return f"{text}."
    return f"{bare}.{text[len(bare) :]}"


def _printable(char: str) -> str:
    if char.isprintable() or char in JOINERS:
        return char
    category = unicodedata.category(char)
    return " " if category in {"Cc", "Zs", "Zl", "Zp"} else ""
