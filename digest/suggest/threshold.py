"""From which score on a term is suggested: the one that serves held-out works best."""

from collections.abc import Collection, Sequence

from digest.suggest.method import Scores

DEFAULT = 0.8
"""Where nothing was learnt: a name of the topic, or two of its keywords."""
FEWEST = 10
"""Given topics from which on a threshold can be learnt."""


def best_threshold(held_out: Sequence[Scores], given: Sequence[Collection[str]], default: float = DEFAULT) -> float:
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
        return default
    best, right, threshold = -1.0, 0, default
    for index, (score, is_right) in enumerate(pairs):
        right += is_right
        following = pairs[index + 1][0] if index + 1 < len(pairs) else 0.0
        if following == score:
            continue
        f1 = 2 * right / (index + 1 + total)
        if f1 > best:
            best, threshold = f1, (score + following) / 2
    return threshold


def suggest(scores: Scores, threshold: float) -> list[str]:
    """Terms at or above the threshold, the best first."""
    chosen = [term for term, score in scores.items() if score >= threshold]
    return sorted(chosen, key=lambda term: (-scores[term], term))
