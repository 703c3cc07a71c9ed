"""Seeded neutral prose about nothing: invented words in plain sentences, for the corpora of `scripts/bench`.

Takes a seed; gives words, sentences and paragraphs of a wanted length, the same on every machine and every Python: all
chance comes from `random.Random.random()`, the one sequence that Python promises to keep, by exact arithmetic.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import random
from typing import Sequence, TypeVar

T = TypeVar("T")

ONSETS = (
    "b",
    "d",
    "f",
    "g",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "z",
    "br",
    "dr",
    "fl",
    "gr",
    "kl",
    "pl",
    "tr",
)
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("", "", "l", "m", "n", "r", "s", "x")

# {t} is a word of the text's subject, {w} any invented word, {a} and {c} plain words; the rest are numbers.
FINDINGS = (
    "Across {many} {c}, more {t} went with less {w} in the weeks that followed.",
    "The {a} groups differed by {few} points on the scale of {w}, and the gap narrowed after {few} months.",
    "People who began with much {t} gained about as much as people who began with little.",
    "The link between {t} and {w} was {a} at the start and could no longer be seen at the end.",
    "In {few} of {some} {c} the order of {t} and {w} was the other way round.",
    "Once {w} was taken into account, {t} explained {percent} percent of the difference between {c}.",
    "Those who stayed until the end had {a} ratings of {t}, while {percent} percent left before the second visit.",
    "Neither {t} nor {w} told who would return after a break of {few} weeks.",
    "Every third of the {c} reported some {w}, most often in the {a} part of the year.",
    "A {a} form of {t} did as well as the longer one, with {few} meetings in place of {some}.",
    "Where {t} rose from one week to the next, {w} fell in the week after, but not the other way round.",
    "The average change was {a}: {percent} of 100 {c} moved past the point that the authors had set.",
)
METHODS = (
    "The authors followed {many} {c} over {few} years and asked about {t} every {few} months.",
    "Two raters who knew nothing of the outcome coded {t} from {some} recordings and agreed on {percent} percent.",
    "The {c} were drawn by lot from {some} places, and {percent} percent of those who were asked took part.",
    "Half of the {c} worked with {t} as usual, and half began with a {a} introduction to {w}.",
    "To measure {t}, the team used a list of {some} questions that had been tried out on {many} other {c}.",
    "Records of {some} {a} sites were joined, from {few} regions with very different ideas of {w}.",
    "The analysis set {t} on one side, {w} on the other, and kept the {c} as a level of its own.",
    "Meetings lasted {percent} minutes and took place once a week for about {some} weeks.",
)
CAUTIONS = (
    "The {c} were not assigned by chance, so what looks like an effect of {t} may be one of {w}.",
    "Only {few} of the sites kept records of {w}, and these were the {a} ones.",
    "The measure of {t} is new, and nobody has yet compared it with what {c} say in their own words.",
    "With {some} {c} in the smallest group, a {a} difference would have been missed.",
    "Nothing is known of what happened after {few} months, since the study ended there.",
    "Whether the result holds where {w} is {a} remains to be seen.",
    "The authors had planned for {many} {c} and reached somewhat fewer.",
)
OPENINGS = (
    "Much has been written about {t}, and little of it rests on {a} data.",
    "For a long time {t} and {w} were thought to be one and the same.",
    "What does {t} add when {w} is already there?",
    "This study looked at {t} among {c} who had come for help with {w}.",
    "When {c} speak of {t}, they may mean several things.",
    "It is often said that {t} matters most when {w} is {a}.",
)
ADVICE = (
    "Ask about {t} early, and ask again after {few} meetings, since first answers tend to be {a}.",
    "If {w} gets in the way, say so in plain words and leave room for another view.",
    "A {a} note on {t} after each meeting takes two minutes and shows a pattern within {few} weeks.",
    "Do not wait for {w} to settle before you turn to {t}.",
    "Where {t} stays {a}, a second opinion may be worth more than a change of method.",
    "The result is no reason to give up {w} where it serves the {c} well.",
    "Talk over with colleagues how much {t} you expect, and how you would notice if you were wrong.",
    "Readers who work with {a} groups should take the figures as a first guess.",
)
QUESTIONS = (
    "Does {t} go with {w}?",
    "What {t} adds to {w} among {a} {c}",
    "{T} and {w}: {few} {a} findings",
    "When {t} fails: what {c} say about {w}",
    "How {a} {c} come to terms with {t}",
    "Less {w}, more {t}? A look at {some} {c}",
    "{T} after {few} years: a {a} picture",
    "The {a} side of {t} and {w}",
)
PLAIN = (
    "careful", "small", "clear", "modest", "patchy", "steady", "quick", "late", "mixed", "broad", "narrow",
    "brief", "regular", "gradual", "local", "remote", "written", "spoken", "common", "rare", "simple",
    "detailed", "mild", "strong",
)  # fmt: skip
COUNTED = (
    "groups", "teams", "visitors", "members", "pairs", "households", "trainees", "readers", "records", "courses",
    "guides", "listeners", "beginners", "seasons", "villages", "workshops", "helpers", "families",
)  # fmt: skip


class Dice:
    """Chance from a seed. `random()` is the only method of `random.Random` whose results Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self.roll = random.Random(seed).random  # noqa: S311 - the same for the same seed is the point

    def below(self, number: int) -> int:
        """A whole number from 0, smaller than `number`."""
        return int(self.roll() * number)

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self.roll() * (most - least + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of them, each as likely."""
        return things[int(self.roll() * len(things))]

    def favour(self, things: Sequence[T]) -> T:
        """One of them, the first ones more often than the last: how words are used."""
        roll = self.roll()
        return things[int(roll * roll * len(things))]

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred."""
        return self.roll() * 100 < percent

    def weigh(self, weights: Sequence[int]) -> int:
        """The index of a weight, as likely as the weight is heavy."""
        rest = self.below(sum(weights))
        for index, weight in enumerate(weights):
            rest -= weight
            if rest < 0:
                return index
        raise AssertionError("the rest is smaller than the sum")

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """All of them in another order (Fisher and Yates)."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed


def invent_words(dice: Dice, number: int, syllables: int = 3) -> list[str]:
    """So many different words that mean nothing."""
    words: dict[str, None] = {}
    while len(words) < number:
        parts = [dice.pick(ONSETS) + dice.pick(VOWELS) for _ in range(syllables)]
        words["".join(parts) + dice.pick(CODAS)] = None
    return list(words)


class Prose:
    """Sentences on a subject. `words` are the invented words of the whole language, the usual ones first."""

    def __init__(self, dice: Dice, words: Sequence[str]) -> None:
        self.dice = dice
        self.words = words

    def sentence(self, frames: Sequence[str], subject: Sequence[str]) -> str:
        """One of the frames, filled with the words of a subject."""
        return self.fill(self.dice.pick(frames), subject)

    def fill(self, frame: str, subject: Sequence[str]) -> str:
        """A frame with its gaps filled."""
        dice = self.dice
        word = dice.favour(subject)
        filled = frame.format(
            t=word,
            T=word.capitalize(),
            w=dice.favour(self.words),
            a=dice.pick(PLAIN),
            c=dice.pick(COUNTED),
            few=dice.between(2, 9),
            some=dice.between(11, 49),
            many=dice.between(60, 1400),
            percent=dice.between(10, 89),
        )
        return filled[0].upper() + filled[1:]

    def paragraph(self, frames: Sequence[str], subject: Sequence[str], words: int) -> str:
        """Sentences until there are at least so many words; no frame comes twice before all have come."""
        sentences: list[str] = []
        count = 0
        order = self.dice.shuffled(frames)
        while count < words:
            sentences.append(self.fill(order[len(sentences) % len(order)], subject))
            count += sentences[-1].count(" ") + 1
        return " ".join(sentences)
