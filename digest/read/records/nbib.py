"""PubMed's text format (.nbib, "MEDLINE") to References.

Takes the lines of a file; gives a Record or Refused for each record, one at a time; never raises on bad content.
A record begins with `PMID-`; a value goes on in lines that begin with six blanks; a blank line ends a record.
Fields: https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from digest.model.reference import DateParts, Name, Reference
from digest.read.records import medline
from digest.read.records.dates import make_date, parse_date
from digest.read.records.languages import language_tag
from digest.read.records.people import is_others, parse_medline_person
from digest.read.records.record import Outcome, Refused, accept
from digest.read.records.stream import LONGEST, TextStream
from digest.read.records.text import clean, clean_abstract, find_doi, find_isbn, find_issn, find_pmcid

TAG = re.compile(r"[\ufeff ]?([A-Z]{2,4}) {0,2}-[ \t]?(.*)", re.DOTALL)
ONCE = frozenset({"AB", "BTI", "DP", "JT", "OWN", "PG", "PMID", "STAT", "TA", "TI", "VI"})
"""Fields of which a record has one: a second one behind a blank line is another record's."""
COMPACT_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
PMID = re.compile(r"\d{1,9}")


@dataclass(slots=True)
class RawRecord:
    """One record as it is written."""

    line: int
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    """Tags, and the lines of their values."""
    tags: set[str] = field(default_factory=set)
    size: int = 0

    def add(self, tag: str, value: str) -> None:
        """Take one more field; beyond the longest record nothing is kept."""
        self.size += len(value)
        if self.size <= LONGEST:
            self.fields.append((tag, [value]))
            self.tags.add(tag)

    def go_on(self, text: str) -> None:
        """Take a line that goes on with the field above it."""
        self.size += len(text) + 1
        if self.fields and self.size <= LONGEST:
            self.fields[-1][1].append(text)

    def all(self, *tags: str) -> list[str]:
        """The values of these fields, in the record's order."""
        return [value for tag, lines in self.fields if tag in tags and (value := " ".join(lines))]

    def first(self, *tags: str) -> str:
        """The first value of the first of these fields that has one."""
        return next((value for tag in tags for value in self.all(tag)), "")


def iter_nbib(stream: TextStream) -> Iterator[Outcome]:
    """The records of a file of PubMed's text format."""
    record: RawRecord | None = None
    after_blank = False
    for number, line in stream.lines():
        if not line.strip():
            after_blank = True
            continue
        match = TAG.match(line)
        if match is None:
            if record and line[0] in " \t":
                record.go_on(line.strip())
            continue
        tag, value = match[1], match[2].strip()
        if record and (tag == "PMID" or (after_blank and tag in ONCE & record.tags)):
            yield _finish(record, stream)
            record = None
        record = record or RawRecord(number)
        record.add(tag, value)
        after_blank = False
    if record:
        yield _finish(record, stream)


def _finish(record: RawRecord, stream: TextStream) -> Outcome:
    if record.size > LONGEST:
        return Refused(stream.path, record.line, f"the record is longer than {LONGEST:,} characters")
    return accept(_parse(record, stream), record.line)


def _parse(record: RawRecord, stream: TextStream) -> Reference:
    journal, book = medline.journal(record.first("JT", "TA")), medline.titles(record.first("BTI"), "")[0]
    title, original_title = medline.titles(record.first("TI"), record.first("TT"))
    kinds = tuple(dict.fromkeys(map(clean, record.all("PT"))))
    kind = "chapter" if book and title else "book" if book else medline.find_type(kinds, in_journal=bool(journal))
    author, author_others = _people(record, "FAU", "AU", "CN")
    editor, editor_others = _people(record, "FED", "ED", "")
    doi, item = _identifiers(record)
    located = medline.place(record.first("PG"), item)
    volume = clean(record.first("VI"))
    return Reference(
        citation_key="",
        type=kind,
        title=title or book,
        author=author,
        author_others=author_others,
        editor=editor,
        editor_others=editor_others,
        issued=_date(record),
        original_title=original_title,
        container_title=book if kind == "chapter" else "" if kind == "book" else journal,
        collection_title=clean(record.first("CTI")),
        volume=volume,
        issue=clean(record.first("IP")),
        edition=clean(record.first("EN")),
        publisher=clean(record.first("PB")),
        publisher_place=clean(record.first("PL")) if book else "",
        genre="Preprint" if kind == "article" else "",
        status=medline.find_status(record.first("PST"), volume, located["page"]),
        DOI=doi,
        PMID=number[0] if (number := PMID.match(record.first("PMID"))) else "",
        PMCID=find_pmcid(record.first("PMC")),
        ISBN=find_isbn(record.first("ISBN")),
        ISSN=_issn(record),
        language=language_tag(record.first("LA")),
        abstract=clean_abstract(" ".join(record.all("AB"))),
        keyword=tuple(dict.fromkeys(clean(text).lstrip("* ") for text in record.all("OT"))),
        mesh=tuple(dict.fromkeys(map(medline.heading, record.all("MH")))),
        publication_types=kinds,
        path=stream.path,
        places=stream.places,
        **located,
    )


def _people(record: RawRecord, in_full: str, in_short: str, group: str) -> tuple[tuple[Name, ...], bool]:
    """Names in the record's order; each person's short name follows the full one and is passed over."""
    names: list[Name] = []
    others = named = False
    for tag, lines in record.fields:
        if tag not in {in_full, in_short, group}:
            continue
        value = " ".join(lines)
        if is_others(value):
            others = True
        elif tag == group:
            names.append(Name(literal=clean(value).rstrip(".")))
        elif tag == in_full or not named:
            names += [name] if (name := parse_medline_person(value)) else []
        named = tag == in_full
    return tuple(name for name in names if name != Name()), others


def _date(record: RawRecord) -> DateParts | None:
    if date := parse_date(record.first("DP")):
        return date
    match = COMPACT_DATE.match(record.first("DEP"))
    return make_date(*match.groups()) if match else None


def _identifiers(record: RawRecord) -> tuple[str, str]:
    """DOI, and the publisher's own identifier of the article."""
    doi = item = ""
    for value in record.all("LID", "AID"):
        if value.endswith("[pii]"):
            item = item or value.removesuffix("[pii]").strip()
        elif value.endswith("[doi]") or value.lower().startswith(("doi:", "10.")):
            doi = doi or find_doi(value.removesuffix("[doi]"))
    return doi, item


def _issn(record: RawRecord) -> str:
    """The ISSN of the printed journal, else the first."""
    written = record.all("IS")
    printed = [text for text in written if "print" in text.lower()]
    return next((issn for text in [*printed, *written] if (issn := find_issn(text))), "")
