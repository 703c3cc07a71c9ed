"""References in a row: their order, and the letters of works of one author and year (APA 7, 9.44 to 9.48)."""

import re
from collections.abc import Iterable
from itertools import groupby

from digest.cite.apa import format_apa
from digest.cite.dates import format_year, sort_key
from digest.cite.kinds import Kind, find_kind
from digest.cite.names import initials, surname
from digest.cite.runs import Citation
from digest.cite.titles import format_title
from digest.model.identifier import fold
from digest.model.reference import Name, Reference

FIRST_ARTICLE = re.compile(r"(?:a|an|the)\s+(?=\S)")
NOT_A_LETTER = re.compile(r"[\W_]+")
Order = tuple[tuple[tuple[str, str], ...], bool, tuple[int, int, int, int], str, str]


def format_reference_list(references: Iterable[Reference]) -> list[Citation]:
    """Every reference formatted, in APA's order, with the letters of works of one author and year."""
    ordered = sort_references(references)
    suffixes = assign_year_suffixes(ordered)
    return [format_apa(reference, year_suffix=suffixes.get(reference.citation_key, "")) for reference in ordered]


def sort_references(references: Iterable[Reference]) -> list[Reference]:
    """By authors letter by letter, then by date, then by title; the same for any order they came in."""
    return sorted(references, key=_order)


def assign_year_suffixes(references: Iterable[Reference]) -> dict[str, str]:
    """The letter of each citation key whose authors have another work of the same year; no key where none is needed."""
    suffixes: dict[str, str] = {}
    for _, group in groupby(sort_references(references), key=_authors_and_year):
        works = {reference.citation_key: None for reference in group}
        if len(works) > 1:
            suffixes.update({key: _letters(number) for number, key in enumerate(works)})
    return suffixes


def _order(reference: Reference) -> Order:
    people = _people(reference)
    return (
        people or ((_title_letters(reference), ""),),
        reference.author_others,
        sort_key(reference),
        _title_letters(reference),
        reference.citation_key,
    )


def _authors_and_year(reference: Reference) -> tuple[object, ...]:
    people = _people(reference)
    return (
        people or ((_title_letters(reference), ""),),
        reference.author_others,
        format_year(reference),
    )


def _people(reference: Reference) -> tuple[tuple[str, str], ...]:
    people = reference.author or (() if find_kind(reference) is Kind.PART else reference.editor)
    return tuple([_name_letters(name) for name in people if surname(name)])


def _name_letters(name: Name) -> tuple[str, str]:
    given = "" if name.literal else f"{initials(name.given)} {name.suffix}"
    return _letters_of(surname(name)), _letters_of(given)


def _title_letters(reference: Reference) -> str:
    return _letters_of(FIRST_ARTICLE.sub("", fold(format_title(reference)), count=1))


def _letters_of(text: str) -> str:
    return NOT_A_LETTER.sub("", fold(text))


def _letters(number: int) -> str:
    """`a` to `z`, then `aa`, `ab` ..."""
    letters = ""
    number += 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters
