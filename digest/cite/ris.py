"""A Reference as a RIS record, for Zotero, EndNote, Mendeley and Rayyan.

Tags are those that Zotero and EndNote read for each type:
https://github.com/zotero/translators/blob/master/RIS.js. What RIS has no tag for stands in `U1`, a user's own field,
behind a label (`U1  - handle: 10446/1`), so that it comes back.
"""

import re
from collections.abc import Iterator

from digest.cite.names import surname
from digest.model.reference import DateParts, Name, Reference

RECORD_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "GEN",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CONF",
    "patent": "PAT",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "speech": "SLIDE",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
"""One for one; any other CSL type is `GEN` with a label."""
SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical", "post-weblog"})
ALONE = frozenset({"book", "thesis"})
"""Types that stand in nothing: there `T2` is a series."""
VERSIONED = frozenset({"dataset", "software"})
TALK = "CPAPER"
"""A paper that is in no proceedings; its `T2` is the conference."""
EDITOR_TAGS = {"book": "A3", "chapter": "A2", "paper-conference": "A2", "article-journal": "A2"}
"""Where the two programs look for editors; elsewhere `ED`."""
PAGE_RANGE = re.compile(r"\s*([\w.:]+)\s*[-–]{1,2}\s*([\w.:]+)\s*")
LABELLED = "U1"


def format_ris(reference: Reference) -> str:
    """The record, a tag a line, ended by `ER` and a line break."""
    is_talk = reference.type == "paper-conference" and not reference.container_title
    lines = [f"TY  - {TALK if is_talk else RECORD_TYPES.get(reference.type, 'GEN')}"]
    lines += [f"{tag}  - {line}" for tag, value in _tags(reference) if (line := " ".join(value.split()))]
    return "\n".join([*lines, "ER  - ", ""])


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    """Tags and values in the order in which people read them; an empty value is no line."""
    yield "ID", reference.citation_key
    yield from _people(reference)
    if reference.original_title and not reference.translator:
        yield "TI", reference.original_title
        yield "TT", reference.title
    else:
        yield "TI", reference.title
    yield from _containers(reference)
    yield from _dates(reference)
    yield "VL", reference.volume
    yield "IS", reference.issue
    yield from _pages(reference.page)
    is_serial = reference.type in SERIALS
    yield ("C7" if is_serial else "M1"), reference.number
    yield "ET", reference.version if reference.type in VERSIONED else reference.edition
    yield "PB", reference.publisher
    yield "CY", reference.publisher_place
    yield "M3", "" if is_serial else reference.genre
    yield "SN", reference.ISSN if is_serial else reference.ISBN
    yield "DO", reference.DOI
    yield "UR", reference.URL
    yield "AN", reference.PMID
    yield "C2", reference.PMCID
    yield "LA", reference.language
    for word in reference.keyword:
        yield "KW", word
    yield "N1", reference.note
    yield "AB", reference.abstract
    for label, value in _labelled(reference, is_serial=is_serial):
        if value:
            yield LABELLED, f"{label}: {value}"


def _people(reference: Reference) -> Iterator[tuple[str, str]]:
    for tag, names in (
        ("AU", reference.author),
        (EDITOR_TAGS.get(reference.type, "ED"), reference.editor),
        ("A4", reference.translator),
    ):
        for name in names:
            yield tag, _name(name)


def _name(name: Name) -> str:
    """`Family, Given, Suffix`; behind a group's name a comma, and its own first comma doubled, as EndNote wants it."""
    is_group = not name.given and " " in name.family.strip()
    if name.literal or is_group:
        group = " ".join((name.literal or surname(name)).split()).rstrip(",")
        return group.replace(",", ",,", 1) if "," in group else f"{group},"
    return ", ".join([part for part in (surname(name), name.given if name.family else "", name.suffix) if part])


def _containers(reference: Reference) -> Iterator[tuple[str, str]]:
    if reference.type == "paper-conference":
        yield "T2", reference.event_title or reference.container_title
        yield "C3", reference.container_title
    elif reference.type not in ALONE:
        yield "T2", reference.container_title
    yield "T3", reference.collection_title


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    if reference.issued:
        yield "PY", str(reference.issued.year)
        yield "DA", _date(reference.issued)
    if reference.accessed:
        yield "Y2", _date(reference.accessed)


def _date(date: DateParts) -> str:
    """`2020/03/05/`, the slashes always there."""
    month = f"{date.month:02d}" if date.month else ""
    day = f"{date.day:02d}" if date.month and date.day else ""
    return f"{date.year}/{month}/{day}/"


def _pages(page: str) -> Iterator[tuple[str, str]]:
    if match := PAGE_RANGE.fullmatch(page):
        yield "SP", match[1]
        yield "EP", match[2]
    else:
        yield "SP", page


def _labelled(reference: Reference, *, is_serial: bool) -> Iterator[tuple[str, str]]:
    """What RIS has no tag for, by the name that CSL or the record gives it."""
    yield "csl-type", "" if reference.type in RECORD_TYPES else reference.type
    yield "author", "others" if reference.author_others else ""
    yield "editor", "others" if reference.editor_others else ""
    yield "status", reference.status
    yield "genre", reference.genre if is_serial else ""
    if reference.translator:
        yield "original-title", reference.original_title
    if reference.original_date:
        yield "original-date", _date(reference.original_date).rstrip("/")
    yield "container-title", reference.container_title if reference.type in ALONE else ""
    yield "collection-number", reference.collection_number
    yield "event-title", "" if reference.type == "paper-conference" else reference.event_title
    yield "event-place", reference.event_place
    yield ("edition", reference.edition) if reference.type in VERSIONED else ("version", reference.version)
    yield ("ISBN", reference.ISBN) if is_serial else ("ISSN", reference.ISSN)
    yield "mesh", "; ".join(reference.mesh)
    yield "publication-types", "; ".join(reference.publication_types)
    yield "handle", reference.handle
    yield "licence", reference.licence
    for copy in reference.copies:
        yield "copy", f"{copy.url} | {copy.version} | {copy.access} | {copy.licence}".rstrip(" |")
    yield "recommended", ", ".join(reference.recommended)
