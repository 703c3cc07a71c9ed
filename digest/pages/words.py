"""How dates, counts and lists are said on a page."""

import datetime
from collections.abc import Sequence

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def say_month(month: str) -> str:
    """`2023-01` gives `January 2023`."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def say_day(day: datetime.date) -> str:
    """`5 January 2023`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_count(number: int, noun: str, plural: str = "") -> str:
    """`1 entry`, `12 entries`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def say_list(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def shorten(text: str, most: int = 200) -> str:
    """At most so many characters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"
