"""What a work is probably about, with the evidence: suggestions for the editor, never decisions."""

from digest.suggest.phrases import PhraseMatch, find_topics_by_phrases
from digest.suggest.research_type import ResearchTypeGuess, guess_research_type

__all__ = ["PhraseMatch", "ResearchTypeGuess", "find_topics_by_phrases", "guess_research_type"]
