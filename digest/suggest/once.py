"""A method that several others share while they are compared: it learns, holds out and scores the same works once."""

from collections.abc import Sequence

from digest.suggest.method import Method, Model, Scores
from digest.suggest.work import Term, Work


class Once:
    """The method, remembering the last works that it learnt from (by identity: the same list)."""

    def __init__(self, method: Method) -> None:
        self._method = method
        self._last: tuple[Sequence[Work], Sequence[Term], OnceModel] | None = None

    @property
    def name(self) -> str:
        """The method's own."""
        return self._method.name

    def learn(self, works: Sequence[Work], terms: Sequence[Term]) -> "OnceModel":
        """What it learnt from this list already, or learns now."""
        if self._last is None or self._last[0] is not works or self._last[1] is not terms:
            self._last = (works, terms, OnceModel(self._method.learn(works, terms)))
        return self._last[2]


class OnceModel:
    """A model that remembers its last answers."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._scored: tuple[Sequence[Work], list[Scores]] | None = None
        self._held: tuple[list[int], list[Scores]] | None = None

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """As the model does."""
        if self._scored is None or self._scored[0] is not works:
            self._scored = (works, self._model.score(works))
        return self._scored[1]

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """As the model does."""
        if self._held is None or self._held[0] != list(which):
            self._held = (list(which), self._model.held_out(which))
        return self._held[1]
