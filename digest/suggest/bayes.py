"""Words that go with a topic in use: naive Bayes with plain counts, for which nothing need be installed.

J. D. M. Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers", ICML 2003: what counts for a
topic is set against all other works, and long texts do not shout. Taking a work's own counts away is exact, so the
held-out scores cost nothing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.suggest.features import Features
from digest.suggest.logistic import logistic
from digest.suggest.method import Scores, count_examples, groups_of
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
        self._works = works
        self._topics = [tuple(t for t in dict.fromkeys(work.topics) if t in terms) for work in works]
        self._features = [set(self._find(work)) for work in works]
        self._examples = {t: n for t, n in count_examples(works).items() if t in terms}
        self._with: Counter[str] = Counter(feature for present in self._features for feature in present)
        self._both: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for topics, present in zip(self._topics, self._features, strict=True):
            for feature in present:
                if self._with[feature] >= FEWEST:
                    for topic in topics:
                        self._both[feature][topic] += 1
        self._both = {feature: dict(topics) for feature, topics in self._both.items()}

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """Every topic's evidence."""
        return [self._score(sorted(set(self._find(work))), {}, {}, {}, 0) for work in works]

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """Counts without those of the work's own group."""
        members: dict[str, list[int]] = defaultdict(list)
        groups = groups_of(self._works)
        for index, group in enumerate(groups):
            members[group].append(index)
        return [self._without(index, members[groups[index]]) for index in which]

    def _without(self, index: int, group: Sequence[int]) -> Scores:
        features = self._features[index]
        own, both, examples = Counter[str](), Counter[tuple[str, str]](), Counter[str]()
        for other in group:
            shared = features & self._features[other]
            own.update(shared)
            examples.update(self._topics[other])
            both.update((feature, topic) for feature in shared for topic in self._topics[other])
        return self._score(sorted(features), own, both, examples, len(group))

    def _score(
        self,
        features: Sequence[str],
        own: Mapping[str, int],
        both: Mapping[tuple[str, str], int],
        examples: Mapping[str, int],
        fewer: int,
    ) -> Scores:
        works = len(self._works) - fewer
        known = [(f, self._with[f] - own.get(f, 0)) for f in features if f in self._both]
        known = [(f, n) for f, n in known if n > 0]
        if not known or works <= 0:
            return {}
        candidates = {topic for feature, _ in known for topic in self._both[feature]}
        found = {}
        for topic in candidates:
            total = self._examples[topic] - examples.get(topic, 0)
            if total <= 0:
                continue
            share = total / works
            evidence = 0.0
            for feature, number in known:
                right = self._both[feature].get(topic, 0) - both.get((feature, topic), 0)
                inside = (right + SMOOTH * share * 2) / (total + SMOOTH)
                outside = (number - right + SMOOTH * 2 * (1 - share)) / (works - total + SMOOTH)
                evidence += math.log(inside / outside)
            value = logistic(
                SCALE * evidence / math.sqrt(len(known)) / 4 + math.log(share / (1 - share + 1e-9) + 1e-9) / 4
            )
            if value > LEAST:
                found[topic] = value
        return found
