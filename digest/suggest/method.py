"""The protocol of every method: it learns from tagged works, then scores any work for every term.

A score says from 0 to 1 how likely an editor would give the term; a term that is left out has 0. What a method thinks
of a work that it has learnt from tells nothing: `held_out` says what it would think had it never seen the work's group.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from digest.suggest.work import Term, Work

Scores = Mapping[str, float]
"""Id of a term to its score."""


class Model(Protocol):
    """A method that has learnt."""

    def score(self, works: Sequence[Work]) -> list[Scores]:
        """Scores of each work, in order."""

    def held_out(self, which: Sequence[int]) -> list[Scores]:
        """Scores of these of the works that were learnt from, as if each one's group had not been there."""


class Method(Protocol):
    """A way of suggesting terms."""

    @property
    def name(self) -> str:
        """One word."""

    def learn(self, works: Sequence[Work], terms: Sequence[Term]) -> Model:
        """What the method knows after these works; there may be none of them."""


def count_examples(works: Sequence[Work]) -> dict[str, int]:
    """How many works carry each term."""
    found: dict[str, int] = {}
    for work in works:
        for topic in dict.fromkeys(work.topics):
            found[topic] = found.get(topic, 0) + 1
    return found


def groups_of(works: Sequence[Work]) -> list[str]:
    """The group of each work; one without is a group by itself."""
    return [work.group or f"\0{index}" for index, work in enumerate(works)]


MOST_HELD_OUT = 3_000


def sample_of(works: Sequence[Work]) -> list[int]:
    """Which works to hold out: all, or of very many every so manieth."""
    step = max(1, -(-len(works) // MOST_HELD_OUT))
    return list(range(0, len(works), step))
