r"""A Reference as a BibTeX record in UTF-8, with biblatex's names for what BibTeX has no field for.

Escapes what BibTeX and LaTeX would take for markup, and nothing else: `é` stays `é`. Words whose capitals a style
could lower are put into braces; where the record had braces in its title, they are kept. Fields of the record that
nothing here knows come out as they went in.
"""

import re
from collections.abc import Iterator, Sequence

from digest.cite.bibtex_names import format_name_list
from digest.cite.csl_json import date_text
from digest.cite.latex import escape_latex, escape_verbatim, is_balanced, protect_capitals
from digest.model.reference import Reference, RepositoryCopy

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros that every BibTeX style defines."""
ENTRY_TYPES = {
    "article": "preprint",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "periodical": "periodical",
    "report": "techreport",
    "software": "software",
    "standard": "standard",
    "thesis": "phdthesis",
    "webpage": "online",
}
"""By CSL type; any other is a `misc`. Styles treat a type that they do not know as `misc` too."""
OWN_TYPES = frozenset({
    "article", "book", "bookinbook", "booklet", "collection", "conference", "dataset", "electronic", "inbook",
    "incollection", "inproceedings", "inreference", "manual", "mastersthesis", "misc", "mvbook", "mvcollection",
    "mvproceedings", "mvreference", "online", "patent", "periodical", "phdthesis", "preprint", "proceedings",
    "reference", "report", "review", "software", "standard", "suppbook", "suppcollection", "suppperiodical",
    "techreport", "thesis", "unpublished", "www",
})  # fmt: skip
"""Types of BibTeX and biblatex: a record that names one keeps it."""
SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper", "entry": "entry"}
"""What `entrysubtype` says of a type that shares its record's; a type that has none of its own stands there too."""
SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical"})
IN_SERIES = frozenset({"book", "chapter", "paper-conference"})
"""Types whose `number` is their place in a series."""
PUBLISHER_FIELDS = {"thesis": "school", "report": "institution"}
MASTERS = re.compile(r"(?i)^master[’']?s thesis$")
GENRES = {"phdthesis": "Doctoral dissertation", "mastersthesis": "Master's thesis"}
STATES = {"in press": "inpress", "advance online publication": "prepublished"}
KEY_BREAKERS = re.compile(r"[\s,{}\"#%~\\'()=@]+")
PRIVATE = re.compile(r"file|bdsk-(?:file|url)-\d+|crossref|xref|xdata|ids|owner|timestamp|date-(?:added|modified)")
"""What concerns the editor's own disk or file and no reader."""
READ_ELSEWHERE = frozenset({
    "address", "article-number", "articleno", "author", "booksubtitle", "booktitle", "copyright", "date", "day",
    "editor", "eid", "entrysubtype", "handle", "hdl", "howpublished", "institution", "issue", "journal",
    "journalsubtitle", "journaltitle", "langid", "language", "licence", "license", "location", "month", "note",
    "number", "organization", "origdate", "origtitle", "page", "pages", "publisher", "pubstate", "school",
    "seriesnumber", "subtitle", "title", "translator", "type", "urldate", "year",
})  # fmt: skip
"""Fields of which a Reference says the same under another name."""
NO_BRACES = str.maketrans("", "", "{}")


def format_bibtex(reference: Reference) -> str:
    """The record, one field a line, ended by a line break."""
    kind = _entry_type(reference)
    fields = dict(_fields(reference, kind))
    for name, value in reference.raw.items():
        if name not in fields and name not in READ_ELSEWHERE and not PRIVATE.fullmatch(name) and is_balanced(value):
            fields[name] = f"{{{value}}}"
    lines = [f"  {name} = {value}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{KEY_BREAKERS.sub('', reference.citation_key) or 'nokey'},", *lines, "}", ""])


def _entry_type(reference: Reference) -> str:
    if reference.record_type in OWN_TYPES:
        return reference.record_type
    if reference.type == "thesis" and not reference.genre:
        return "thesis"  # the others say which degree
    if reference.type == "thesis" and MASTERS.match(reference.genre):
        return "mastersthesis"
    if reference.type == "article" and "preprint" in reference.genre.lower():
        return "misc"
    return ENTRY_TYPES.get(reference.type) or ("document" if reference.URL else "misc")


def _fields(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Fields and their values, delimiters included, in the order in which people read them."""
    yield from _people(reference)
    if reference.title:
        yield "title", f"{{{_title(reference)}}}"
    for field, text in _texts(reference, kind):
        if text:
            yield field, f"{{{escape_latex(text)}}}"
    if reference.page:
        yield "pages", f"{{{escape_latex(reference.page).replace('–', '--')}}}"
    yield from _dates(reference)
    for field, text in _identifiers(reference):
        if text:
            yield field, f"{{{escape_verbatim(text)}}}"
    for field, text in _notes(reference):
        if text:
            yield field, f"{{{escape_latex(text)}}}"


def _people(reference: Reference) -> Iterator[tuple[str, str]]:
    for field, names, others in (
        ("author", reference.author, reference.author_others),
        ("editor", reference.editor, reference.editor_others),
        ("translator", reference.translator, False),
    ):
        if names:
            yield field, f"{{{format_name_list(names, others=others)}}}"


def _notes(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "keywords", format_keywords(reference.keyword)
    yield "mesh", format_keywords(reference.mesh)
    yield "publication-types", format_keywords(reference.publication_types)
    yield "note", reference.note
    yield "abstract", reference.abstract


def format_keywords(words: Sequence[str]) -> str:
    """Keywords with a semicolon between them, and behind a single one that holds a comma."""
    text = "; ".join([word.replace(";", ",") for word in words])
    return f"{text};" if "," in text and ";" not in text else text


def _texts(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    serial = reference.type in SERIALS
    unnamed = "" if reference.type in ENTRY_TYPES or reference.type == "document" else reference.type
    yield "entrysubtype", SUBTYPES.get(reference.type, unnamed)
    yield "origtitle", reference.original_title
    yield ("journal" if serial else "booktitle"), reference.container_title
    yield "series", reference.collection_title
    yield "volume", reference.volume
    if serial:
        yield "number", reference.issue
        yield "eid", reference.number
        yield "seriesnumber", reference.collection_number
    else:
        yield "issue", reference.issue
        in_series = reference.type in IN_SERIES and bool(reference.collection_title)
        yield "number", reference.collection_number if in_series else reference.number
        yield ("eid", reference.number) if in_series else ("seriesnumber", reference.collection_number)
    yield "edition", reference.edition
    yield "version", reference.version
    yield PUBLISHER_FIELDS.get(reference.type, "publisher"), reference.publisher
    yield "address", reference.publisher_place
    yield "eventtitle", reference.event_title
    yield "venue", reference.event_place
    yield "type", "" if reference.genre == GENRES.get(kind) else reference.genre
    yield "pubstate", STATES.get(reference.status.lower(), reference.status)
    yield "langid", reference.language


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    """`year`, `month` and `day`, which every style knows; biblatex's `origdate` and `urldate`."""
    issued = reference.issued
    if issued is not None:
        yield "year", f"{{{date_text(issued)[: len('-2020') if issued.year < 0 else len('2020')]}}}"
        if issued.month and 1 <= issued.month <= len(MONTHS):
            yield "month", MONTHS[issued.month - 1]
            if issued.day:
                yield "day", f"{{{issued.day}}}"
    for field, date in (("origdate", reference.original_date), ("urldate", reference.accessed)):
        if date is not None:
            yield field, f"{{{date_text(date)}}}"


def _identifiers(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "doi", reference.DOI
    yield "url", reference.URL
    yield "pmid", reference.PMID
    yield "pmcid", reference.PMCID
    yield "isbn", reference.ISBN
    yield "issn", reference.ISSN
    yield "hdl", reference.handle
    yield "licence", reference.licence
    yield "repository-copies", " ;; ".join(map(_copy, reference.copies))
    yield "recommended", ", ".join(reference.recommended)


def _copy(copy: RepositoryCopy) -> str:
    parts = [part.replace("|", "/").replace(";;", ";") for part in (copy.url, copy.version, copy.access, copy.licence)]
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _title(reference: Reference) -> str:
    """The title in LaTeX; the record's own braces where it still says the same."""
    escaped = escape_latex(reference.title)
    written = " ".join(reference.raw.get("title", "").split())
    if "{" in written and is_balanced(written) and written.translate(NO_BRACES) == escaped.translate(NO_BRACES):
        return written
    return protect_capitals(escaped)
