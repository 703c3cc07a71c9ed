"""People and groups as APA 7 prints them: `Author, A. K., & Group of authors` (sections 8.17 to 8.21, 9.7 to 9.12).

Names are taken apart no further than the record did; a group's name is never touched.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from digest.cite.tidy import tidy
from digest.model.reference import Name

MOST_NAMES = 20
"""Up to so many authors are all named; of more, the first nineteen and the last (9.8)."""
SUFFIX_WITH_STOP = re.compile(r"(?i)(jr|sr)\.?")
HYPHENS = re.compile(r"[-\u2010\u2011\u2013]")
INITIAL = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]{0,2}\.")
"""An initial as its bearer writes it, of up to three letters: `J.`, `Yu.`, `Zs.`, `Wm.`"""
ASIDES = re.compile(r"\([^)]*\)|[\"“«][^\"”»]*[\"”»]")
"""Nicknames and other asides within a given name, which APA leaves out."""


def format_names(names: Sequence[Name], *, others: bool = False) -> str:
    """Authors, family name first: `Author, A. A., & Author, B. B.`"""
    return _join([shown for name in names if (shown := _family_first(name))], others=others, pair_comma=True)


def format_names_in_order(names: Sequence[Name], *, others: bool = False) -> str:
    """Editors and translators within a reference, initials first: `A. A. Editor & B. B. Editor`."""
    return _join([shown for name in names if (shown := _initials_first(name))], others=others, pair_comma=False)


def surname(name: Name) -> str:
    """What the text calls somebody by: family name with its particle, or the group."""
    literal = tidy(name.literal)
    if literal:
        return literal
    family = tidy(name.family)
    particle = tidy(name.non_dropping_particle)
    if family and particle:
        return f"{particle}{family}" if particle.endswith(("'", "’")) else f"{particle} {family}"
    return family or particle or tidy(name.given)


@lru_cache(maxsize=16384)
def initials(given: str) -> str:
    """Initials of given names: `Jean-Luc` gives `J.-L.`, `JB` gives `J. B.`, `Mary-ann` gives `M.`"""
    given = ASIDES.sub(" ", given)
    words = [word for word in given.split() if any(char.isalnum() for char in word)]
    if not words:
        return ""
    if not any(_is_cased(char) for char in given):
        return " ".join(words)
    all_small = given == given.lower()
    together = given.isupper()
    found = []
    for word in words:
        particle = word == word.lower() and word[-1] != "." and not all_small and _is_cased(word[0])
        if particle or INITIAL.fullmatch(word):
            found.append(word)
        else:
            found += _initials_of_word(word, together=together)
    return " ".join(found)


def _initials_of_word(word: str, *, together: bool) -> list[str]:
    first, *after = [piece for piece in HYPHENS.split(word) if piece.strip(".")] or [word]
    letters = [letter for part in first.split(".") for letter in _letters(part, together=together)]
    hyphened = "".join(f"-{letter}" for piece in after if not piece[0].islower() for letter in _letters(piece)[:1])
    if letters and hyphened:
        letters[-1] += hyphened
    return letters


def _letters(part: str, *, together: bool = False) -> list[str]:
    part = part.lstrip("'’‘`-\"")
    if not part:
        return []
    if together and 1 < len(part) <= len("JRR") and part.isalpha():
        return [f"{letter}." for letter in part]
    end = 1
    while end < len(part) and unicodedata.combining(part[end]):
        end += 1
    return [f"{part[:end]}."]


def _is_cased(char: str) -> bool:
    return char.lower() != char.upper()


def _suffix(name: Name) -> str:
    suffix = tidy(name.suffix)
    match = SUFFIX_WITH_STOP.fullmatch(suffix)
    return f"{match[1].capitalize()}." if match else suffix


def _initials_of(name: Name) -> str:
    given = tidy(name.given)
    if not given:
        return ""
    if given.isupper() and name.family.isupper() and len(name.family) > 1:
        given = given.title()  # a record in capitals throughout: ANN is a name, not three initials
    return initials(given)


def _family_first(name: Name) -> str:
    if name.literal or not name.family:
        return surname(name)
    initial, suffix = _initials_of(name), _suffix(name)
    shown = surname(name)
    if initial:
        shown = f"{shown}, {initial}"
    return f"{shown}, {suffix}" if suffix else shown


def _initials_first(name: Name) -> str:
    if name.literal or not name.family:
        return surname(name)
    return " ".join([part for part in (_initials_of(name), surname(name), _suffix(name)) if part])


def _join(shown: list[str], *, others: bool, pair_comma: bool) -> str:
    """Names in a row; the comma before `&` stands between two names only when the family name comes first."""
    if others and shown:
        comma = "," if len(shown) > 1 or (pair_comma and "," in shown[0]) else ""
        return f"{', '.join(shown)}{comma} et al."
    if len(shown) > MOST_NAMES:
        return f"{', '.join(shown[: MOST_NAMES - 1])}, … {shown[-1]}"
    if len(shown) <= 1:
        return "".join(shown)
    comma = "," if pair_comma or len(shown) > len(("one", "two")) else ""
    return f"{', '.join(shown[:-1])}{comma} & {shown[-1]}"
