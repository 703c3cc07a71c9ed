"""Several methods in one: each is trusted as far as it deserves at a topic's number of examples.

What each method would have said of the works that were learnt from (held out) is set against what the editor gave: a
logistic regression over the methods' scores, each also times how well the topic is known; first for all topics
together, then for each topic by itself, drawn towards what all have in common. So a topic with many examples listens to
what serves it best, one with none to its phrases, and the result is a probability.
"""

import math
import operator
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digest.suggest.logistic import fit_logistic, logistic
from digest.suggest.method import Method, Model, Scores, count_examples, groups_of, sample_of
from digest.suggest.work import Term, Work

HALF_KNOWN = 10
"""A topic with so many examples is half known."""
PENALTY = 1.0
OWN_PENALTY = 2.0
"""How hard a topic's own weights are drawn towards those of all topics."""
MOST_PAIRS = 8_000
MOST_OWN_PAIRS = 400
"""Works and topics that the common weights rest on, and works that a topic's own do."""
FEWEST_TRUE = 5
LIFT_FROM = 0.02
"""Scores and shares far below are as good as none."""
SILENT = 0.003
"""Lower probabilities are left out."""
START = {"lexicon": (7.0, 0.0), "neighbours": (2.0, 1.0), "linear": (3.0, 2.0)}
ELSE = (2.0, 1.0)
"""Weight of each method's score, and of the score times how well the topic is known, before anything is learnt."""
START_OF_ALL = (-5.6, 0.0, 0.0)
"""Of every topic, of how well it is known, and of its share. With the above, a topic that only its phrases speak for
has one half at a lexicon's score of 0.8."""

Pair = tuple[list[float], bool]
"""What the methods say of a work and a topic, and whether the editor gave it."""


@dataclass
class Combination:
    """The method, made of others."""

    parts: Sequence[Method]
    name: str = "combined"

    def learn(self, works: Sequence[Work], terms: Sequence[Term], trust: "Trust | None" = None) -> "CombinationModel":
        """Let every part learn, then learn whom to trust, if that is not known yet."""
        return CombinationModel(works, terms, [(part.name, part.learn(works, terms)) for part in self.parts], trust)


@dataclass(frozen=True)
class Trust:
    """How much each method's score weighs: see `_row` for what the numbers stand for."""

    common: Sequence[float]
    """For topics of which nothing else is known."""
    own: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """For each topic that was learnt: the last one weighs `_lift`."""

    def fits(self, parts: int) -> bool:
        """Whether there are as many as so many methods need."""
        size = len(START_OF_ALL) + 2 * parts
        return len(self.common) == size and all(len(own) == size + 1 for own in self.own.values())


@dataclass
class CombinationModel:
    """The parts' models and the weights of their scores."""

    works: Sequence[Work]
    terms: Sequence[Term]
    parts: Sequence[tuple[str, Model]]
    known: Trust | None = None
    """Whom to trust, if that was learnt before."""

    def __post_init__(self) -> None:
        self._examples = count_examples(self.works)
        self._held: tuple[list[int], list[tuple[Scores, ...]]] | None = None
        self.trust = self.known or self._learn_trust()

    def _learn_trust(self) -> Trust:
        of_parts = (weight for name, _ in self.parts for weight in START.get(name.partition("-")[0], ELSE))
        start = [*START_OF_ALL, *of_parts]
        pairs = self._pairs(sample_of(self.works))
        everything = _thin([pair for found in pairs.values() for pair in found], MOST_PAIRS)
        if sum(truth for _, truth in everything) < FEWEST_TRUE:
            return Trust(start)
        common = _fit([(row[:-1], truth) for row, truth in everything], start, PENALTY)
        return Trust(
            common,
            {term: _fit(_thin(found, MOST_OWN_PAIRS), [*common, 0.0], OWN_PENALTY) for term, found in pairs.items()},
        )

    def _pairs(self, which: Sequence[int]) -> dict[str, list[Pair]]:
        """Of each topic: a row for every work for which some method names it, and whether the editor gave it."""
        pairs: dict[str, list[Pair]] = {}
        own = self._own_counts()
        for index, scores in zip(which, self._held_out_parts(which), strict=True):
            given = set(self.works[index].topics)
            for term in sorted(set().union(*scores)):
                if term in self._examples:
                    row = self._row(scores, term, self._examples[term] - own[index].get(term, 0))
                    pairs.setdefault(term, []).append((row, term in given))
        return pairs

    def _held_out_parts(self, which: Sequence[int]) -> list[tuple[Scores, ...]]:
        """What each part would have said, by work; there may be no works. Asked for twice: to learn, and by others."""
        if self._held is None or self._held[0] != list(which):
            held = list(zip(*(model.held_out(which) for _, model in self.parts), strict=True))
            self._held = (list(which), held)
        return self._held[1]

    def _own_counts(self) -> list[Mapping[str, int]]:
        """Of each work: the examples that its own group gives."""
        groups = groups_of(self.works)
        members: dict[str, list[Work]] = {}
        for group, work in zip(groups, self.works, strict=True):
            members.setdefault(group, []).append(work)
        counts = {group: count_examples(works) for group, works in members.items()}
        return [counts[group] for group in groups]

    def _row(self, scores: Sequence[Scores], term: str, examples: int) -> list[float]:
        known = examples / (examples + HALF_KNOWN)
        share = (examples + 1) / (len(self.works) + 2)
        row = [1.0, known, math.log(share)]
        value = 0.0
        for part in scores:
            value = part.get(term, 0.0)
            row += (value, value * known)
        return [*row, _lift(value, share)]

    def _combine(self, scores: Sequence[Scores], without: Mapping[str, int]) -> Scores:
        found = {}
        for term in set().union(*scores):
            examples = self._examples.get(term, 0) - without.get(term, 0)
            weights = self.trust.own.get(term, self.trust.common)  # the common ones end before the lift
            value = logistic(sum(map(operator.mul, weights, self._row(scores, term, examples))))
            if value > SILENT:
                found[term] = value
        return found

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """Probability that the editor would give the term."""
        parts = [model.score(works) for _, model in self.parts]
        return [self._combine(scores, {}) for scores in zip(*parts, strict=True)]

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """The parts' held-out scores, combined; the few weights themselves have seen them all."""
        own = self._own_counts()
        return [
            self._combine(scores, own[index]) for index, scores in zip(which, self._held_out_parts(which), strict=True)
        ]


def _lift(score: float, share: float) -> float:
    """How far the last method's score is above the topic's share of all works: a rare topic's scores are low."""
    return math.log((score + LIFT_FROM) / (share + LIFT_FROM))


def _thin(pairs: list[Pair], most: int) -> list[Pair]:
    """So many of them at most, by chance."""
    if len(pairs) <= most:
        return pairs
    kept = sorted(random.Random(0).sample(range(len(pairs)), most))  # noqa: S311 - a sample, no secret
    return [pairs[index] for index in kept]


def _fit(pairs: Sequence[Pair], start: Sequence[float], penalty: float) -> list[float]:
    return fit_logistic([row for row, _ in pairs], [truth for _, truth in pairs], start, penalty)
