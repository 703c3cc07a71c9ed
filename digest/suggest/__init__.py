"""What a work is probably about, with the evidence: suggestions for the editor, never decisions."""

from digest.suggest.research_type import ResearchTypeGuess, guess_research_type

__all__ = ["ResearchTypeGuess", "guess_research_type"]
