"""Phrases of the vocabulary found in a text, each believed as far as use has borne it out.

Before anything is learnt a phrase is believed as its kind deserves; then the share of works
with the phrase that carry the term takes over. Several phrases add up as independent witnesses do.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from digest.suggest.method import Scores, groups_of
from digest.suggest.phrasebook import Phrase, Phrasebook, phrasebook_of
from digest.suggest.work import Term, Work

PRIOR = 4.0
"""A phrase's own weight counts as much as so many works."""


@dataclass
class Lexicon:
    """The method; `trains` is false for the vocabulary alone."""

    trains: bool = True
    name: str = "lexicon"

    def learn(self, works: Sequence[Work], terms: Sequence[Term]) -> "LexiconModel":
        """Count how often each phrase stands with each of its terms."""
        model = LexiconModel(phrasebook_of(terms), works=works if self.trains else ())
        model.untrained_works = () if self.trains else works
        return model


@dataclass
class LexiconModel:
    """Phrases and what use says of them."""

    book: Phrasebook
    works: Sequence[Work] = ()
    untrained_works: Sequence[Work] = ()
    with_phrase: dict[Phrase, float] = field(default_factory=dict)
    with_term: dict[tuple[Phrase, str], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._found = [self.book.find_in(work) for work in self.works]
        for work, found in zip(self.works, self._found, strict=True):
            for phrase, term in self._counted(work, found):
                if term is None:
                    self.with_phrase[phrase] = self.with_phrase.get(phrase, 0) + 1
                else:
                    self.with_term[phrase, term] = self.with_term.get((phrase, term), 0) + 1

    def _counted(self, work: Work, found: Iterable[Phrase]) -> Iterator[tuple[Phrase, str | None]]:
        topics = set(work.topics)
        for phrase in found:
            yield phrase, None
            for term, _ in self.book.terms[phrase]:
                if term in topics:
                    yield phrase, term

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """Every term of which a phrase stands in the work."""
        nothing: dict[tuple[Phrase, str | None], int] = {}
        return [self._score(self.book.find_in(work), nothing) for work in works]

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """Counts without those of the work's own group."""
        if self.untrained_works:
            return self.score([self.untrained_works[index] for index in which])
        own: dict[str, dict[tuple[Phrase, str | None], int]] = defaultdict(lambda: defaultdict(int))
        groups = groups_of(self.works)
        for group, work, found in zip(groups, self.works, self._found, strict=True):
            for key in self._counted(work, found):
                own[group][key] += 1
        return [self._score(self._found[index], own[groups[index]]) for index in which]

    def weight(
        self, phrase: Phrase, term: str, prior: float, without: Mapping[tuple[Phrase, str | None], int]
    ) -> float:
        """How far the phrase is believed to stand for the term, some works left out of account."""
        works = self.with_phrase.get(phrase, 0) - without.get((phrase, None), 0)
        right = self.with_term.get((phrase, term), 0) - without.get((phrase, term), 0)
        return (right + PRIOR * prior) / (works + PRIOR)

    def _score(self, found: Iterable[Phrase], without: Mapping[tuple[Phrase, str | None], int]) -> Scores:
        doubt: dict[str, float] = {}
        for phrase in sorted(found):
            for term, prior in self.book.terms[phrase]:
                doubt[term] = doubt.get(term, 1.0) * (1.0 - self.weight(phrase, term, prior, without))
        return {term: 1.0 - left for term, left in doubt.items()}

    def matches(self, work: Work) -> dict[str, list[tuple[Phrase, float]]]:
        """Term to the phrases that speak for it, the most telling first."""
        found: dict[str, list[tuple[Phrase, float]]] = defaultdict(list)
        for phrase in sorted(self.book.find_in(work)):
            for term, prior in self.book.terms[phrase]:
                found[term].append((phrase, self.weight(phrase, term, prior, {})))
        return {term: sorted(pairs, key=lambda pair: (-pair[1], pair[0])) for term, pairs in found.items()}
