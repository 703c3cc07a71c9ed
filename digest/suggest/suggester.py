"""Suggestions for one work, each with the evidence for it: what an editor accepts or refuses at a look."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from digest.suggest.combination import Combination, CombinationModel
from digest.suggest.cues import Cue, Cues, CuesModel
from digest.suggest.lexicon import Lexicon, LexiconModel
from digest.suggest.memory import Learnt, Memory, key_of
from digest.suggest.method import Model, sample_of
from digest.suggest.methods import Setting, best_method, has_ml
from digest.suggest.neighbours import Neighbours, NeighboursModel
from digest.suggest.threshold import Thresholds, find_thresholds
from digest.suggest.work import Term, Work

MOST_PHRASES = 5
MOST_NEIGHBOURS = 3
MOST_CUES = 2
MOST_SUGGESTIONS = 6
LOOKED_AT = 40
"""Nearest works among which those with the topic are looked for."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A work like this one that carries the topic."""

    id: str
    title: str
    likeness: float
    """Cosine, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a topic."""

    phrases: tuple[str, ...] = ()
    """Phrases of the vocabulary that stand in the text, as the vocabulary writes them; the most telling first."""
    neighbours: tuple[Neighbour, ...] = ()
    cues: tuple[Cue, ...] = ()
    """Words of the text that go with the topic in use; the most telling first."""


@dataclass(frozen=True, slots=True)
class TopicSuggestion:
    """A topic that an editor might give."""

    topic: str
    """Its id."""
    label: str
    score: float
    """From 0 to 1."""
    evidence: Evidence = field(default_factory=Evidence)


Kind = TypeVar("Kind")


def _find(models: Sequence[Model], kind: type[Kind]) -> Kind | None:
    """The one of that kind: what speaks for a topic is asked of the parts that have learnt already."""
    return next((model for model in models if isinstance(model, kind)), None)


def _learn(
    tagged: Sequence[Work], terms: Sequence[Term], *, ml: bool, memory: Memory | None
) -> tuple[Model, Thresholds]:
    """The best method for so many works, and its thresholds; with a memory, what it keeps is not learnt again."""
    method = best_method(Setting(len(tagged), len(terms), terms, ml=ml))
    if not isinstance(method, Combination) or memory is None:
        model = method.learn(tagged, terms)
        return model, _thresholds_of(model, tagged)
    names = [part.name for part in method.parts]
    key = key_of(tagged, terms, names, ml=ml and has_ml())
    known = memory.recall(key, len(names)) if key else None
    combined = method.learn(tagged, terms, known.trust if known else None)
    thresholds = known.thresholds if known else _thresholds_of(combined, tagged)
    if key and known is None:
        memory.keep(key, Learnt(combined.trust, thresholds))
    return combined, thresholds


def _thresholds_of(model: Model, tagged: Sequence[Work]) -> Thresholds:
    sample = sample_of(tagged)
    return find_thresholds(model.held_out(sample), [tagged[index].topics for index in sample])


class Suggester:
    """Methods that have learnt from tagged works, and the thresholds below which they stay silent."""

    def __init__(
        self, works: Sequence[Work], terms: Sequence[Term], *, ml: bool = True, memory: Memory | None = None
    ) -> None:
        tagged = [work for work in works if work.topics]
        self.terms = {term.id: term for term in terms}
        self._model, self.thresholds = _learn(tagged, terms, ml=ml, memory=memory)
        parts = [model for _, model in self._model.parts] if isinstance(self._model, CombinationModel) else []
        self._lexicon = _find(parts, LexiconModel) or Lexicon().learn(tagged, terms)
        self._neighbours = _find(parts, NeighboursModel) or Neighbours().learn(tagged, terms)
        self._cues = _find(parts, CuesModel) or Cues().learn(tagged, terms)

    def suggest(self, work: Work, *, all_scores: bool = False) -> list[TopicSuggestion]:
        """Topics that something speaks for, at or above their thresholds, the best first, at most six.

        With `all_scores` all that have one.
        """
        scores = self._model.score([work])[0]
        phrases = self._lexicon.matches(work)
        chosen = self.thresholds.suggest_spoken_for(scores, lambda: phrases)[:MOST_SUGGESTIONS]
        if all_scores:
            chosen = sorted(scores, key=lambda term: (-scores[term], term))
        near = self._neighbours.nearest(work, LOOKED_AT)
        return [
            TopicSuggestion(
                term,
                self.terms[term].label,
                round(scores[term], 4),
                Evidence(
                    tuple(dict.fromkeys(self.terms[term].wording[phrase] for phrase, _ in phrases.get(term, ())))[
                        :MOST_PHRASES
                    ],
                    tuple(
                        Neighbour(other.id, other.title, round(likeness, 3))
                        for other, likeness in near
                        if term in other.topics
                    )[:MOST_NEIGHBOURS],
                    tuple(self._cues.telling(work, term, MOST_CUES)),
                ),
            )
            for term in chosen
        ]
