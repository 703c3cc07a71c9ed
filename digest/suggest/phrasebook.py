"""Every phrase of a vocabulary, and which of them stand in a text.

A phrase matches by stems, in order, with at most two words in between: "group cognitive behavioural therapy" has
"group therapy" in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.suggest.work import Term, Work

Phrase = tuple[str, ...]
GAP = 2
"""Words that may stand within a phrase."""


@dataclass(frozen=True)
class Phrasebook:
    """Every phrase of a vocabulary, by its first word."""

    starts: Mapping[str, tuple[Phrase, ...]]
    terms: Mapping[Phrase, tuple[tuple[str, float], ...]]
    """Phrase to the terms that it stands for, with its weight before learning."""

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Phrasebook":
        """The phrases of these terms."""
        meanings: dict[Phrase, list[tuple[str, float]]] = defaultdict(list)
        for term in terms:
            for phrase, weight in term.phrases.items():
                meanings[phrase].append((term.id, weight))
        starts: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in meanings:
            starts[phrase[0]].append(phrase)
        return cls(
            {word: tuple(phrases) for word, phrases in starts.items()},
            {phrase: tuple(found) for phrase, found in meanings.items()},
        )

    def find_in(self, work: Work) -> frozenset[Phrase]:
        """The phrases that stand in a work, looked for once."""
        found = work.found.get(id(self))
        if found is None:
            found = work.found[id(self)] = frozenset(self.find(work.words))
        return found

    def find(self, words: Sequence[str]) -> set[Phrase]:
        """The phrases that stand in a text."""
        found: set[Phrase] = set()
        starts = self.starts
        for index, word in enumerate(words):
            for phrase in starts.get(word, ()):
                if phrase not in found and (len(phrase) == 1 or _stands_at(phrase, words, index)):
                    found.add(phrase)
        return found


def _stands_at(phrase: Phrase, words: Sequence[str], start: int) -> bool:
    """Whether the phrase's words follow one another from here, with a few in between but no end of a field."""
    wanted = 1
    for index in range(start + 1, min(len(words), start + len(phrase) + GAP)):
        word = words[index]
        if not word:
            return False
        if word == phrase[wanted]:
            wanted += 1
            if wanted == len(phrase):
                return True
    return False


_MADE: dict[tuple[int, ...], tuple[Sequence[Term], Phrasebook]] = {}
MOST_MADE = 16


def phrasebook_of(terms: Sequence[Term]) -> Phrasebook:
    """The phrasebook of these terms, made once, so that several methods find a work's phrases only once."""
    key = tuple(map(id, terms))
    if key not in _MADE:
        if len(_MADE) >= MOST_MADE:
            _MADE.clear()
        _MADE[key] = (list(terms), Phrasebook.of(terms))  # the terms are kept, so that no other gets their ids
    return _MADE[key][1]
