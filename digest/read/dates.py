"""BibTeX's and biblatex's dates to `DateParts`.

Takes `date`, `year`, `month` and `day` as text; gives the date as far as it is known, and what is wrong with it in
words. Never raises, and guesses nothing: a month without a year is no date.
"""

import datetime
import re
from collections.abc import Mapping

from digest.model.reference import DateParts

_DATE = re.compile(r"(-?\d{4})(?!\d)(?:([-/])(\d{1,2})(?!\d)(?:\2(\d{1,2})(?!\d))?)?")
"""The beginning of a date, or range, of ISO 8601-2, as in biblatex: https://ctan.org/pkg/biblatex, section 2.3.8."""
_YEAR_WITHIN = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile("|".join(_MONTHS))
_SEASON = re.compile(r"spring|summer|autumn|fall|winter|quarter|q[1-4]\b")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WORD = re.compile(r"[a-z]+|\d+")
_TIME = re.compile(r"(?<=\d)t\d.*|(?<=\d)(st|nd|rd|th)\b")
_NO_YEAR = re.compile(r"n\. ?d\.|no date|unpublished|undated|\?+|s\. ?d\.", re.IGNORECASE)
IN_PRESS = re.compile(
    r"(?:advance(?:d)? online publication|(?:e-?pub|online|published online) ahead of print|online first|in press|"
    r"forthcoming|to appear|accepted(?: for publication)?|submitted(?: for publication)?|in preparation|under review)"
    r"\.?",
    re.IGNORECASE,
)
"""What people write instead of a year or volume while there is none."""
LAST_MONTH = 12

Fault = tuple[str, str]
"""A field, and what is wrong with it."""


def parse_issued(fields: Mapping[str, str]) -> tuple[DateParts | None, list[Fault]]:
    """The date of publication: `date` where it holds one, else `year`, `month` and `day`."""
    faults: list[Fault] = []
    written = fields.get("date", "").lstrip("./ ")
    if not written or _says_none(written):
        return _parse_year(fields, faults), faults
    if (found := _parse_date("date", written, faults)) is not None:
        return found, faults
    year = fields.get("year", "")
    if not _MONTH.match(written.lower()) or not year:  # EndNote has the year in its own place, and here `Mar 3`
        within = _YEAR_WITHIN.search(written)
        year = year or (within[0] if within else "")
        faults.append(("date", f"'{written}' is no date" + (f"; {year} is taken" if year else "")))
    return _parse_year(
        {"month": written if _MONTH.search(written.lower()) else "", **fields, "year": year}, faults
    ), faults


def parse_day(written: str) -> DateParts | None:
    """A date such as `urldate`, where nothing depends on it: what is none is passed over."""
    return _parse_date("", written, []) if written else None


def day_meant(written: str) -> datetime.date | None:
    """The day that a text in another form than `2023-01-05` surely means: year first, or the month in words."""
    parts = _WORD.findall(_TIME.sub("", written.lower()))
    if any(len(part) > len("2023") for part in parts if part.isdigit()):
        return None
    months = [index + 1 for index, name in enumerate(_MONTHS) if any(part.startswith(name) for part in parts)]
    numbers = [int(part) for part in parts if part.isdigit()]
    first_is_year = bool(parts) and len(parts[0]) == len("2023")
    try:
        if len(numbers) == len(parts) == len("ymd") and first_is_year:
            return datetime.date(*numbers)
        has_year = any(len(part) == len("2023") for part in parts if part.isdigit())
        if len(months) == 1 and len(numbers) == len("dy") and len(parts) == len("dmy") and has_year:
            return datetime.date(max(numbers), months[0], min(numbers))
    except ValueError:
        return None
    return None


def _says_none(written: str) -> bool:
    written = written.strip("[]() ")
    return bool(IN_PRESS.fullmatch(written) or _NO_YEAR.fullmatch(written))


def _parse_date(field: str, written: str, faults: list[Fault]) -> DateParts | None:
    match = _DATE.match(written)
    if match is None:
        return None
    month = int(match[3]) if match[3] else None
    if month is not None and month > LAST_MONTH and match[4] is None:
        month = None  # 21 to 24 are seasons
    return _checked(field, int(match[1]), month, int(match[4]) if match[4] else None, faults)


def _parse_year(fields: Mapping[str, str], faults: list[Fault]) -> DateParts | None:
    written = fields.get("year", "")
    if not written or _says_none(written):
        return None
    found = _parse_date("year", written, faults)
    if found is not None and found.month is not None:
        return found
    year = found.year if found else None
    if year is None and (within := _YEAR_WITHIN.search(written)):
        year = int(within[0])
    if year is None:
        faults.append(("year", f"'{written}' is no year"))
        return None
    if not _DATE.fullmatch(written):
        faults.append(("year", f"'{written}' is no year; {year} is taken"))
    month, day = _parse_month(fields.get("month", ""), faults)
    if fields.get("day"):
        day = _parse_day(fields["day"], faults)
    return _checked("day" if fields.get("day") else "month", year, month, day if month else None, faults)


def _parse_month(written: str, faults: list[Fault]) -> tuple[int | None, int | None]:
    """Month and, where BibTeX's styles had nowhere else to put it, day: `26 mar`."""
    if not written:
        return None, None
    if number := _NUMBER.fullmatch(written.rstrip(".,;")):
        return int(number[0]), None
    lowered = written.lower()
    if name := _MONTH.search(lowered):
        number = _NUMBER.search(lowered)
        day = int(number[0]) if number else None
        return _MONTHS.index(name[0]) + 1, day
    if not _SEASON.search(lowered):
        faults.append(("month", f"'{written}' is no month"))
    return None, None


def _parse_day(written: str, faults: list[Fault]) -> int | None:
    match = _NUMBER.match(written)
    if match is None:
        faults.append(("day", f"'{written}' is no day"))
        return None
    return int(match[0])


def _checked(field: str, year: int, month: int | None, day: int | None, faults: list[Fault]) -> DateParts:
    """These parts as far as the calendar has them."""
    if month is not None and not 1 <= month <= LAST_MONTH:
        faults.append(("month" if field == "day" else field, f"there is no month {month}"))
        return DateParts(year)
    if month is None or day is None:
        return DateParts(year, month)
    try:
        datetime.date(max(year, 1), month, day)
    except ValueError:
        faults.append((field, f"there is no day {day} in month {month} of {year}"))
        return DateParts(year, month)
    return DateParts(year, month, day)
