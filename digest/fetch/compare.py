"""Whether two records are of one work, and what one knows that the other lacks. No network, no disk."""

import difflib
import re
from collections.abc import Iterable, Iterator

from digest.check.better import lacks
from digest.check.near import bare
from digest.fetch.crossref import RETRACTED_TITLE
from digest.model.reference import Reference
from digest.model.status import Mismatch

ALIKE = 0.88
"""How much two titles have in common, from 0 to 1, that differ in spelling only."""
SHORTEST_BEGINNING = 12
"""Letters that a title without its subtitle has at least."""
SUBTITLE = re.compile(r"\s*(?:[:?!.]|\s[–—-])\s+")
ARTICLES = frozenset({"article-journal", "article-magazine"})
IN_BOOKS = frozenset({"chapter", "paper-conference"})
VALUE = re.compile(r"[\w .,:;/()–—+-]{1,60}")
"""What a volume, an issue or pages may look like; nothing else goes into a `.bib`."""


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles are one: case, accents, punctuation, markup, a missing subtitle and a few letters aside."""
    one, other = RETRACTED_TITLE.sub("", one, count=1), RETRACTED_TITLE.sub("", other, count=1)
    first, second = bare(one), bare(other)
    if first == second:
        return True
    shorter, longer = sorted(sorted((first, second)), key=len)
    if len(shorter) >= SHORTEST_BEGINNING and longer.startswith(shorter):
        return True
    heads = bare(SUBTITLE.split(one)[0]), bare(SUBTITLE.split(other)[0])
    if heads[0] == heads[1] and len(heads[0]) >= SHORTEST_BEGINNING:
        return True
    if not shorter or len(shorter) < ALIKE * len(longer) * ALIKE:
        return False
    return difflib.SequenceMatcher(None, shorter, longer, autojunk=False).ratio() >= ALIKE


def is_same_year(ours: int, theirs: Iterable[int]) -> bool:
    """Whether the year is one that the work has: between the first and the last that are known, or, where only one is
    known, within a year of it, since a work appears online before it is printed.
    """
    years = sorted(set(theirs))
    if not years:
        return True
    slack = 1 if len(years) == 1 else 0
    return years[0] - slack <= ours <= years[-1] + slack


def iter_mismatches(ours: Reference, theirs: Reference, years: Iterable[int], source: str) -> Iterator[Mismatch]:
    """Title and year, where both records have one and they do not agree."""
    titles = [title for title in (theirs.title, theirs.original_title) if title]
    own = [title for title in (ours.title, ours.original_title) if title]
    if titles and own and not any(is_same_title(one, other) for one in own for other in titles):
        yield Mismatch("title", ours.title or ours.original_title, titles[0][:500], source)
    known = sorted({*years, *([theirs.issued.year] if theirs.issued else [])})
    if ours.issued is not None and not is_same_year(ours.issued.year, known):
        own_year = ours.original_date.year if ours.original_date else None
        if own_year not in known:
            yield Mismatch("year", str(ours.issued.year), str(known[-1]), source)


def better_fields(ours: Reference, theirs: Reference) -> dict[str, str]:
    """What their record has and ours lacks, by BibTeX field: where it stands in its journal or book, and its DOI."""
    known: dict[str, str] = {}
    if ours.type in ARTICLES:
        pages = theirs.page.replace("–", "--") if "--" not in theirs.page else theirs.page
        pages = re.sub(r"(?<=\w)-(?=\w)", "--", pages) if "--" not in pages else pages
        known = {"volume": theirs.volume, "number": theirs.issue, "pages": pages}
        if not theirs.page:
            known["eid"] = theirs.number
    elif ours.type in IN_BOOKS:
        known = {"pages": theirs.page.replace("–", "--")}
    known["doi"] = theirs.DOI
    return {field: text for field, text in known.items() if text and lacks(ours, field) and _is_plain(field, text)}


def _is_plain(field: str, text: str) -> bool:
    if field == "doi":
        return re.fullmatch(r"10\.\d{4,9}/[\w.()/:;+-]{1,200}", text) is not None
    return VALUE.fullmatch(text) is not None
