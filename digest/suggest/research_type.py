"""A type of research guessed from a reference: PubMed's publication types first, else words of title and abstract."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digest.model.identifier import fold
from digest.model.reference import Reference
from digest.model.vocabulary import ResearchType


@dataclass(frozen=True, slots=True)
class ResearchTypeGuess:
    """A type of research and what speaks for it."""

    research_type: ResearchType
    evidence: str
    """In words, such as `PubMed calls it "Meta-Analysis"`."""


def guess_research_type(reference: Reference, research_types: Sequence[ResearchType]) -> ResearchTypeGuess | None:
    """The most telling evidence: publication type, then title, then abstract; of equals the longest phrase."""
    return (
        _from_publication_types(reference.publication_types, research_types)
        or _from_text("title", reference.title, research_types)
        or _from_text("abstract", reference.abstract, research_types)
    )


def _from_publication_types(names: Iterable[str], research_types: Sequence[ResearchType]) -> ResearchTypeGuess | None:
    """Of several types the vocabulary's order says which tells more; the general ones are no evidence."""
    folded = {fold(name): name for name in names}
    for research_type in research_types:
        for name in research_type.pubmed:
            if fold(name) in folded:
                return ResearchTypeGuess(research_type, f'PubMed calls it "{folded[fold(name)]}"')
    return None


def _from_text(where: str, text: str, research_types: Sequence[ResearchType]) -> ResearchTypeGuess | None:
    words = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    found = [
        (len(phrase), -index, research_type, phrase)
        for index, research_type in enumerate(research_types)
        for phrase in _phrases(research_type)
        if f" {phrase} " in words or f" {phrase}s " in words
    ]
    if not found:
        return None
    _, _, research_type, phrase = max(found, key=lambda each: each[:2])
    return ResearchTypeGuess(research_type, f'"{phrase}" stands in the {where}')


def _phrases(research_type: ResearchType) -> Iterator[str]:
    for name in (research_type.label, *research_type.alt_labels, *research_type.keywords):
        yield " ".join(re.findall(r"[a-z0-9]+", fold(name)))
