"""One linear model a topic: ridge regression on TF-IDF of words and pairs of words. Needs the extra `[ml]`.

The only module that imports scikit-learn and SciPy; `methods` imports it by name when they are installed, so that the
program starts without them. All topics share one kernel matrix, so hundreds cost little more than one, and what the
model would say of a work without its group follows from the solution itself (P. Craven and G. Wahba, "Smoothing noisy
data with spline functions", Numerische Mathematik 31, 1979, 377-403), without fitting again. Above `LARGEST_KERNEL`
works the same model is solved iteratively, and held-out scores come from folds.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg, sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge

from digest.suggest.features import Features
from digest.suggest.method import Scores, groups_of
from digest.suggest.work import Term, Work

Matrix = Any
"""A dense or sparse matrix: SciPy ships no types."""
LARGEST_KERNEL = 12_000
FOLDS = 3
FEW = 2_000
"""Up to so many works every feature counts; of more, only those that stand in two."""
LEAST_SCORE = 0.01
MOST_SCORES = 60
"""Of a work, the highest are kept."""


@dataclass
class Linear:
    """The method."""

    hints: Sequence[Term] = ()
    """The vocabulary on whose phrases the features build."""
    name: str = "linear"
    penalty: float = 0.2

    def learn(self, works: Sequence[Work], terms: Sequence[Term]) -> "LinearModel":
        """Solve for all terms at once."""
        return LinearModel(works, [term.id for term in terms], Features(self.hints), self.penalty)


class LinearModel:
    """Weights of every feature for every term."""

    def __init__(self, works: Sequence[Work], terms: Sequence[str], features: Features, penalty: float) -> None:
        self._penalty = penalty
        used = {topic for work in works for topic in work.topics}
        self._terms = [term for term in terms if term in used]
        self._weights: Matrix = None
        if not works or not self._terms:
            self._held: Matrix = np.zeros((len(works), 0))
            return
        self._vectorizer = TfidfVectorizer(
            analyzer=features.find, sublinear_tf=True, min_df=2 if len(works) > FEW else 1, dtype=np.float32
        )
        try:
            matrix = self._vectorizer.fit_transform(works)
        except ValueError:  # no work says anything, or no two the same
            self._held = np.zeros((len(works), 0))
            self._terms = []
            return
        truth = _truth(works, self._terms)
        self._mean = truth.mean(axis=0)
        centred = truth - self._mean
        if len(works) <= LARGEST_KERNEL:
            inverse = _inverse(matrix, penalty)
            dual = inverse @ centred
            self._weights = np.asarray(matrix.T @ dual, dtype=np.float32)
            self._held = truth - _left_out(inverse, dual, groups_of(works))
        else:
            self._weights = _solve(matrix, centred, penalty)
            self._held = self._by_folds(matrix, centred, groups_of(works))

    def _by_folds(self, matrix: Matrix, centred: Matrix, groups: Sequence[str]) -> Matrix:
        fold_of = {group: index % FOLDS for index, group in enumerate(dict.fromkeys(groups))}
        folds = np.array([fold_of[group] for group in groups])
        held = np.zeros_like(centred)
        for fold in range(FOLDS):
            rest = np.flatnonzero(folds != fold)
            own = np.flatnonzero(folds == fold)
            held[own] = matrix[own] @ _solve(matrix[rest], centred[rest], self._penalty)
        return held + self._mean

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """The value of each term's linear function."""
        if self._weights is None or not works:
            return [{} for _ in works]
        return self._named(self._vectorizer.transform(works) @ self._weights + self._mean)

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """As if the work's group had not been learnt from."""
        return self._named(self._held[list(which)]) if self._weights is not None else [{} for _ in which]

    def _named(self, values: Matrix) -> list[Scores]:
        terms = self._terms
        found: list[Scores] = []
        for row in values:
            best = np.flatnonzero(row > LEAST_SCORE)
            if len(best) > MOST_SCORES:
                best = best[np.argsort(-row[best], kind="stable")[:MOST_SCORES]]
            found.append({terms[i]: value for i, value in zip(best.tolist(), row[best].tolist(), strict=True)})
        return found

    def telling(self, work: Work, term: str, most: int) -> list[tuple[str, float]]:
        """The features of a work that speak most for a term, with what each adds to its score."""
        if self._weights is None or term not in self._terms:
            return []
        row = self._vectorizer.transform([work])
        column = self._weights[:, self._terms.index(term)]
        added = row.data * column[row.indices]
        names = self._vectorizer.get_feature_names_out()
        best = np.argsort(-added, kind="stable")[:most]
        return [(str(names[row.indices[i]]).replace("_", " "), float(added[i])) for i in best if added[i] > 0]


def _truth(works: Sequence[Work], terms: Sequence[str]) -> Matrix:
    """Works by terms: 1 where the editor gave the term."""
    column = {term: index for index, term in enumerate(terms)}
    truth = np.zeros((len(works), len(terms)), dtype=np.float32)
    for row, work in enumerate(works):
        truth[row, [column[topic] for topic in work.topics if topic in column]] = 1.0
    return truth


def _inverse(matrix: Matrix, penalty: float) -> Matrix:
    """(X Xᵀ + λ I)⁻¹, in place as far as LAPACK allows."""
    kernel = (matrix @ matrix.T).toarray()
    kernel[np.diag_indices_from(kernel)] += penalty
    factor, _ = linalg.cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    inverse, status = linalg.lapack.get_lapack_funcs(("potri",), (factor,))[0](factor, lower=True, overwrite_c=True)
    if status:
        raise linalg.LinAlgError(f"potri: {status}")
    return np.tril(inverse) + np.tril(inverse, -1).T


def _left_out(inverse: Matrix, dual: Matrix, groups: Sequence[str]) -> Matrix:
    """Truth minus the prediction of a model that has not seen the row's group."""
    rows: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        rows[group].append(index)
    residual = dual / np.diag(inverse)[:, None]
    for members in rows.values():
        if len(members) > 1:
            residual[members] = np.linalg.solve(inverse[np.ix_(members, members)], dual[members])
    return residual


def _solve(matrix: Matrix, centred: Matrix, penalty: float) -> Matrix:
    """Weights by conjugate gradients, for more works than a kernel matrix can hold."""
    model = Ridge(alpha=penalty, solver="sparse_cg", fit_intercept=False, max_iter=60, tol=1e-3)
    model.fit(sparse.csr_matrix(matrix), centred)
    return np.asarray(model.coef_.T, dtype=np.float32)
