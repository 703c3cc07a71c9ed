"""Suggestions for one work, each with the evidence for it: what an editor accepts or refuses at a look."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.suggest.lexicon import Lexicon
from digest.suggest.method import sample_of
from digest.suggest.methods import Setting, best_method
from digest.suggest.neighbours import Neighbours
from digest.suggest.threshold import best_threshold
from digest.suggest.work import Term, Work

MOST_PHRASES = 5
MOST_NEIGHBOURS = 3
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


@dataclass(frozen=True, slots=True)
class TopicSuggestion:
    """A topic that an editor might give."""

    topic: str
    """Its id."""
    label: str
    score: float
    """From 0 to 1."""
    evidence: Evidence = field(default_factory=Evidence)


class Suggester:
    """Methods that have learnt from tagged works, and the threshold below which they stay silent."""

    def __init__(self, works: Sequence[Work], terms: Sequence[Term], *, ml: bool = True) -> None:
        tagged = [work for work in works if work.topics]
        self.terms = {term.id: term for term in terms}
        self._model = best_method(Setting(len(tagged), len(terms), terms, ml=ml)).learn(tagged, terms)
        self._lexicon = Lexicon().learn(tagged, terms)
        self._neighbours = Neighbours().learn(tagged, terms)
        sample = sample_of(tagged)
        given = [tagged[index].topics for index in sample]
        self.threshold = best_threshold(self._model.held_out(sample), given)

    def suggest(self, work: Work, *, all_scores: bool = False) -> list[TopicSuggestion]:
        """Topics at or above the threshold, the best first, at most six; with `all_scores` every topic that has one."""
        scores = self._model.score([work])[0]
        ordered = sorted(scores, key=lambda term: (-scores[term], term))
        chosen = ordered if all_scores else [t for t in ordered if scores[t] >= self.threshold][:MOST_SUGGESTIONS]
        phrases = self._lexicon.matches(work)
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
                ),
            )
            for term in chosen
        ]
