"""When a work appeared, as APA 7 prints it in parentheses: `(2020, March 5)`, `(n.d.)`, `(in press)` (9.13 to 9.17)."""

import re

from digest.cite.tidy import tidy
from digest.model.reference import DateParts, Reference

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FULL_DATE_TYPES = frozenset({
    "article-magazine", "article-newspaper", "broadcast", "collection", "document", "event", "interview",
    "motion_picture", "pamphlet", "performance", "personal_communication", "post", "post-weblog", "song", "speech",
    "webpage",
})  # fmt: skip
"""What appears on a day rather than in a year."""
IN_PRESS = frozenset(
    {"in press", "inpress", "in-press", "forthcoming", "to appear", "accepted", "accepted for publication"}
)
AHEAD_OF_PRINT = re.compile(
    r"(?i)(?:advanced? (?:online )?(?:publication|access)|(?:e-?pub|online|published online) ahead of print|"
    r"online first|prepublished)\.?"
)
"""What publishers call an advance online publication."""
NO_DATE = "n.d."
LAST_MONTH = 12
LAST_DAY = 31
COMMON_ERA_SHOWN = 500
"""Years before this one say their era."""


def is_in_press(reference: Reference) -> bool:
    """Whether the record says that the work has been accepted and not yet appeared."""
    return reference.status.strip().lower() in IN_PRESS


def format_year(reference: Reference, year_suffix: str = "") -> str:
    """`2020a`, `n.d.-a` or `in press-a`."""
    if is_in_press(reference):
        return f"in press-{year_suffix}" if year_suffix else "in press"
    if reference.issued and reference.issued.year:
        return f"{format_year_of(reference.issued.year)}{year_suffix}"
    return f"{NO_DATE}-{year_suffix}" if year_suffix else NO_DATE


def format_issued(reference: Reference, year_suffix: str = "", *, full: bool = False) -> str:
    """The date of a reference, with month and day where its kind or the caller wants them."""
    year = format_year(reference, year_suffix)
    if reference.issued is None or is_in_press(reference) or not reference.issued.year:
        return year
    if not full and reference.type not in FULL_DATE_TYPES:
        return year
    day = _month_day(reference.issued)
    return f"{year}, {day}" if day else year


def format_day(date: DateParts) -> str:
    """`March 5, 2020`, as far as it is known."""
    day = _month_day(date)
    return f"{day}, {format_year_of(date.year)}" if day else format_year_of(date.year)


def sort_key(reference: Reference) -> tuple[int, int, int, int]:
    """Orders the works of one author: no date, then by date, then in press (9.46)."""
    if is_in_press(reference):
        return 2, 0, 0, 0
    issued = reference.issued
    if issued is None or not issued.year:
        return 0, 0, 0, 0
    if reference.type in FULL_DATE_TYPES:
        return 1, issued.year, issued.month or 0, issued.day or 0
    return 1, issued.year, 0, 0


def status_note(reference: Reference) -> str:
    """`Advance online publication` and its like, where the date does not say it."""
    status = tidy(reference.status)
    if not status or is_in_press(reference):
        return ""
    if AHEAD_OF_PRINT.fullmatch(status):
        return "Advance online publication"
    return f"{status[0].upper()}{status[1:]}"


def format_year_of(year: int) -> str:
    """A year as a number; with its era where it could be taken for something else."""
    if year < 0:
        return f"{-year} B.C.E."
    return f"{year} C.E." if year < COMMON_ERA_SHOWN else str(year)


def _month_day(date: DateParts) -> str:
    if not date.month or not 1 <= date.month <= LAST_MONTH:
        return ""
    month = MONTHS[date.month - 1]
    return f"{month} {date.day}" if date.day and 1 <= date.day <= LAST_DAY else month
