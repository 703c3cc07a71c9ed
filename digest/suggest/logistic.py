"""A small logistic regression in plain Python: a dozen weights, pulled towards those that it starts from.

Newton's method (iteratively reweighted least squares), for which the extra `[ml]` need not be installed.
"""

import math
import operator
from collections.abc import Sequence

STEPS = 40
LONGEST = 1.5
"""No weight moves further in one step: Newton's own steps can overshoot for ever."""
CLOSE = 1e-2
FARTHEST = 30.0


def logistic(value: float) -> float:
    """Log-odds to probability."""
    return 1 / (1 + math.exp(-max(-FARTHEST, min(FARTHEST, value))))


def fit_logistic(
    rows: Sequence[Sequence[float]], truth: Sequence[bool], start: Sequence[float], penalty: float
) -> list[float]:
    """Weights for rows of equal length; `penalty` says how hard they are pulled towards `start`."""
    weights = list(start)
    for _ in range(STEPS):
        gradient = [penalty * (s - w) for s, w in zip(start, weights, strict=True)]
        curvature = [[penalty if i == j else 0.0 for j in range(len(start))] for i in range(len(start))]
        for row, is_true in zip(rows, truth, strict=True):
            guess = logistic(sum(map(operator.mul, weights, row)))
            slack, bend = is_true - guess, guess * (1 - guess)
            for i, value in enumerate(row):
                gradient[i] += slack * value
                line, scaled = curvature[i], bend * value
                for j in range(i + 1):
                    line[j] += scaled * row[j]
        step = _solve(curvature, gradient)
        longest = max(map(abs, step))
        share = min(1.0, LONGEST / longest) if longest else 1.0
        weights = [weight + share * change for weight, change in zip(weights, step, strict=True)]
        if longest < CLOSE:
            break
    return weights


def _solve(lower: list[list[float]], right: list[float]) -> list[float]:
    """Solve a symmetric positive definite system given by its lower triangle (Cholesky)."""
    size = len(right)
    root = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = lower[i][j] - sum(root[i][k] * root[j][k] for k in range(j))
            root[i][j] = math.sqrt(max(rest, 1e-12)) if i == j else rest / root[j][j]
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum(root[i][k] * half[k] for k in range(i))) / root[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (half[i] - sum(root[k][i] * found[k] for k in range(i + 1, size))) / root[i][i]
    return found
