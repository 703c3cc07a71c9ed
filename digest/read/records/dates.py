"""Dates as RIS, Medline and EndNote write them, to `DateParts`: `2018/05/03/`, `1998 Dec-1999 Jan`, `Mar 3`.

Takes text; gives the date as far as it is known, or None. Never raises.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from digest.model.reference import DateParts
from digest.read.dates import parse_issued

YEAR = re.compile(r"[0-9]{4}")
EARLY = re.compile(r"(-\d{1,4}|\d{1,3})/(\d{0,2})/(\d{0,2})/?")
"""A year of fewer digits than four, or before our era, in RIS's form."""
YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?!\d)(?:[-/. ,]+(?P<month>\d{1,2}(?!\d)|[^\W\d_]{3,9}))?(?:[-/. ,]+(?P<day>\d{1,2})(?!\d))?"
)
YEAR_LAST = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ]+)?(?P<month>[^\W\d_]{3,9}|\d{1,2})[-/. ,]+"
    r"(?:(?P<later>\d{1,2})(?:st|nd|rd|th)?[ ,]+)?(?P<year>\d{4})(?!\d)"
)
YEAR_SOMEWHERE = re.compile(r"(?<!\d)(?P<year>1[4-9]\d\d|20\d\d)(?!\d)")


@lru_cache(maxsize=4096)
def parse_date(text: str) -> DateParts | None:
    """A date with its year."""
    text = text.strip(" []().,;")
    if match := EARLY.fullmatch(text):
        return _made(int(match[1]), match[2], match[3])
    match = YEAR_FIRST.match(text) or YEAR_LAST.search(text) or YEAR_SOMEWHERE.search(text)
    if match is None:
        return None
    parts = match.groupdict()
    day = parts.get("day") or parts.get("later") or ""
    return make_date(parts["year"], parts.get("month") or "", day)


def _made(year: int, month: str, day: str) -> DateParts:
    """A date of any year."""
    within = make_date("2000", month, day) or DateParts(year)
    return DateParts(year, within.month, within.day)


def make_date(year: str, month: str = "", day: str = "") -> DateParts | None:
    """A date of its parts, month by name or number; what the calendar does not have is left out."""
    return parse_issued({"year": year, "month": month, "day": day})[0] if YEAR.fullmatch(year) else None


def best_date(texts: Iterable[str]) -> DateParts | None:
    """Of several fields the first date, with the month and day that another one adds to its year."""
    best: DateParts | None = None
    for text in texts:
        found = parse_date(text) or (parse_date(f"{best.year} {text}") if best else None)
        if best is None:
            best = found
        elif found and found.year == best.year and _known(found) > _known(best) and found.month:
            best = found if best.month in {None, found.month} else best
    return best


def _known(date: DateParts) -> int:
    return 1 + (date.month is not None) + (date.day is not None)
