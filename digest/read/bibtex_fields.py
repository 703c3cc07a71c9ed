"""The fields of one BibTeX or biblatex record to a `Reference` in CSL's words.

Takes texts as written, macros resolved; gives the reference; what a field says wrongly becomes a problem at its place,
and never raises. Which type and field mean what: https://ctan.org/pkg/btxdoc, https://ctan.org/pkg/biblatex (section 2)
and, for CSL, https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from digest.model.csl import TYPES as CSL_TYPES
from digest.model.reference import DateParts, Name, Reference, RepositoryCopy
from digest.model.source import Places
from digest.read.bibtex_faults import BibtexFaults
from digest.read.dates import IN_PRESS, parse_day, parse_issued
from digest.read.keywords import parse_keywords
from digest.read.latex import decode_latex, decode_verbatim
from digest.read.names import parse_names

TYPES = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "review": "article-journal",
    "periodical": "periodical",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "manual": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "webpage",
    "www": "webpage",
    "electronic": "webpage",
    "dataset": "dataset",
    "software": "software",
    "softwareversion": "software",
    "unpublished": "manuscript",
    "preprint": "article",
    "patent": "patent",
    "standard": "standard",
}
"""CSL types, by the record's; `misc` depends on its fields, any other is a `document`."""
PARTS_OF_BOOKS = frozenset(kind for kind, csl in TYPES.items() if csl in {"chapter", "paper-conference"}) | {
    "inreference"
}
SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical"})
IN_SERIES = frozenset({"book", "chapter", "paper-conference"})
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
GENRES = {"phdthesis": "Doctoral dissertation", "mastersthesis": "Master's thesis"}
"""What a type says by itself, and biblatex's keys in the field `type`."""
GENRE_KEYS = {
    **GENRES,
    "mathesis": "Master's thesis",
    "candthesis": "Candidate thesis",
    "bathesis": "Bachelor's thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}
STATES = {
    "inpress": "in press",
    "inpreparation": "in preparation",
    "prepublished": "Advance online publication",
}
"""biblatex's keys in the field `pubstate`; the others are English words."""
ARCHIVES = {
    "arxiv": "arXiv",
    "psyarxiv": "PsyArXiv",
    "biorxiv": "bioRxiv",
    "medrxiv": "medRxiv",
    "osf": "OSF Preprints",
}
"""Preprint servers, by biblatex's `eprinttype` or BibTeX's `archiveprefix` in lower case."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_HANDLE_PREFIX = re.compile(r"(?:https?://hdl\.handle\.net/|hdl:\s*)", re.IGNORECASE)
_FIX_DATE = {
    "date": "write date = {2023-05-31}, {2023-05} or {2023}",
    "year": "write year = {2023}; for a work to appear write pubstate = {inpress} and no year",
    "month": "write month = {5} or month = may",
    "day": "write day = {31}",
}
_MOST_PARTS_OF_A_COPY = 4
_FIX_COPY = "write `https://address | version | open or restricted | licence`, and ;; between two copies"


class Eprint(NamedTuple):
    """Where a record says its electronic copy is, and under which number."""

    archive: str
    number: str


@dataclass(slots=True)
class Record:
    """What a record says: its fields as written and, for those that it inherits, as its parent has them."""

    type: str
    key: str
    raw: Mapping[str, str]
    fields: Mapping[str, str]
    """`raw`, and what comes from the record that `crossref` names."""
    places: Places

    def text(self, *names: str) -> str:
        """The first of these fields that says something, as plain text."""
        for name in names:
            if (value := self.fields.get(name)) and (text := decode_latex(value)):
                return text
        return ""

    def verbatim(self, *names: str) -> str:
        """The first of these identifiers or addresses that is there."""
        for name in names:
            if (value := self.fields.get(name)) and (text := decode_verbatim(value)):
                return text
        return ""


def parse_record(record: Record, faults: BibtexFaults) -> Reference:
    """The work that a record describes."""
    eprint = Eprint(record.text("eprinttype", "archiveprefix").lower(), record.verbatim("eprint"))
    kind = _csl_type(record, eprint)
    author, author_others = _names(record, faults, "author")
    editor, editor_others = _names(record, faults, "editor")
    translator, _ = _names(record, faults, "translator")
    status, note = _status_and_note(record)
    reference = Reference(
        citation_key=record.key,
        type=kind,
        title=_titled(record.text("title"), record.text("subtitle")),
        author=author,
        author_others=author_others,
        editor=editor,
        editor_others=editor_others,
        translator=translator,
        issued=_issued(record, faults),
        original_date=parse_day(record.text("origdate")),
        original_title=record.text("origtitle"),
        container_title=_container_title(record),
        collection_title=record.text("series"),
        event_title=record.text("eventtitle"),
        event_place=record.text("venue"),
        volume=record.text("volume"),
        page=record.text("pages", "page"),
        edition=record.text("edition"),
        version=record.text("version"),
        publisher=record.text("publisher", "school", "institution", "organization"),
        publisher_place=record.text("address", "location"),
        genre=_genre(record),
        status=status,
        DOI=record.verbatim("doi"),
        URL=_url(record),
        PMID=record.verbatim("pmid") or (eprint.number if eprint.archive in {"pubmed", "pmid"} else ""),
        PMCID=record.verbatim("pmcid") or (eprint.number if eprint.archive in {"pmc", "pmcid"} else ""),
        ISBN=record.verbatim("isbn"),
        ISSN=record.verbatim("issn"),
        accessed=parse_day(record.text("urldate")),
        language=record.text("langid", "language"),
        abstract=record.text("abstract"),
        keyword=parse_keywords(record.text("keywords", "keyword")),
        mesh=parse_keywords(record.text("mesh")),
        publication_types=parse_keywords(record.text("publication-types")),
        note=note,
        handle=_HANDLE_PREFIX.sub(
            "", record.verbatim("hdl", "handle") or (eprint.number if eprint.archive == "hdl" else "")
        ),
        licence=record.verbatim("licence", "license", "copyright"),
        copies=_copies(record, faults),
        recommended=tuple(key for part in record.verbatim("recommended").split(",") if (key := part.strip())),
        path=record.places.whole.path,
        places=record.places,
        record_type=record.type,
        raw=record.raw,
    )
    return _with_numbers(reference, record, eprint)


def _csl_type(record: Record, eprint: Eprint) -> str:
    if subtype := record.text("entrysubtype").lower():
        subtype = SUBTYPES.get(subtype, subtype)
        if subtype in CSL_TYPES:
            return subtype
    known = TYPES.get(record.type)
    if known and not (known in {"webpage", "manuscript"} and eprint.archive in ARCHIVES):
        return known
    if (eprint.number and eprint.archive not in {"hdl", "jstor"}) or "preprint" in record.text("type").lower():
        return "article"
    if record.type == "misc" and (record.fields.get("url") or _ADDRESS.search(record.fields.get("howpublished", ""))):
        return "webpage"
    return "document"


def _with_numbers(reference: Reference, record: Record, eprint: Eprint) -> Reference:
    """`number` is the issue of a journal, the place in a series, or a report's own; `eid` numbers an article."""
    number, article_number = record.text("number"), record.text("eid", "articleno", "article-number")
    issue, place_in_series = record.text("issue"), record.text("seriesnumber")
    if reference.type in SERIALS:
        issue, number = number or issue, article_number
    elif reference.type in IN_SERIES and reference.collection_title and not place_in_series:
        place_in_series, number = number, article_number
    number = number or article_number
    publisher = reference.publisher
    if reference.type == "article" and eprint.archive in ARCHIVES:
        publisher, number = publisher or ARCHIVES[eprint.archive], number or eprint.number
    elif not publisher and record.type in {"misc", "booklet"}:
        publisher = "" if _ADDRESS.search(made := record.text("howpublished")) else made
    return (
        replace(reference, issue=issue, number=number, collection_number=place_in_series, publisher=publisher)
        if issue or number or place_in_series or publisher != reference.publisher
        else reference
    )


def _names(record: Record, faults: BibtexFaults, field: str) -> tuple[tuple[Name, ...], bool]:
    written = record.fields.get(field)
    if not written:
        return (), False
    people = parse_names(written)
    for message, fix in people.faults:
        faults.doubt(record.places.at(field), f"field '{field}': {message}", fix=fix)
    return people.names, people.others


def _issued(record: Record, faults: BibtexFaults) -> DateParts | None:
    texts = {name: record.text(name) for name in ("date", "year", "month", "day") if name in record.fields}
    issued, wrong = parse_issued(texts)
    for field, message in wrong:
        faults.doubt(record.places.at(field), f"field '{field}': {message}", fix=_FIX_DATE[field])
    return issued


def _titled(title: str, subtitle: str) -> str:
    if not (title and subtitle):
        return title or subtitle
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":", ".")) else f"{title}: {subtitle}"


def _container_title(record: Record) -> str:
    if journal := record.text("journaltitle", "journal"):
        return _titled(journal, record.text("journalsubtitle"))
    return _titled(record.text("booktitle"), record.text("booksubtitle")) if "booktitle" in record.fields else ""


def _genre(record: Record) -> str:
    written = record.text("type")
    return GENRE_KEYS.get(written.lower(), written) or GENRES.get(record.type, "")


def _status_and_note(record: Record) -> tuple[str, str]:
    note = record.text("note")
    if state := record.text("pubstate"):
        return STATES.get(state.lower(), state), "" if IN_PRESS.fullmatch(note) else note
    if IN_PRESS.fullmatch(note):
        return _state(note), ""
    for field in ("year", "date"):
        if field in record.fields and IN_PRESS.fullmatch(text := record.text(field).strip("[]() ")):
            return _state(text), note
    return "", note


def _state(written: str) -> str:
    """A state in words, always written alike."""
    text = written.rstrip(".")
    return next((state for state in STATES.values() if state.lower() == text.lower()), text)


def _url(record: Record) -> str:
    if url := record.verbatim("url"):
        return url
    address = _ADDRESS.search(record.verbatim("howpublished")) if "howpublished" in record.fields else None
    return address[0] if address else ""


def _copies(record: Record, faults: BibtexFaults) -> tuple[RepositoryCopy, ...]:
    """`address | version | access | licence`, several with `;;` between them."""
    copies = []
    for written in record.verbatim("repository-copies").split(";;"):
        parts = [part.strip() for part in written.split("|")]
        if parts == [""]:
            continue
        span = record.places.at("repository-copies")
        if len(parts) > _MOST_PARTS_OF_A_COPY or not _ADDRESS.fullmatch(parts[0]):
            what = "begins with no address" if len(parts) <= _MOST_PARTS_OF_A_COPY else "has more than four parts"
            faults.doubt(span, f"copy '{written.strip()}' {what}", fix=_FIX_COPY)
        url, version, access, licence = (parts + [""] * 3)[:_MOST_PARTS_OF_A_COPY]
        if access not in {"", "open", "restricted"}:
            faults.doubt(span, f"access '{access}' is neither open nor restricted", fix=_FIX_COPY)
        copies.append(RepositoryCopy(url=url, version=version, access=access, licence=licence))
    return tuple(copies)
