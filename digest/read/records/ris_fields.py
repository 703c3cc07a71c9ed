"""The tags of one RIS record to a Reference in CSL's words.

Takes values by tag; never raises. What a tag means depends on the type and on who wrote it: the tables of
https://github.com/zotero/translators/blob/master/RIS.js, EndNote's "RefMan (RIS) Export", and real files of the
databases. Lines such as `U1  - handle: 10446/1` are our own (`digest.cite.ris`): what RIS has no tag for.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from digest.model.reference import Name, Reference, RepositoryCopy
from digest.model.source import Places
from digest.read.records.dates import best_date, parse_date
from digest.read.records.languages import language_tag
from digest.read.records.people import is_others, parse_person
from digest.read.records.text import (
    clean,
    clean_abstract,
    find_doi,
    find_pmcid,
    full_pages,
    is_of_database,
    isbn_and_issn,
    join_pages,
    without_final_stop,
)

TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CHART": "graphic",
    "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference", "CTLG": "book",
    "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia",
    "FIGURE": "figure", "GOVDOC": "report", "HEAR": "hearing", "ICOMM": "personal_communication",
    "INPR": "article-journal", "INTV": "interview", "JFULL": "periodical", "JOUR": "article-journal",
    "LEGAL": "legislation", "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine",
    "MPCT": "motion_picture", "MUSIC": "musical_score", "NEWS": "article-newspaper", "PAMP": "pamphlet",
    "PAT": "patent", "PCOMM": "personal_communication", "RPRT": "report", "SER": "book", "SLIDE": "speech",
    "SOUND": "song", "STAND": "standard", "STAT": "legislation", "THES": "thesis", "UNBILL": "bill", "UNPB": "article",
    "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""CSL types, by RIS's; any other is a `document`."""
TAGS = frozenset({
    "A1", "A2", "A3", "A4", "AB", "AD", "AN", "AU", "BT", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "CA", "CN",
    "CP", "CT", "CY", "DA", "DB", "DI", "DO", "DP", "ED", "EP", "ER", "ET", "ID", "IS", "J1", "J2", "JA", "JF", "JO",
    "KW", "L1", "L2", "L3", "L4", "LA", "LB", "LK", "M1", "M2", "M3", "N1", "N2", "NV", "OP", "PB", "PP", "PY", "RI",
    "RN", "RP", "SE", "SN", "SP", "ST", "SV", "T1", "T2", "T3", "TA", "TI", "TT", "TY", "U1", "U2", "U3", "U4", "U5",
    "UR", "VL", "VO", "Y1", "Y2",
})  # fmt: skip
OWN_TAGS = frozenset({
    "A2", "A3", "A4", "AB", "AN", "AU", "C2", "C3", "C7", "CY", "DA", "DO", "ED", "EP", "ET", "ID", "IS", "KW", "LA",
    "M1", "M3", "N1", "PB", "PY", "SN", "SP", "T2", "T3", "TI", "TT", "TY", "U1", "UR", "VL", "Y2",
})  # fmt: skip
"""Tags of plain records, such as our own; who writes others is a database, whose habits have to be undone."""
SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical", "post-weblog"})
VERSIONED = frozenset({"dataset", "software"})
EDITOR_TAGS = {"book": ("ED", "A3", "A2")}
OTHER_EDITOR_TAGS = ("ED", "A2")
MOST_COMMAS = 3
"""In a name; PsycINFO puts the names of all cited authors into one."""
KEY = re.compile(r"[A-Za-z][\w.:+/-]*")
FOREIGN_KEY = re.compile(r"(?i)(?:WOS|MEDLINE|rayyan|ref|rec|record|id|item|pmid|doi)[-_:]?\d|2-s2\.0|http|10\.")
"""Numbers that databases give to records."""
VOLUME_AND_ISSUE = re.compile(r"(\w+)\s*\(\s*([^()]+?)\s*\)")
ISSUE_NUMBER = re.compile(r"\d{1,4}(?:[-–/]\d{1,4})?")
DATE_LIKE = re.compile(r"\d{4}[/-]\d{1,2}")
DOI_ADDRESS = re.compile(r"(?i)doi\.org/10\.")
BETWEEN_ADDRESSES = re.compile(r";\s*(?=https?:)")
PMID = re.compile(r"\d{1,8}")
PUBMED = re.compile(r"(?i)\bNLM\b|pubmed|medline")
DATABASES_NOTE = re.compile(
    r"(?i)times cited|total times|cited by|export date|doi:|accession number|source:|reference type|isi document|"
    r"CAPLUS|\d{4}-\d{3}[\dX]\b|.{0,120}\b(?:journal subset|NLM UID|ISSN|Copyright)\b|place: |last updated|"
    r"section title:|using smart source parsing|CODEN:|date revised|PMID:|PMCID:"
)
KIND_OF_ARTICLE = re.compile(r"(?i)(?:journal )?article|journal|print|electronic|text|online|peer reviewed.*")
LONGEST_NOTE = 2000
LABEL = re.compile(r"([A-Za-z-]+): (.*)")
LABELLED_TEXTS = {
    "collection-number": "collection_number", "container-title": "container_title", "edition": "edition",
    "event-place": "event_place", "event-title": "event_title",
    "genre": "genre", "handle": "handle", "ISBN": "ISBN", "ISSN": "ISSN", "licence": "licence", "number": "number",
    "original-title": "original_title", "status": "status", "version": "version",
}  # fmt: skip
LABELLED_LISTS = {"mesh": "mesh", "publication-types": "publication_types"}
Fields = Mapping[str, list[str]]


def parse_ris_fields(fields: Fields, path: str, places: Places) -> Reference:
    """The work that a record describes."""
    written = _first(fields, "TY").upper()
    kind = TYPES.get(written, "document")
    is_plain = fields.keys() <= OWN_TAGS
    author, author_others = _names(fields, "AU", "A1")
    editor, editor_others = _names(fields, *EDITOR_TAGS.get(kind, OTHER_EDITOR_TAGS))
    if written == "EDBOOK" and not editor:
        author, editor, author_others, editor_others = (), author, False, author_others
    title = clean(_first(fields, "TI", "T1", "CT") or (_first(fields, "BT", "T2") if kind == "book" else ""))
    translated = clean(_first(fields, "TT"))
    doi, language = _doi(fields), clean(_first(fields, "LA"))
    reference = Reference(
        citation_key=_key(fields),
        type=kind,
        title=translated or title if is_plain else without_final_stop(translated or title),
        author=author,
        author_others=author_others,
        editor=editor,
        editor_others=editor_others,
        translator=_names(fields, "A4", "TA")[0],
        issued=best_date(_all(fields, "PY", "Y1", "DA")),
        original_title=title if translated else "",
        DOI=doi,
        URL=_url(fields, doi if "DO" not in fields else ""),
        PMID=_pmid(fields, kind),
        PMCID=find_pmcid(_first(fields, "C2")),
        accessed=parse_date(_first(fields, "Y2")),
        publisher=clean(_first(fields, "PB")),
        publisher_place=clean(_first(fields, "CY", "PP")),
        language=language if is_plain else language_tag(language),
        abstract=max((clean_abstract(text) for text in _all(fields, "AB", "N2")), key=len, default=""),
        note=_note(fields),
        status="in press" if written == "INPR" else "",
        path=path,
        places=places,
        **_containers(fields, kind),
        **_numbers(fields, kind, is_plain=is_plain),
        **_kinds_of_work(fields, kind),
    )
    return _with_labelled(reference, fields)


def _all(fields: Fields, *tags: str) -> list[str]:
    return [value for tag in tags for value in fields.get(tag, ()) if value]


def _first(fields: Fields, *tags: str) -> str:
    for tag in tags:
        for value in fields.get(tag, ()):
            if value:
                return value
    return ""


def _lines(fields: Fields, *tags: str) -> list[str]:
    """Values of which every line is one of its own, as EndNote writes keywords."""
    return [line for value in _all(fields, *tags) for line in value.split("\n")]


def _key(fields: Fields) -> str:
    written = _first(fields, "ID")
    return written if KEY.fullmatch(written) and not FOREIGN_KEY.match(written) else ""


def _names(fields: Fields, *tags: str) -> tuple[tuple[Name, ...], bool]:
    written = _lines(fields, *tags)
    names = [
        name
        for text in written
        if not is_others(text) and text.replace(",,", "").count(",") <= MOST_COMMAS and (name := parse_person(text))
    ]
    return tuple(names), any(map(is_others, written))


def _containers(fields: Fields, kind: str) -> dict[str, Any]:
    written = _first(fields, "TY").upper()
    series, second = clean(_first(fields, "T3")), clean(_first(fields, "T2"))
    if kind in SERIALS:
        journal = clean(_first(fields, "JF", "T2", "JO", "J2", "JA", "J1", "BT"))
        return {"container_title": journal, "collection_title": series}
    if kind == "book":
        return {"collection_title": series or (second if _first(fields, "TI", "T1") else "")}
    if written == "CPAPER" and "C3" not in fields:
        return {"event_title": second, "collection_title": series}
    if kind == "paper-conference" and "C3" in fields:
        proceedings = clean(_first(fields, "C3"))
        return {
            "container_title": proceedings,
            "event_title": second if second != proceedings else "",
            "collection_title": series,
        }
    container = clean(_first(fields, "T2", "BT", "JF", "JO", "J2", "JA")) if kind != "thesis" else ""
    return {"container_title": container, "collection_title": series}


def _numbers(fields: Fields, kind: str, *, is_plain: bool) -> dict[str, Any]:
    volume, issue = clean(_first(fields, "VL", "VO")), clean(_first(fields, "IS", "CP"))
    if not (is_plain or issue) and (match := VOLUME_AND_ISSUE.fullmatch(volume)):
        volume, issue = match[1], match[2]
    first, last = _first(fields, "SP", "M2"), _first(fields, "EP")
    other = clean(_first(fields, "M1"))
    edition, serial = clean(_first(fields, "ET")), kind in SERIALS
    if is_plain:
        number = clean(_first(fields, "SN"))
        isbn, issn = ("", number) if serial else (number, "")
    else:
        isbn, issn = isbn_and_issn(_lines(fields, "SN"), serial=serial)
        edition = "" if DATE_LIKE.match(edition) else edition  # EndNote: when PubMed had it
    numbers = {
        "volume": volume,
        "issue": issue,
        "page": join_pages(first, last) if last else full_pages(first),
        "number": clean(_first(fields, "C7")),
        "edition": "" if kind in VERSIONED else edition,
        "version": edition if kind in VERSIONED else "",
        "ISBN": isbn,
        "ISSN": issn,
    }
    if serial:
        if not issue and ISSUE_NUMBER.fullmatch(other):
            numbers["issue"] = other
    elif not numbers["number"]:
        is_number = kind == "report" and not (other or is_plain)
        numbers["number"] = issue if is_number else other.lstrip("0") and other
        numbers["issue"] = "" if is_number else issue
    return numbers


def _kinds_of_work(fields: Fields, kind: str) -> dict[str, Any]:
    """What `M3` and the keywords say about the work."""
    written = [text for text in map(clean, _all(fields, "M3")) if text and not find_doi(text) and "doi:" not in text]
    words = [word for line in _lines(fields, "KW") for part in line.split(";") if (word := clean(part).lstrip("* "))]
    found: dict[str, Any] = {"keyword": tuple(dict.fromkeys(words))}
    if PUBMED.search(_first(fields, "DP")):  # EndNote's export of PubMed's headings: `Boswellia/*chemistry`
        headings = [word.partition("/")[0] for word in words]
        found = {"mesh": tuple(dict.fromkeys(headings))}
    if kind in SERIALS:
        kinds = [text for text in written if not KIND_OF_ARTICLE.fullmatch(text) and "[" not in text]
        return {**found, "publication_types": tuple(dict.fromkeys(kinds))}
    return {**found, "genre": written[0] if written else ""}


def _doi(fields: Fields) -> str:
    for text in [*_all(fields, "DO", "DI", "M3", "L3"), *filter(DOI_ADDRESS.search, _lines(fields, "UR", "LK"))]:
        if doi := find_doi(text):
            return doi
    return next((find_doi(text) for text in _all(fields, "N1") if text.lower().startswith("doi:")), "")


def _url(fields: Fields, doi_in_address: str) -> str:
    """The first address, unless it was only the DOI."""
    for line in _lines(fields, "UR", "LK"):
        for url in BETWEEN_ADDRESSES.split(clean(line)):
            if url and not is_of_database(url) and not (doi_in_address and DOI_ADDRESS.search(url)):
                return f"https:{url}" if url.startswith("//") else url
    return ""


def _pmid(fields: Fields, kind: str) -> str:
    number, provider = _first(fields, "AN"), " ".join(_all(fields, "DP", "DB"))
    if PMID.fullmatch(number) and (not provider or PUBMED.search(provider)):
        return number
    other = _first(fields, "C2")  # Scopus
    return other if kind in SERIALS and PMID.fullmatch(other) else ""


def _note(fields: Fields) -> str:
    """A note of its reader's, not what databases put there."""
    for text in _all(fields, "N1"):
        note = clean(text)
        if "\n" not in text and len(note) <= LONGEST_NOTE and not DATABASES_NOTE.match(note):
            return note
    return ""


def _with_labelled(reference: Reference, fields: Fields) -> Reference:
    """The reference with what our own lines say."""
    found: dict[str, Any] = {}
    copies: list[RepositoryCopy] = []
    for line in fields.get("U1", ()):
        if (match := LABEL.fullmatch(line)) is None:
            continue
        label, value = match.groups()
        if label in LABELLED_TEXTS:
            found[LABELLED_TEXTS[label]] = clean(value)
        elif label in LABELLED_LISTS:
            found[LABELLED_LISTS[label]] = tuple(part for text in value.split(";") if (part := text.strip()))
        elif label in {"author", "editor"} and value == "others":
            found[f"{label}_others"] = True
        elif label == "csl-type":
            found["type"] = value
        elif label == "original-date":
            found["original_date"] = parse_date(value)
        elif label == "recommended":
            found["recommended"] = tuple(key.strip() for key in value.split(",") if key.strip())
        elif label == "copy":
            url, version, access, licence = [*map(str.strip, value.split("|")), "", "", ""][:4]
            copies.append(RepositoryCopy(url, version, access, licence))
    return replace(reference, copies=tuple(copies), **found) if found or copies else reference
