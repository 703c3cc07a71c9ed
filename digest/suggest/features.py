"""What the learners see of a work: its words, pairs of them, the terms whose phrases it has, and pieces of its title.

Pieces (three to five characters of the folded title) stand for misspellings, other languages and compounds, which stems
miss; a text without an abstract has little else. Terms whose phrases stand in the text count twice, and pairs of such
terms count too, so that a learner can build on the vocabulary instead of finding it again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from digest.model.identifier import fold
from digest.suggest.phrasebook import Phrasebook, phrasebook_of
from digest.suggest.words import find_content
from digest.suggest.work import Term, Work

SHORTEST_PIECE, LONGEST_PIECE = 3, 5
MOST_OF_TITLE = 600
"""Characters; a longer title is none."""
MOST_HINTS = 12


@dataclass(frozen=True)
class Features:
    """Features of works, given the terms of a vocabulary."""

    hints: Sequence[Term] = field(default=(), repr=False)

    @cached_property
    def _book(self) -> Phrasebook:
        return phrasebook_of(self.hints)

    def find(self, work: Work) -> list[str]:
        """Every feature, as often as it counts."""
        return [*find_content(work.words), *self._hinted(work), *_pieces(work.title)]

    def _hinted(self, work: Work) -> list[str]:
        if not self.hints:
            return []
        book = self._book
        terms = sorted({term for phrase in book.find_in(work) for term, _ in book.terms[phrase]})[:MOST_HINTS]
        single = [f"={term}" for term in terms]
        return single + single + [f"{one}{other}" for i, one in enumerate(single) for other in single[i + 1 :]]


def _pieces(title: str) -> list[str]:
    text = re.sub(r"\s+", " ", fold(title[:MOST_OF_TITLE]))
    sizes = range(SHORTEST_PIECE, LONGEST_PIECE + 1)
    return [f"#{text[i : i + size]}" for size in sizes for i in range(len(text) - size + 1)]
