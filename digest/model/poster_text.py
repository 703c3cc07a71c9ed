"""What a study's poster says, and how much of it fits one printed page.

Takes a study; gives headings and texts, the size of type in which all of it fits A4 and Letter alike, and, where no
size does, the texts cut. Heights are estimates on the safe side: nobody knows which fonts a machine prints with.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.model.listing import Person
from digest.model.plain_words import PlainWords
from digest.model.study import Contact, CriterionKind, Poster, Study

SIZES = (12.5, 11.5, 10.5, 9.5)
"""Points of the text, from the usual size to the smallest that is read from a wall."""
WIDTH, HEIGHT = 170.0, 238.0
"""Millimetres between the margins on the narrower and the lower of the two papers, less a little."""
POINT = 25.4 / 72
WIDEST = 0.5
"""Average width of a character in parts of the size of type: of a wide serif face, with what the ends of lines lose."""
LONGEST_TITLE = 200
"""Characters of a title, where texts are cut."""
LONGEST_TEXT = 4000
"""Characters that no sheet holds."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class PosterText:
    """What a poster says, in one size of type."""

    title: str
    sections: Sequence[tuple[str, Sequence[str]]]
    """Heading and texts of each."""
    size: int
    """Index of `SIZES`."""
    is_cut: bool
    """Whether texts are cut, since not even the smallest size holds all of them."""


def poster_text(study: Study) -> PosterText:
    """The largest size in which everything fits; else the smallest, with the longest texts cut."""
    sections = _sections(study)
    foot = _foot(study)
    for index, size in enumerate(SIZES):
        if _height(size, study.title, sections, foot) <= HEIGHT:
            return PosterText(study.title, sections, index, is_cut=False)
    smallest, foot = SIZES[-1], [*foot, "What is cut here stands on the page of the study."]
    most = min(LONGEST_TEXT, max(map(len, (text for _, texts in sections for text in texts)), default=0))
    title = _cut(study.title, LONGEST_TITLE)
    while most > 0:
        most = most * 19 // 20
        cut = [(heading, [_cut(text, most) for text in texts]) for heading, texts in sections]
        if _height(smallest, title, cut, foot) <= HEIGHT:
            return PosterText(title, cut, len(SIZES) - 1, is_cut=True)
    return PosterText(title, [], len(SIZES) - 1, is_cut=True)


def poster_contacts(study: Study) -> list[Contact | Person]:
    """The study team's contacts, else the record's."""
    found: list[Contact | Person] = [*study.contacts] or [*study.listing.contacts]
    return [each for each in found if each.name or each.email or each.phone]


def responsible_for(study: Study) -> str:
    """Who is responsible, by the page or else by the record."""
    return study.sponsor or (study.listing.sponsor.name if study.listing.sponsor else "")


def who_can_take_part(study: Study) -> list[str]:
    """What must be true of each audience, as far as the study team has said it plainly."""
    words = PlainWords(study)
    by_record = {
        id(plain): kind
        for kind, top in study.listing.eligibility.iter_criteria()
        for item in top.iter_all()
        if kind and (plain := words.of_criterion(item)) is not None
    }
    must = [
        each
        for each in study.criteria
        if each.plain and by_record.get(id(each), str(each.kind)) != str(CriterionKind.EXCLUSION)
    ]
    if not any(set(each.audiences) & set(study.audiences) for each in must):
        return [" ".join(each.plain for each in must)] * bool(must)
    lines = []
    for audience in study.audiences:
        own = [
            each.plain for each in must if audience in each.audiences or not set(each.audiences) & set(study.audiences)
        ]
        lines += [f"{audience[:1].upper()}{audience[1:]}: {' '.join(own)}"] * bool(own)
    return lines


def _sections(study: Study) -> list[tuple[str, list[str]]]:
    poster = study.poster or Poster()
    parts = [
        ("What the study is about", [poster.purpose]),
        ("Who can take part", [poster.who] if poster.who else who_can_take_part(study)),
        ("What you would do", [poster.tasks]),
        ("How long it takes, and where", [poster.time_and_place]),
        ("What participants receive", [poster.compensation]),
    ]
    return [(heading, [text for text in texts if text]) for heading, texts in parts if any(texts)]


def _foot(study: Study) -> list[str]:
    contacts = "; ".join(f"{each.name}, {each.email}, {each.phone}" for each in poster_contacts(study))
    statement = (study.ethics.statement or study.ethics.board) if study.ethics else ""
    lines = [
        f"Responsible: {responsible_for(study)}, registry number {study.registry}",
        f"Questions: {contacts}" if contacts else "",
        statement,
        "Version: no date has been given by the study team",
    ]
    return [line for line in lines if line]


def _height(size: float, title: str, sections: Iterable[tuple[str, Sequence[str]]], foot: Iterable[str]) -> float:
    """Millimetres of the whole sheet, in the measures of its style (`.sheet` in digest.css)."""
    em = size * POINT
    total = 1.3 * em + 1.8 * em * 1.2 * _lines(title, 1.8 * em * 1.1) + 0.8 * em
    for _, texts in sections:
        total += (0.6 + 1.12 * 1.3 + 0.15) * em
        total += sum(1.4 * em * _lines(text, em) + 0.3 * em for text in texts)
    total += 10 * em + 1.4 * em
    return total + sum(1.4 * 0.85 * em * _lines(line, 0.85 * em * 1.05) + 0.3 * em for line in foot) + em


def _lines(text: str, em: float) -> int:
    """How many lines a text takes in type of this size."""
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return max(1, math.ceil(width * WIDEST * em / WIDTH))


def _cut(text: str, most: int) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= most:
        return text
    kept = text[: max(0, most - 1)]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:") + ELLIPSIS
