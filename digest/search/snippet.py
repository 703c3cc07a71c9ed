"""The place in a text that tells most about a query, with the words that were found."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from digest.search.document import STEMMED

LENGTH = 180
"""Characters, about."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Plain text, and where the words that were found stand in it."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """Begin and end, in characters."""

    def render(self, before: str, after: str) -> str:
        """The text with something put around each word that was found."""
        pieces, position = [], 0
        for start, end in self.marks:
            pieces += [self.text[position:start], before, self.text[start:end], after]
            position = end
        return "".join([*pieces, self.text[position:]])


def make_snippet(text: str, stems: AbstractSet[str], length: int = LENGTH) -> Snippet:
    """The stretch with most different words of the query, whole words only; the beginning if there is none."""
    tokens = [(token.startchar, token.endchar, token.text) for token in STEMMED(text, chars=True)]
    found = [token for token in tokens if token[2] in stems]
    best, start = 0, 0
    for begin, _, _ in found:
        number = len({stem for left, right, stem in found if left >= begin and right <= begin + length})
        if number > best:
            best, start = number, begin
    start = _word_begin(text, max(0, min(start - length // 5, len(text) - length)))
    end = len(text) if start + length >= len(text) else text.rfind(" ", start, start + length)
    end = end if end > start else min(len(text), start + length)
    lead = "… " if start else ""
    marks = tuple(
        (left - start + len(lead), right - start + len(lead))
        for left, right, _ in found
        if left >= start and right <= end
    )
    return Snippet(lead + text[start:end] + (" …" if end < len(text) else ""), marks)


def _word_begin(text: str, position: int) -> int:
    if not position:
        return 0
    space = text.rfind(" ", 0, position)
    return space + 1
