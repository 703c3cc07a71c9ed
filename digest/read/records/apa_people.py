"""Authors and editors as APA 7 prints them, to `Name`s: `Tasca, G. A., & van der Berg, H.`, `A. Editor & B. Editor`.

Takes text; gives names and whether `et al.` follows. Never raises; what looks like no person is a group.
"""

import re

from digest.model.reference import Name
from digest.read.records.people import GROUP_WORD, SUFFIX, make_person

INITIALS = re.compile(
    r"[^\W\d_]{1,3}\.(?:[ -]{0,2}[^\W\d_]{1,3}\.|[ ](?:d[aeo]s?|v[ao]n)(?=[ ]))*+[ ]?"
    r"|[^\W\d_a-z]{1,3}|(?:[^\W\d_]\.?-?){1,3}"
)
GIVEN_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[ -](?:[^\W\d_]+|[^\W\d_]\.))*\.?")
INITIALS_FIRST = re.compile(r"(?P<given>(?:[^\W\d_]{1,2}\.[ -]?)+)\s*(?P<family>[^\W\d_].*)")
FAMILY_AND_INITIALS = re.compile(r"[^\W\d_](?:[^\d.,]*[^\W\d_A-Z])?\s[A-Z]{1,3}\.?")
"""`Tasca GA`, as journals of medicine print it."""
ROLE = re.compile(
    r"\s*\((?P<role>Eds?\.?|Ed\. & Trans\.|Trans\.?|Chairs?|Dirs?\.?|Hrsg\.?|Editors?)[^()]{0,20}\)\.?,?", re.IGNORECASE
)
OTHERS = re.compile(r",?\s*\bet\.? al\b\.?", re.IGNORECASE)
ELLIPSIS = re.compile(r",?\s*(?:…|\. ?\. ?\.)\s*(?:&\s*)?")
BETWEEN = re.compile(r"(?:,|(?<=[,.]))\s*(?:&|\band\b)\s+|,\s+|\s*;\s*")
BETWEEN_IN_ORDER = re.compile(r",?\s+(?:&|\band\b)\s+|,\s+")
MOST_WORDS_OF_A_FAMILY = 4
PEOPLE = re.compile(r"[^\W\d_][^,.()]{0,60},\s+(?:[^\W\d_]{1,2}\.|[^\W\d_a-z]{1,3}(?=[,\s]))")
"""What a list of people begins like: `Tasca, G`."""


def parse_people(text: str) -> tuple[tuple[Name, ...], bool]:
    """Names with the family name first."""
    others = bool(OTHERS.search(text) or ELLIPSIS.search(text))
    text = ELLIPSIS.sub(", ", OTHERS.sub("", ROLE.sub("", text))).strip(" ,;")
    parts = [part for written in BETWEEN.split(text) if (part := written.strip(" ,"))]
    if parts and all(map(FAMILY_AND_INITIALS.fullmatch, parts)):
        return tuple(make_person(*part.rsplit(" ", 1)) for part in parts), others
    if not any(INITIALS.fullmatch(part) for part in parts[1:]) and not _is_full_name(parts):
        group = text.rstrip(".") if text.count(".") == 1 else text.removesuffix(".")
        return ((Name(literal=group),) if group else ()), others
    names: list[Name] = []
    position = 0
    while position < len(parts):
        taken, name = _take(parts[position : position + 3])
        names.append(name)
        position += taken
    return tuple(names), others


def _is_full_name(parts: list[str]) -> bool:
    """Whether two parts are one person whose given name is written out."""
    return len(parts) == len(("family", "given")) and _is_given(*parts) and not GROUP_WORD.search(" ".join(parts))


def _is_given(family: str, given: str) -> bool:
    return len(family.split()) < MOST_WORDS_OF_A_FAMILY and bool(GIVEN_NAME.fullmatch(given))


def _take(parts: list[str]) -> tuple[int, Name]:
    """The first name of these parts, and of how many it is made."""
    family, *rest = parts
    is_person = rest and (INITIALS.fullmatch(rest[0]) or (_is_given(family, rest[0]) and not GROUP_WORD.search(family)))
    if is_person:
        suffix = rest[1] if len(rest) > 1 and SUFFIX.fullmatch(rest[1]) else ""
        return 3 if suffix else 2, make_person(family, rest[0], suffix)
    if match := INITIALS_FIRST.fullmatch(family):
        return 1, make_person(match["family"].rstrip("."), match["given"].strip())
    return 1, Name(literal=family.rstrip("."))


def parse_people_in_order(text: str) -> tuple[Name, ...]:
    """Names with the given name first, as editors stand before a book."""
    names: list[Name] = []
    parts = BETWEEN_IN_ORDER.split(OTHERS.sub("", text).strip(" ,"))
    for part in parts:
        if SUFFIX.fullmatch(part) and names:
            last = names.pop()
            names.append(Name(last.family, last.given, last.non_dropping_particle, part, last.literal))
        elif match := INITIALS_FIRST.fullmatch(part):
            family, _, suffix = match["family"].rpartition(" ")
            if family and SUFFIX.fullmatch(suffix):
                names.append(make_person(family, match["given"].strip(), suffix))
            else:
                names.append(make_person(match["family"], match["given"].strip()))
        elif part:
            names.append(Name(literal=part))
    return tuple(names)
