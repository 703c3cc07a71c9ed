"""Types of research for a work: PubMed's own words where they are known, phrases of the vocabulary elsewhere."""

from collections.abc import Sequence

from digest.model.identifier import fold
from digest.model.vocabulary import ResearchType
from digest.suggest.lexicon import Lexicon
from digest.suggest.suggester import Evidence, TopicSuggestion
from digest.suggest.threshold import DEFAULT
from digest.suggest.work import Work, terms_of_research_types

MOST = 2
CERTAIN = 0.97
KEYWORD = 0.7
"""One keyword is enough where nothing says more: types of research name themselves less often than topics."""
MOST_PHRASES = 3
PUBMED = "PubMed calls it"


class ResearchTypes:
    """The vocabulary's types of research, ready to be looked for."""

    def __init__(self, types: Sequence[ResearchType]) -> None:
        terms = terms_of_research_types(types)
        self._terms = {term.id: term for term in terms}
        self._lexicon = Lexicon(trains=False).learn((), terms)
        self._pubmed = [(fold(name), name, each.id) for each in types for name in each.pubmed]

    def suggest(self, work: Work, publication_types: Sequence[str] = ()) -> list[TopicSuggestion]:
        """At most two: what PubMed calls the article, then what its title says; its text only if these are silent."""
        found = self._from_pubmed(publication_types)
        least = DEFAULT if found else KEYWORD
        for text in (Work(work.id, work.title), work):
            scores = self._lexicon.score([text])[0]
            for kind in sorted(scores, key=lambda each: (-scores[each], each)):
                if scores[kind] >= least and kind not in found and len(found) < MOST:
                    found[kind] = self._make(kind, scores[kind], self._phrases(text, kind))
            if found:
                break
        return list(found.values())

    def _from_pubmed(self, publication_types: Sequence[str]) -> dict[str, TopicSuggestion]:
        """The first of the vocabulary's order: PubMed gives several, and the general ones are no evidence."""
        given = {fold(name) for name in publication_types}
        for folded, name, kind in self._pubmed:
            if folded in given:
                return {kind: self._make(kind, CERTAIN, (f'{PUBMED} "{name}"',))}
        return {}

    def _phrases(self, work: Work, kind: str) -> tuple[str, ...]:
        wording = self._terms[kind].wording
        found = dict.fromkeys(wording[phrase] for phrase, _ in self._lexicon.matches(work)[kind])
        return tuple(found)[:MOST_PHRASES]

    def _make(self, kind: str, score: float, evidence: tuple[str, ...]) -> TopicSuggestion:
        return TopicSuggestion(kind, self._terms[kind].label, round(score, 4), Evidence(evidence))


def format_evidence(suggestion: TopicSuggestion) -> str:
    """What speaks for a type, as a part of a sentence."""
    said = suggestion.evidence.phrases
    return said[0] if said[0].startswith(PUBMED) else f'its title or abstract says "{said[0]}"'
