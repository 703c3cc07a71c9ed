"""Works like this one: the terms that its nearest neighbours carry.

TF-IDF cosine over words and pairs of words, from an inverted index in plain Python; words that stand in more than a
fifth of many works are passed over, which keeps a query short at ten thousand works.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from digest.suggest.method import Scores, groups_of
from digest.suggest.words import find_content
from digest.suggest.work import Term, Work

NEAREST = 20
COMMON = 0.2
MANY = 200
MOST_FEATURES = 60
"""Of a query, those that tell most."""
DOUBT = 0.05
"""A vote against everything: a work that is like no other gets low scores."""
SHARPNESS = 2.0
"""Power to which likeness is raised before neighbours vote."""


@dataclass
class Neighbours:
    """The method."""

    name: str = "neighbours"

    def learn(self, works: Sequence[Work], terms: Sequence[Term]) -> "NeighboursModel":
        """Index the works."""
        return NeighboursModel(works, {term.id for term in terms})


class NeighboursModel:
    """An inverted index of works."""

    def __init__(self, works: Sequence[Work], terms: set[str]) -> None:
        self.works = works
        self._topics = [tuple(topic for topic in dict.fromkeys(work.topics) if topic in terms) for work in works]
        self._groups = groups_of(works)
        counts = [Counter(find_content(work.words)) for work in works]
        documents = Counter(feature for count in counts for feature in count)
        most = COMMON * len(works) if len(works) > MANY else len(works)
        self._idf = {
            feature: math.log((1 + len(works)) / (1 + number)) + 1
            for feature, number in documents.items()
            if number <= most
        }
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._vectors = [self._vector(count) for count in counts]
        for index, vector in enumerate(self._vectors):
            for feature, weight in vector.items():
                self._postings[feature].append((index, weight))

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        idf = self._idf
        raw = {f: (1 + math.log(n)) * idf[f] for f, n in counts.items() if f in idf}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {feature: weight / length for feature, weight in raw.items()}

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """The share of the neighbours' votes that each term has."""
        return [self._vote(self._nearest(self._vector(Counter(find_content(w.words))))) for w in works]

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """Neighbours of other groups only."""
        return [self._vote(self._nearest(self._vectors[index], self._groups[index])) for index in which]

    def nearest(self, work: Work, most: int) -> list[tuple[Work, float]]:
        """The works most like this one, other than itself, with their likeness."""
        found = self._nearest(self._vector(Counter(find_content(work.words))), work.group or None)
        return [(self.works[index], likeness) for likeness, index in found[:most] if self.works[index].id != work.id]

    def _nearest(self, vector: dict[str, float], group: str | None = None) -> list[tuple[float, int]]:
        likeness: dict[int, float] = defaultdict(float)
        telling = nlargest(MOST_FEATURES, vector.items(), key=lambda item: item[1])
        for feature, weight in telling:
            for index, other in self._postings.get(feature, ()):
                likeness[index] += weight * other
        candidates = ((value, -index) for index, value in likeness.items() if self._groups[index] != group)
        return [(value, -index) for value, index in nlargest(NEAREST, candidates)]

    def _vote(self, nearest: Sequence[tuple[float, int]]) -> Scores:
        votes: dict[str, float] = defaultdict(float)
        total = 0.0
        for likeness, index in nearest:
            vote = likeness**SHARPNESS
            total += vote
            for topic in self._topics[index]:
                votes[topic] += vote
        return {topic: vote / (total + DOUBT) for topic, vote in votes.items()}
