"""One CSL-JSON item to a Reference: of Zotero, Mendeley, Pandoc, https://doi.org or this program (`digest.cite`).

Takes the decoded item; never raises: what is missing, null or of another type is taken for missing.
Fields: https://github.com/citation-style-language/schema, `csl-data.json`. What CSL has no variable for comes back
from `custom`, under the names that `digest.cite.csl_json` gives it.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.model.csl import TYPES
from digest.model.identifier import bare_doi
from digest.model.reference import DateParts, Name, Reference, RepositoryCopy
from digest.model.source import Places
from digest.read.keywords import parse_keywords
from digest.read.records.dates import parse_date
from digest.read.records.people import parse_person
from digest.read.records.text import clean, clean_abstract

TEXTS = {
    "collection_title": ("collection-title",),
    "collection_number": ("collection-number",),
    "event_title": ("event-title", "event"),
    "event_place": ("event-place",),
    "volume": ("volume",),
    "issue": ("issue",),
    "page": ("page",),
    "number": ("number",),
    "edition": ("edition",),
    "version": ("version",),
    "publisher": ("publisher",),
    "publisher_place": ("publisher-place",),
    "genre": ("genre",),
    "status": ("status",),
    "URL": ("URL",),
    "ISBN": ("ISBN",),
    "ISSN": ("ISSN",),
    "language": ("language",),
}
"""Fields of the model that are text, and the variables they come from, best first."""
ANY_KEY = re.compile("[^\\s\ud800-\udfff{},]+")
KEY = re.compile(r"[^\W\d_][\w.:+-]*")
EXTRA = re.compile(r"^(PMID|PMCID|DOI)\s*:\s*(\S+)\s*$", re.MULTILINE)
"""Lines that Zotero puts into `note`: https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra."""
LATEST_YEAR = 9999

Item = Mapping[str, Any]


def parse_csl_item(item: Item, path: str, places: Places) -> Reference:
    """The work that an item describes."""
    custom = item.get("custom")
    custom = custom if isinstance(custom, Mapping) else {}
    extra = {match[1]: match[2] for match in EXTRA.finditer(_raw(item, "note"))}
    author, author_others = _names(item, "author")
    editor, editor_others = _names(item, "editor")
    kind = item.get("type")
    container = _text(item, "container-title", "journalAbbreviation", "container-title-short")
    return Reference(
        citation_key=_key(item),
        type=kind if isinstance(kind, str) and kind in TYPES else "article-journal" if container else "document",
        title=_text(custom, "title") or _text(item, "title"),
        author=author,
        author_others=author_others or custom.get("author-others") is True,
        editor=editor,
        editor_others=editor_others or custom.get("editor-others") is True,
        translator=_names(item, "translator")[0],
        issued=_date(item.get("issued")),
        original_date=_date(item.get("original-date")),
        original_title=_text(custom, "original-title") or _text(item, "original-title"),
        container_title=container,
        DOI=bare_doi(_text(item, "DOI") or extra.get("DOI", "")),
        PMID=_text(item, "PMID") or extra.get("PMID", ""),
        PMCID=_text(item, "PMCID") or extra.get("PMCID", ""),
        accessed=_date(item.get("accessed")),
        abstract=clean_abstract(_raw(item, "abstract")),
        keyword=_texts(custom, "keyword") or parse_keywords(_text(item, "keyword")),
        mesh=_texts(custom, "mesh"),
        publication_types=_texts(custom, "publication-types"),
        note=clean(EXTRA.sub("", _raw(item, "note"))),
        handle=_text(custom, "handle"),
        licence=_text(custom, "licence"),
        copies=tuple(_iter_copies(custom.get("copies"))),
        recommended=_texts(custom, "recommended"),
        path=path,
        places=places,
        **_all_texts(item),
    )


def _raw(item: Item, *names: str) -> str:
    """The first of these fields that is text or a number, alone or in a list."""
    for name in names:
        value = item.get(name)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, str) and part.strip():
                return part
            if isinstance(part, int | float) and not isinstance(part, bool):
                return f"{part:.15g}" if isinstance(part, float) else str(part)
    return ""


def _text(item: Item, *names: str) -> str:
    return clean(_raw(item, *names))


def _all_texts(item: Item) -> dict[str, Any]:
    return {field: _text(item, *names) for field, names in TEXTS.items()}


def _texts(item: Item, name: str) -> tuple[str, ...]:
    value = item.get(name)
    return (
        tuple(text for part in value if isinstance(part, str) and (text := clean(part)))
        if isinstance(value, list)
        else ()
    )


def _key(item: Item) -> str:
    """The citation key; an `id` counts where it looks like one, and not like an address, a number or a DOI."""
    for name in ("citation-key", "citation-label", "id"):
        written = item.get(name)
        if isinstance(written, str) and (ANY_KEY if name == "citation-key" else KEY).fullmatch(written):
            return written
    return ""


def _names(item: Item, field: str) -> tuple[tuple[Name, ...], bool]:
    people = item.get(field)
    names: list[Name] = []
    others = False
    for person in people if isinstance(people, list) else [people]:
        if isinstance(person, str):
            name = parse_person(person)
        elif isinstance(person, Mapping):
            name = _name(person)
        else:
            continue
        if name and "others" in {name.family, name.literal}:
            others = True
        elif name:
            names.append(name)
    return tuple(names), others


def _name(person: Item) -> Name | None:
    family, given, suffix = _text(person, "family"), _text(person, "given"), _text(person, "suffix")
    literal = _text(person, "literal", "name")
    if dropping := _text(person, "dropping-particle"):
        given = f"{given} {dropping}".strip()
    particle = _text(person, "non-dropping-particle")
    if family:
        return Name(family=family, given=given, non_dropping_particle=particle, suffix=suffix)
    if given and not literal:
        return Name(family=given, suffix=suffix)
    return Name(literal=literal) if literal else None


def _date(value: object) -> DateParts | None:
    """`{"date-parts": [[2020, 3, 5]]}`, or text in one of the places that programs put it."""
    if isinstance(value, str | int):
        return parse_date(str(value))
    if not isinstance(value, Mapping):
        return None
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [number for part in first if (number := _number(part)) is not None] if isinstance(first, list) else []
    if numbers and numbers[0]:
        return _checked(*numbers[:3])
    return parse_date(_raw(value, "raw", "literal", "date"))


def _number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    is_short_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len("2020")
    return int(value) if is_short_number and isinstance(value, str) else None


def _checked(year: int, month: int = 0, day: int = 0) -> DateParts | None:
    """These parts as far as the calendar has them."""
    if abs(year) > LATEST_YEAR:
        return None
    try:
        datetime.date(max(year, 1), month or 1, day or 1)
    except ValueError:
        return _checked(year, month) if day else DateParts(year)
    return DateParts(year, month or None, (day or None) if month else None)


def _iter_copies(value: object) -> Iterator[RepositoryCopy]:
    for copy in value if isinstance(value, list) else []:
        if isinstance(copy, Mapping) and (url := _text(copy, "url")):
            yield RepositoryCopy(
                url=url, version=_text(copy, "version"), access=_text(copy, "access"), licence=_text(copy, "licence")
            )
