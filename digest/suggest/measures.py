"""How good suggestions are, in the measures that Annif and the literature report: figures from 0 to 1."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from digest.suggest.method import Scores


@dataclass(frozen=True, slots=True)
class Counts:
    """Suggestions that were right, wrong, and missing."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    @property
    def precision(self) -> float:
        """Of what was suggested, the share that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Of what the editor gave, the share that was suggested."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = 2 * self.right + self.wrong + self.missing
        return 2 * self.right / total if total else 0.0

    def figures(self) -> dict[str, float]:
        """The three, by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missing + other.missing)


def count(suggested: Collection[str], given: Collection[str]) -> Counts:
    """Of one work."""
    right = len(set(suggested) & set(given))
    return Counts(right, len(set(suggested)) - right, len(set(given)) - right)


def count_by_topic(suggested: Sequence[Collection[str]], given: Sequence[Collection[str]]) -> dict[str, Counts]:
    """Of every topic that was suggested or given anywhere."""
    found: dict[str, Counts] = {}
    for ours, theirs in zip(suggested, given, strict=True):
        for topic in {*ours, *theirs}:
            one = Counts(int(topic in ours and topic in theirs), int(topic not in theirs), int(topic not in ours))
            found[topic] = found.get(topic, Counts()) + one
    return found


def rank(scores: Scores) -> list[str]:
    """Terms by score, the best first; of equals the alphabet holds."""
    return sorted((term for term, score in scores.items() if score > 0), key=lambda term: (-scores[term], term))


def f1_at(ranked: Sequence[str], given: Collection[str], most: int) -> float:
    """F1 of the first so many, of one work."""
    return count(ranked[:most], given).f1


def precision_at(ranked: Sequence[str], given: Collection[str], most: int) -> float:
    """Right ones among the first so many, by how many were asked for."""
    return len(set(ranked[:most]) & set(given)) / most


def recall_at(ranked: Sequence[str], given: Collection[str], most: int) -> float:
    """Of what the editor gave, the share among the first so many."""
    return len(set(ranked[:most]) & set(given)) / len(set(given))


def ndcg_at(ranked: Sequence[str], given: Collection[str], most: int) -> float:
    """Normalised discounted cumulative gain: a right one counts less the further down it stands."""
    gain = sum(1 / math.log2(place + 2) for place, topic in enumerate(ranked[:most]) if topic in given)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(most, len(set(given)))))
    return gain / ideal if ideal else 0.0


RANKED = {
    "f1@5": (f1_at, 5),
    "ndcg@5": (ndcg_at, 5),
    "ndcg@10": (ndcg_at, 10),
    "precision@1": (precision_at, 1),
    "precision@3": (precision_at, 3),
    "precision@5": (precision_at, 5),
    "recall@5": (recall_at, 5),
}


def ranked_figures(ranked: Sequence[str], given: Collection[str]) -> Mapping[str, float]:
    """Every measure of a ranked list, of one work that has at least one topic."""
    return {name: measure(ranked, given, most) for name, (measure, most) in RANKED.items()}
