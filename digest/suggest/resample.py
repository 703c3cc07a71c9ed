"""Bootstrap intervals: how far a figure would move had other works of the same kind been judged (95 %, percentile)."""

import random
from collections.abc import Callable, Sequence

from digest.suggest.measures import Counts

Interval = tuple[float, float]
SAMPLES = 400
MOST_DRAWS = 400_000
FEWEST_SAMPLES = 100
TAIL = 0.025


def interval_of_mean(values: Sequence[float]) -> Interval:
    """Of a mean over works."""
    return _interval(len(values), lambda drawn: sum(values[i] for i in drawn) / len(drawn))


def interval_of_micro(counts: Sequence[Counts]) -> Interval:
    """Of micro F1."""
    right = [one.right for one in counts]
    both = [2 * one.right + one.wrong + one.missing for one in counts]

    def f1(drawn: Sequence[int]) -> float:
        total = sum(both[i] for i in drawn)
        return 2 * sum(right[i] for i in drawn) / total if total else 0.0

    return _interval(len(counts), f1)


def _interval(number: int, figure: Callable[[Sequence[int]], float]) -> Interval:
    if not number:
        return (0.0, 0.0)
    generator = random.Random(0)  # noqa: S311 - the same works, the same interval
    samples = max(FEWEST_SAMPLES, min(SAMPLES, MOST_DRAWS // number))
    everything = range(number)
    found = sorted(figure(generator.choices(everything, k=number)) for _ in range(samples))
    return (found[int(TAIL * samples)], found[int((1 - TAIL) * samples)])
