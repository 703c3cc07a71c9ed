"""A work as Crossref sends it, to a Reference.

Takes the decoded JSON of `GET https://api.crossref.org/works/{doi}`, with or without its envelope, or CSL-JSON of
https://doi.org; gives a Reference. Never raises: the record is a stranger's, so whatever is missing, null or of
another type is taken for missing. Fields: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.model.identifier import DOI_PREFIX, bare_doi
from digest.model.reference import DateParts, Name, Reference
from digest.model.source import Places
from digest.problem import Span
from digest.read.jats import plain_abstract, plain_text

CSL_TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "book": "book",
    "edited-book": "book",
    "monograph": "book",
    "reference-book": "book",
    "book-set": "book",
    "book-series": "book",
    "proceedings": "book",
    "proceedings-series": "book",
    "peer-review": "document",  # CSL's `review` is one of a published work, with that work's title
    "journal": "periodical",
    "journal-volume": "periodical",
    "journal-issue": "periodical",
    "database": "dataset",
    "dataset": "dataset",
    "standard": "standard",
    "standard-series": "standard",
}
"""By Crossref's types, https://api.crossref.org/types; any other name is CSL's already, or `document`."""
CSL_TYPE = re.compile(
    r"article(?:-journal|-magazine|-newspaper)?|book|chapter|dataset|document|entry(?:-\w+)?|paper-conference|pamphlet|"
    r"periodical|post(?:-weblog)?|report|review(?:-book)?|software|speech|standard|thesis|webpage"
)
PREPRINT_SERVERS = {"10.31234": "PsyArXiv", "10.31219": "OSF Preprints", "10.31235": "SocArXiv", "10.35542": "EdArXiv"}
"""Servers that Crossref knows only as their host, by DOI prefix."""
ELOCATOR = re.compile(r"[eE]\d{2,}")
PAGE_RANGE = re.compile(r"[A-Za-z]?\d+[a-z]?-[A-Za-z]?\d+[a-z]?|[ivxlc]+-[ivxlc]+", re.IGNORECASE)
GIVEN_STOP = re.compile(r"([^\W\d_]{4})\.$")
"""A full stop behind a name in full: `Pedro.`"""
SENTENCE_END = re.compile(r"[?!.:;—–-]$")
DOCTORATE = re.compile(r"(?i)ph\.?\s?d|doct|psy\.?d|ed\.?d|d\.?phil")
MASTERS = re.compile(r"(?i)master|m\.?\s?(?:a|sc|phil|ed)\b")
MOST_NAMES = 5000
LAST_MONTH, LAST_DAY, LATEST_YEAR = 12, 31, 9999


def parse_crossref_work(data: object, *, citation_key: str = "", path: str = "") -> Reference:
    """The work as a Reference; its key is the DOI where none is given."""
    work = data if isinstance(data, Mapping) else {}
    if isinstance(work.get("message"), Mapping):
        work = work["message"]
    doi = bare_doi(_text(work, "DOI"))
    kind = _csl_type(_text(work, "type"))
    container, series = _containers(work, kind)
    page, number = _page(work), _text(work, "article-number") or _text(work, "number")
    if kind == "article-journal" and not number and ELOCATOR.fullmatch(page):
        page, number = "", page
    title = _title(work)
    event = _text(_mapping(work, "event"), "name")
    if event.casefold() in container.casefold():
        event = ""  # said by the title of the proceedings
    return Reference(
        citation_key=citation_key or doi or "crossref",
        type=kind,
        title=title,
        author=_names(work, "author"),
        editor=_names(work, "editor"),
        translator=_names(work, "translator"),
        issued=_issued(work),
        original_title=_original_title(work, title),
        container_title=container,
        collection_title=series,
        event_title=event,
        event_place=_text(_mapping(work, "event"), "location") if event else "",
        volume=_text(work, "volume"),
        issue=_text(work, "issue"),
        page=page,
        number=number,
        edition=_edition(work),
        publisher=_publisher(work, kind, doi),
        publisher_place=_text(work, "publisher-location") or _text(work, "publisher-place"),
        genre=_genre(work),
        status=_status(work, kind),
        DOI=doi,
        URL=_url(work),
        PMID=_text(work, "PMID"),
        PMCID=_text(work, "PMCID"),
        ISBN=_text(work, "ISBN"),
        ISSN=_text(work, "ISSN"),
        language=_text(work, "language"),
        abstract=plain_abstract(_raw_text(work, "abstract")),
        licence=_licence(work),
        path=path,
        places=Places(Span(path), {}, {}),
    )


def _csl_type(name: str) -> str:
    if name in CSL_TYPES:
        return CSL_TYPES[name]
    return name if CSL_TYPE.fullmatch(name) else "document"


def _raw_text(work: Mapping[str, Any], field: str) -> str:
    """The field as text: the first item that is text or a number, of a list or alone."""
    value = work.get(field)
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            return item
        if isinstance(item, int) and not isinstance(item, bool):
            return str(item)
    return ""


def _text(work: Mapping[str, Any], field: str) -> str:
    return plain_text(_raw_text(work, field))


def _mapping(work: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = work.get(field)
    return value if isinstance(value, Mapping) else {}


def _iter_mappings(work: Mapping[str, Any], field: str) -> Iterator[Mapping[str, Any]]:
    value = work.get(field)
    for item in value if isinstance(value, list) else []:
        if isinstance(item, Mapping):
            yield item


def _title(work: Mapping[str, Any]) -> str:
    """Title and subtitle, joined by a colon where the title does not end in a mark."""
    title, subtitle = _text(work, "title"), _text(work, "subtitle")
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title or subtitle
    return f"{title} {subtitle}" if SENTENCE_END.search(title) else f"{title}: {subtitle}"


def _original_title(work: Mapping[str, Any], title: str) -> str:
    original = _text(work, "original-title")
    return "" if original.casefold() in title.casefold() else original


def _containers(work: Mapping[str, Any], kind: str) -> tuple[str, str]:
    """What the work stands in, and the series of that: Crossref gives a chapter's series first, then its book."""
    titles = work.get("container-title")
    texts = [plain_text(item) for item in titles if isinstance(item, str)] if isinstance(titles, list) else []
    texts = [text for text in texts if text] or [text for text in [_text(work, "container-title")] if text]
    if not texts:
        return "", _text(work, "collection-title")
    if kind == "book":  # a whole book stands in nothing but its series
        return "", texts[0] if _title(work) else ""
    if kind == "chapter" and len(texts) > 1:
        return texts[-1], texts[0]
    return texts[0], _text(work, "collection-title")


def _names(work: Mapping[str, Any], field: str) -> tuple[Name, ...]:
    names = []
    for person in _iter_mappings(work, field):
        literal = _text(person, "name") or _text(person, "literal")
        given = GIVEN_STOP.sub(r"\1", _text(person, "given"))
        family, suffix = _text(person, "family"), _text(person, "suffix")
        particle = _text(person, "non-dropping-particle")
        if literal and not family:
            names.append(Name(literal=literal))
        elif family or given:
            if not particle:
                particle, family = _split_particle(family)
            parts = {"given": given, "non_dropping_particle": particle, "suffix": suffix}
            names.append(Name(family=family, **parts) if family else Name(family=given, suffix=suffix))
    return tuple(names[:MOST_NAMES])


def _split_particle(family: str) -> tuple[str, str]:
    """The small words before a family name, and the rest: `van der`, `Author`."""
    words = family.split()
    small = 0
    while small < len(words) - 1 and words[small].islower():
        small += 1
    return " ".join(words[:small]), " ".join(words[small:])


def _issued(work: Mapping[str, Any]) -> DateParts | None:
    """The date of the version with volume and pages where there is one, else the first date that is known."""
    printed = ["published-print"] if _text(work, "volume") or _text(work, "issue") else []
    for field in [*printed, "issued", "published", "published-print", "published-online", "posted"]:
        if (date := _date(work.get(field))) is not None:
            return date
    return None


def _date(value: object) -> DateParts | None:
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return None
    year, month, day = [_number(part) for part in [*parts[0], None, None, None][:3]]
    if not 0 < year <= LATEST_YEAR:
        return None
    if not 1 <= month <= LAST_MONTH:
        return DateParts(year)
    return DateParts(year, month, day if 1 <= day <= LAST_DAY else None)


def _number(value: object) -> int:
    if isinstance(value, bool):
        return 0
    if isinstance(value, int):
        return value
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len("2020")
        else 0
    )


def _page(work: Mapping[str, Any]) -> str:
    """The pages, with an en dash; one page where the record repeats it: `129-129`, `1078c-1078`."""
    page = _text(work, "page")
    first, _, last = page.partition("-")
    if last and first.startswith(last) and not first[len(last) :].isdigit():
        return first
    return page.replace("-", "–") if PAGE_RANGE.fullmatch(page) else page


def _edition(work: Mapping[str, Any]) -> str:
    """The edition, unless it is the first, which records say of every book."""
    edition = _text(work, "edition-number") or _text(work, "edition")
    return "" if edition in {"0", "1"} else edition


def _publisher(work: Mapping[str, Any], kind: str, doi: str) -> str:
    """Who made it public: of a preprint the server, of a thesis the university."""
    server = PREPRINT_SERVERS.get(doi.partition("/")[0], "") if kind == "article" else ""
    institution = next((_text(item, "name") for item in _iter_mappings(work, "institution")), "")
    if kind in {"article", "thesis"}:
        return server or institution or _text(work, "publisher")
    if kind == "standard":
        return _text(_mapping(work, "standards-body"), "name") or _text(work, "publisher")
    return _text(work, "publisher")


def _genre(work: Mapping[str, Any]) -> str:
    if _text(work, "subtype") == "preprint":
        return "Preprint"
    if _csl_type(_text(work, "type")) == "dataset":
        return "Data set"
    if _text(work, "type") == "dissertation":
        degree = _text(work, "degree")
        if DOCTORATE.search(degree) or not degree:
            return "Doctoral dissertation"
        return "Master’s thesis" if MASTERS.search(degree) else degree
    return _text(work, "genre")


def _status(work: Mapping[str, Any], kind: str) -> str:
    """An article that is online and has neither volume nor pages is an advance publication."""
    placed = any(_text(work, field) for field in ("volume", "issue", "page", "article-number"))
    if kind == "article-journal" and not placed and _date(work.get("published-online")) is not None:
        return "Advance online publication"
    return _text(work, "status") if kind != "standard" else ""


def _url(work: Mapping[str, Any]) -> str:
    """An address of its own; Crossref's `URL` is the DOI again."""
    url = _text(work, "URL")
    return "" if DOI_PREFIX.match(url) else url


def _licence(work: Mapping[str, Any]) -> str:
    """Address of the Creative Commons licence of the published version, if it has one."""
    for licence in _iter_mappings(work, "license"):
        url = _text(licence, "URL")
        if "creativecommons.org/" in url:
            return url
    return ""
