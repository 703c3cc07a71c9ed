"""Where in a volume a work stands, and which volume or edition: pages, article numbers, ordinals."""

import re
from functools import lru_cache

from digest.cite.tidy import tidy

PAGE_RANGE = re.compile(r"\s*(?:--+|[-\u2010-\u2015\u2212])\s*")
PAGE_WORD = re.compile(r"^(?:pp?|pages?)\.?\s*(?=[\divxlcA-Z])")
ELOCATOR = re.compile(r"[eE]\d{2,}")
NUMBERS = re.compile(r"([A-Za-z]?)(\d+)")
ORDINAL_ENDING = re.compile(r"(?i)(\d+)(?:st|nd|rd|th)?\.?(?:\s*ed(?:ition|n)?\.?)?")
EDITION_WORD = re.compile(r"(?i)\s*\bed(?:ition|n)?\.?$")
REVISED = re.compile(r"(?i)revised|rev\.?")
VOLUME_WORD = re.compile(r"(?i)^(?:volume|vol)\b\.?\s*")
ISSUE_WORD = re.compile(r"(?i)^(?:issue|number|no|nr)\b\.?\s*(?=\d)")
SUPPLEMENT = re.compile(r"(?i)supp(?:l(?:ement)?)?[._\s]*(\d+\w?|[a-z]?)")
NUMBERED = re.compile(r"[\d.,/\-–]*\d[\d.,/\-–]*[A-Za-z]?")
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
TEENS = range(11, 14)


@lru_cache(maxsize=4096)
def format_pages(page: str) -> str:
    """Pages with en dashes, last pages in full: `1924-37` gives `1924–1937`; lists stay lists."""
    page = PAGE_WORD.sub("", tidy(page))
    return ", ".join([_format_range(part) for part in re.split(r"\s*[,;]\s*", page) if part])


def is_page_range(page: str) -> bool:
    """Whether it names more than one page."""
    return any(mark in page for mark in "–,&") or " and " in page


def is_article_number(page: str) -> bool:
    """Whether a `page` is one of the numbers that online journals give to articles: `e0209899`."""
    return ELOCATOR.fullmatch(page) is not None


def format_edition(edition: str) -> str:
    """`2`, `Second` and `2nd edition` give `2nd ed.`; `Revised` gives `Rev. ed.`; the first edition is not said."""
    edition = tidy(edition)
    number = ORDINALS.get(EDITION_WORD.sub("", edition).lower())
    match = ORDINAL_ENDING.fullmatch(edition)
    if match:
        number = int(match[1])
    if number is not None:
        return f"{ordinal(number)} ed." if number > 1 else ""
    bare = EDITION_WORD.sub("", edition)
    if REVISED.fullmatch(bare):
        return "Rev. ed."
    return f"{bare} ed." if bare != edition else edition


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    ending = "th" if number % 100 in TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def format_volume_of_book(volume: str) -> str:
    """`Vol. 2`; a volume that is no number, as the record has it."""
    bare = VOLUME_WORD.sub("", tidy(volume))
    if not bare:
        return ""
    return f"Vol. {PAGE_RANGE.sub('–', bare)}" if NUMBERED.fullmatch(bare) or bare.isupper() else bare


def format_volume(volume: str) -> str:
    """Volume of a journal: a number without the word before it."""
    return PAGE_RANGE.sub("–", VOLUME_WORD.sub("", tidy(volume)))


def format_issue(issue: str) -> str:
    """Issue of a journal: `4`, `1–2`, `Suppl. 1`."""
    issue = ISSUE_WORD.sub("", tidy(issue))
    match = SUPPLEMENT.fullmatch(issue)
    if match:
        return f"Suppl. {match[1]}".strip()
    return PAGE_RANGE.sub("–", issue)


def format_number(number: str) -> str:
    """`No. 12` for a number that says nothing else; `NIH-12` as it is."""
    number = tidy(number)
    return f"No. {number}" if NUMBERED.fullmatch(number) else number


def _format_range(part: str) -> str:
    ends = [end for end in PAGE_RANGE.split(part.strip()) if end]
    if len(ends) != len(("first", "last")) or ends[0] == ends[1]:
        return "–".join(dict.fromkeys(ends))
    first, last = NUMBERS.fullmatch(ends[0]), NUMBERS.fullmatch(ends[1])
    if first and last and first[1] == (last[1] or first[1]) and len(last[2]) <= len(first[2]):
        ends[1] = f"{first[1]}{first[2][: len(first[2]) - len(last[2])]}{last[2]}"
    return "–".join(ends)
