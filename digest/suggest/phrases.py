"""Topics that a text names: labels, synonyms and phrases of the vocabulary found in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model.identifier import fold
from digest.model.vocabulary import Topic

WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A topic, and the phrases of it that were found."""

    topic: Topic
    phrases: tuple[str, ...]


def find_topics_by_phrases(text: str, topics: Sequence[Topic], most: int) -> list[PhraseMatch]:
    """At most so many topics, those with the most different phrases first; of equals the vocabulary's order holds."""
    words = f" {' '.join(WORD.findall(fold(text)))} "
    matches = []
    for topic in topics:
        phrases = dict.fromkeys(
            " ".join(WORD.findall(fold(p))) for p in (topic.label, *topic.alt_labels, *topic.keywords)
        )
        found = tuple(phrase for phrase in phrases if phrase and (f" {phrase} " in words or f" {phrase}s " in words))
        if found:
            matches.append(PhraseMatch(topic, found))
    return sorted(matches, key=lambda match: -len(match.phrases))[:most]
