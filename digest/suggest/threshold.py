"""From which score on a term is suggested: the one that serves held-out works best.

One threshold serves all terms together (micro F1). A term that is rare or hard to tell has lower scores, and by that
threshold would never be suggested, so each has a threshold of its own, as far as it is known: the one at which its F1
is highest if its scores are what they say they are, probabilities. For these no truth is needed, so that a topic of ten
examples gets no threshold by chance (Z. C. Lipton, C. Elkan and B. Narayanaswamy, "Optimal thresholding of classifiers
to maximize F1 measure", ECML 2014: it is half of the F1 that can be reached).
"""

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field

from digest.suggest.method import Scores

ALONE = 0.4
"""Where no phrase of the vocabulary speaks for a term. Whatever a text is about, a frequent term's score is not far
from the share of works that have it, and may be above a threshold that was learnt from works of the field alone."""
DEFAULT = 0.8
"""Where nothing was learnt: a name of the topic, or two of its keywords."""
FEWEST = 10
"""Given topics from which on a threshold can be learnt."""
HALF_KNOWN = 10
"""A term with so many examples has half its own threshold, half the common one."""


@dataclass(frozen=True)
class Thresholds:
    """The scores from which on terms are suggested."""

    common: float = DEFAULT
    own: Mapping[str, float] = field(default_factory=dict)
    """Of terms that differ."""

    def suggest(self, scores: Scores) -> list[str]:
        """Terms at or above their threshold, the best first."""
        chosen = [term for term, score in scores.items() if score >= self.own.get(term, self.common)]
        return sorted(chosen, key=lambda term: (-scores[term], term))

    def suggest_spoken_for(self, scores: Scores, find_spoken_for: Callable[[], Container[str]]) -> list[str]:
        """The same without terms that no phrase of the text speaks for, unless their scores are high.

        The text is looked at for phrases only where that matters.
        """
        chosen = self.suggest(scores)
        if all(scores[term] >= ALONE for term in chosen):
            return chosen
        spoken_for = find_spoken_for()
        return [term for term in chosen if scores[term] >= ALONE or term in spoken_for]


def find_thresholds(held_out: Sequence[Scores], given: Sequence[Collection[str]]) -> Thresholds:
    """The common one by what was given, each term's own by its scores; the default where too little was given."""
    common = _best_common(held_out, given)
    if common is None:
        return Thresholds()
    examples: dict[str, int] = {}
    for topics in given:
        for term in set(topics):
            examples[term] = examples.get(term, 0) + 1
    by_term: dict[str, list[float]] = {}
    for scores in held_out:
        for term, score in scores.items():
            by_term.setdefault(term, []).append(score)
    own = {}
    for term, found in by_term.items():
        known = examples.get(term, 0) / (examples.get(term, 0) + HALF_KNOWN)
        own[term] = common + known * (_best_expected(found) - common)
    return Thresholds(common, own)


def _best_common(held_out: Sequence[Scores], given: Sequence[Collection[str]]) -> float | None:
    """The score at which micro F1 is highest, between the two scores that it parts."""
    pairs = sorted(
        (
            (score, term in topics)
            for scores, topics in zip(held_out, given, strict=True)
            for term, score in scores.items()
        ),
        key=lambda pair: -pair[0],
    )
    total = sum(len(set(topics)) for topics in given)
    if total < FEWEST or not pairs:
        return None
    best, right, threshold = -1.0, 0, DEFAULT
    for index, (score, is_right) in enumerate(pairs):
        right += is_right
        following = pairs[index + 1][0] if index + 1 < len(pairs) else 0.0
        if following == score:
            continue
        f1 = 2 * right / (index + 1 + total)
        if f1 > best:
            best, threshold = f1, (score + following) / 2
    return threshold


def _best_expected(probabilities: Sequence[float]) -> float:
    """Half the highest F1 that these probabilities let us expect."""
    total, right, best = sum(probabilities), 0.0, 0.0
    for number, probability in enumerate(sorted(probabilities, reverse=True), 1):
        right += probability
        best = max(best, 2 * right / (number + total))
    return best / 2
