"""Words that give a topic away: of the works that have the word, the share that carries the topic.

The most telling word or pair of words speaks alone, which finds what an average over a whole text drowns, and which an
editor can check at a glance: "obsessive compulsive, 5 of 6 works with it". Shares of few works are drawn towards the
share that the topic has of all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.suggest.method import Scores
from digest.suggest.together import Seen, Together
from digest.suggest.words import STEMS, find_content, split_words
from digest.suggest.work import Term, Work

FEWEST = 3
"""Works in which a word must stand to count."""
DRAW = 5
"""The topic's share of all works counts as much as so many works with the word."""
LETTER = re.compile(r"(?<![^_])[a-z](?![^_])")
LEAST = 0.05
"""Shares below say nothing."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word, or two side by side, that goes with a topic in use."""

    words: str
    works: int
    """How many works have it."""
    right: int
    """How many of these carry the topic."""


@dataclass
class Cues:
    """The method."""

    name: str = "cues"

    def learn(self, works: Sequence[Work], terms: Sequence[Term]) -> "CuesModel":
        """Count."""
        return CuesModel(works, {term.id for term in terms})


class CuesModel:
    """What goes with each topic."""

    def __init__(self, works: Sequence[Work], terms: set[str]) -> None:
        self._together = Together(works, terms, [set(find_content(work.words)) for work in works], FEWEST, LEAST)

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """The share of the most telling cue."""
        return [_score(self._together.look_up(find_content(work.words))) for work in works]

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """Counts without those of the work's own group."""
        return [_score(self._together.look_up_without(index)) for index in which]

    def telling(self, work: Work, topic: str, most: int) -> list[Cue]:
        """The cues of a work that speak most for a topic, of those that half of the works with them bear out.

        A single letter (the s of "client's") tells an editor nothing, so it is no evidence.
        """
        seen = self._together.look_up(find_content(work.words))
        found = [
            (topics[topic] / (number + DRAW), Cue(_spell(feature, work), number, topics[topic]))
            for feature, number, topics in seen.features
            if topic in topics and 2 * topics[topic] >= number and not LETTER.search(feature)
        ]
        return [cue for _, cue in sorted(found, key=lambda each: -each[0])[:most]]


def _score(seen: Seen) -> Scores:
    found: dict[str, float] = {}
    if not seen.works:
        return found
    drawn = {topic: DRAW * number / seen.works for topic, number in seen.examples.items()}
    for _, number, topics in seen.features:
        least, total = LEAST * number, number + DRAW
        for topic, right in topics.items():
            if right > least:
                value = (right + drawn[topic]) / total
                if value > found.get(topic, 0.0):
                    found[topic] = value
    return found


def _spell(feature: str, work: Work) -> str:
    """Stems as the work spells them."""
    spelt = {STEMS[word]: word for word in reversed(split_words(f"{work.title}\n{work.abstract}"))}
    return " ".join(spelt.get(stem, stem) for stem in feature.split("_"))
