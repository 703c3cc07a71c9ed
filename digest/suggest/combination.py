"""Several methods in one: each is trusted as far as it deserves at a topic's number of examples.

What each method would have said of the works that were learnt from (held out) is set against what the editor gave, for
all topics together: a logistic regression over the methods' scores, each also times how well the topic is known. So a
topic with many examples listens to the learners, one with none to its phrases, and the result is a probability.
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
MOST_PAIRS = 24_000
FEWEST_TRUE = 5
SILENT = 0.003
"""Lower probabilities are left out."""
START = {"lexicon": (7.0, 0.0), "neighbours": (2.0, 1.0), "linear": (3.0, 2.0)}
"""Weight of each method's score, and of the score times how well the topic is known, before anything is learnt."""
BIAS = -5.6
"""With the above, a topic that only its phrases speak for has one half at a lexicon's score of 0.8."""


@dataclass
class Combination:
    """The method, made of others."""

    parts: Sequence[Method]
    name: str = "combined"

    def learn(self, works: Sequence[Work], terms: Sequence[Term]) -> "CombinationModel":
        """Let every part learn, then learn whom to trust."""
        return CombinationModel(works, terms, [(part.name, part.learn(works, terms)) for part in self.parts])


@dataclass
class CombinationModel:
    """The parts' models and the weights of their scores."""

    works: Sequence[Work]
    terms: Sequence[Term]
    parts: Sequence[tuple[str, Model]]
    weights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._examples = count_examples(self.works)
        self._names = [name for name, _ in self.parts]
        start = [
            BIAS,
            0.0,
            0.0,
            *(weight for name in self._names for weight in START.get(name.partition("-")[0], (2.0, 1.0))),
        ]
        rows, truth = self._pairs(sample_of(self.works))
        self.weights = fit_logistic(rows, truth, start, PENALTY) if sum(truth) >= FEWEST_TRUE else start

    def _pairs(self, which: Sequence[int]) -> tuple[list[list[float]], list[bool]]:
        """A row for every work and topic that some method speaks for, thinned out evenly where they are very many."""
        rows, truth = [], []
        own = self._own_counts()
        for index, scores in zip(which, self._held_out_parts(which), strict=True):
            given = set(self.works[index].topics)
            for term in sorted(set().union(*scores)):
                if term in self._examples:
                    rows.append(self._row(scores, term, self._examples[term] - own[index].get(term, 0)))
                    truth.append(term in given)
        if len(rows) > MOST_PAIRS:
            kept = sorted(random.Random(0).sample(range(len(rows)), MOST_PAIRS))  # noqa: S311 - a sample, no secret
            rows, truth = [rows[i] for i in kept], [truth[i] for i in kept]
        return rows, truth

    def _held_out_parts(self, which: Sequence[int]) -> list[tuple[Scores, ...]]:
        """What each part would have said, by work; there may be no works."""
        return list(zip(*(model.held_out(which) for _, model in self.parts), strict=True))

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
        row = [1.0, known, math.log((examples + 1) / (len(self.works) + 2))]
        for part in scores:
            value = part.get(term, 0.0)
            row += (value, value * known)
        return row

    def _combine(self, scores: Sequence[Scores], without: Mapping[str, int]) -> Scores:
        found = {}
        for term in set().union(*scores):
            examples = self._examples.get(term, 0) - without.get(term, 0)
            value = logistic(sum(map(operator.mul, self.weights, self._row(scores, term, examples))))
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
