"""Words that go with a topic in use: naive Bayes with plain counts, for which nothing need be installed.

J. D. M. Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers", ICML 2003: what counts for a
topic is set against all other works, and long texts do not shout. Taking a work's own counts away is exact, so the
held-out scores cost nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from digest.suggest.features import Features
from digest.suggest.logistic import logistic
from digest.suggest.method import Scores
from digest.suggest.together import Seen, Together
from digest.suggest.work import Term, Work

SMOOTH = 0.5
FEWEST = 2
"""Works in which a word must stand to count."""
SCALE = 4.0
"""A text's evidence is its sum over the square root of its number of words, times this."""
LEAST = 0.02


@dataclass
class Bayes:
    """The method."""

    hints: Sequence[Term] = ()
    """The vocabulary on whose phrases the features build."""
    name: str = "bayes"

    def learn(self, works: Sequence[Work], terms: Sequence[Term]) -> "BayesModel":
        """Count."""
        return BayesModel(works, {term.id for term in terms}, Features(self.hints))


class BayesModel:
    """How often each word stands in works with each topic."""

    def __init__(self, works: Sequence[Work], terms: set[str], features: Features) -> None:
        self._find = features.find
        self._together = Together(works, terms, [set(self._find(work)) for work in works], FEWEST)

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """Every topic's evidence."""
        return [_score(self._together.look_up(self._find(work))) for work in works]

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """Counts without those of the work's own group."""
        return [_score(self._together.look_up_without(index)) for index in which]


def _score(seen: Seen) -> Scores:
    found: dict[str, float] = {}
    if not seen.features:
        return found
    for topic in {topic for _, _, topics in seen.features for topic in topics}:
        total = seen.examples[topic]
        if total <= 0:
            continue
        share = total / seen.works
        if total >= seen.works:  # every work carries it: no word can speak for it or against it
            found[topic] = 1.0
            continue
        evidence = 0.0
        for _, number, topics in seen.features:
            right = topics.get(topic, 0)
            inside = (right + SMOOTH * share * 2) / (total + SMOOTH)
            outside = (number - right + SMOOTH * 2 * (1 - share)) / (seen.works - total + SMOOTH)
            evidence += math.log(inside / outside)
        value = logistic(
            SCALE * evidence / math.sqrt(len(seen.features)) / 4 + math.log(share / (1 - share + 1e-9) + 1e-9) / 4
        )
        if value > LEAST:
            found[topic] = value
    return found
