"""People separated by commas, as a reference list prints them, to the same people separated by `and`, as BibTeX reads.

`Smith, J., Jones, K.` is one name with too many commas for BibTeX, and `Smith J, Jones K, Lee A` a Smith J with the
suffix Jones K. Takes one name as it was written; gives what was meant, or nothing where one cannot be sure.
"""

import re
from functools import lru_cache

_SEPARATOR = re.compile(r",\s*(?:\\?&\s*)?|\s\\?&\s+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+|[A-Z]{1,3}")
_FAMILY_AND_INITIALS = re.compile(r"(?P<family>[^\W\d_].*[^\W\d_]) (?P<initials>(?:[^\W\d_]\.[ -]?)+|[A-Z]{1,3})")
SUFFIX = re.compile(r"(?:jr|sr|junior|senior|esq)\.?|II|III|IV|2nd|3rd|4th", re.IGNORECASE)
"""What may stand between two commas of one name."""
_LEAST = 3
"""Whole names in a row: two with one comma between them may be one family name and one given name."""


@lru_cache(maxsize=65536)
def separated_by_and(written: str) -> str:
    """`Smith, J. and Jones, K.`, or nothing: it is one name, or nobody knows whose names these are."""
    if "," not in written or "{" in written:
        return ""
    parts = [part.strip() for part in _SEPARATOR.split(written)]
    if not all(parts) or any(map(SUFFIX.fullmatch, parts)):
        return ""
    found = _pairs(parts) or _with_initials(parts) or _whole(parts)
    return " and ".join(found)


def _pairs(parts: list[str]) -> list[str]:
    """`Smith`, `J.`, `Jones`, `Kim`."""
    families, given = parts[::2], parts[1::2]
    if len(parts) % 2 or len(families) == 1 or any(map(_INITIALS.fullmatch, families)):
        return []
    are_given = all(part.isalpha() or _INITIALS.fullmatch(part) for part in given)
    return [", ".join(pair) for pair in zip(families, given, strict=True)] if are_given else []


def _with_initials(parts: list[str]) -> list[str]:
    """`Smith J`, `Jones K`."""
    found = [_FAMILY_AND_INITIALS.fullmatch(part) for part in parts]
    return [f"{each['family']}, {each['initials']}" for each in found if each] if all(found) else []


def _whole(parts: list[str]) -> list[str]:
    """`Jo Smith`, `Kim Jones`, `Ann Lee`."""
    return parts if len(parts) >= _LEAST and all(" " in part for part in parts) else []
