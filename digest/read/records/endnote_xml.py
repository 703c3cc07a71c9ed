"""EndNote's XML to References; Zotero, Bookends, JabRef and Papers write it too.

Takes a stream; gives a Record or Refused for each record, one at a time; never raises on bad content.
Elements: EndNote's `RSXML.dtd`, which comes with the program, and what others make of it:
https://github.com/zotero/translators/blob/master/Endnote%20XML.js. Text may be cut into `<style>` elements anywhere.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from digest.model.reference import DateParts, Name, Reference
from digest.read.records.dates import best_date, make_date, parse_date
from digest.read.records.languages import language_tag
from digest.read.records.people import is_others, parse_person
from digest.read.records.record import Outcome, Refused, accept
from digest.read.records.stream import TextStream
from digest.read.records.text import (
    clean,
    clean_abstract,
    find_doi,
    find_pmcid,
    full_pages,
    is_of_database,
    isbn_and_issn,
    without_final_stop,
)
from digest.read.records.xml_records import iter_elements

TYPES = {
    "journal article": "article-journal",
    "electronic article": "article-journal",
    "magazine article": "article-magazine",
    "newspaper article": "article-newspaper",
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "serial": "book",
    "classical work": "classic",
    "book section": "chapter",
    "electronic book section": "chapter",
    "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary",
    "conference paper": "paper-conference",
    "conference proceedings": "paper-conference",
    "conference": "paper-conference",
    "thesis": "thesis",
    "report": "report",
    "government document": "report",
    "web page": "webpage",
    "blog": "post-weblog",
    "dataset": "dataset",
    "computer program": "software",
    "manuscript": "manuscript",
    "unpublished work": "manuscript",
    "pamphlet": "pamphlet",
    "patent": "patent",
    "standard": "standard",
    "personal communication": "personal_communication",
}
"""CSL types, by the name of EndNote's; any other is a `document`."""
BY_NUMBER = {
    "5": "chapter", "6": "book", "9": "software", "10": "paper-conference", "12": "webpage", "16": "webpage",
    "17": "article-journal", "19": "article-magazine", "23": "article-newspaper", "27": "report", "28": "book",
    "31": "personal_communication", "32": "thesis", "34": "manuscript", "36": "manuscript", "43": "article-journal",
    "44": "book", "46": "report", "47": "paper-conference", "56": "post-weblog", "59": "dataset", "60": "chapter",
}  # fmt: skip
"""The same, by its number, where the name is in another language."""
SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "post-weblog"})
KEY = re.compile(r"[A-Za-z][\w.+:-]*\d[\w.+:-]*")
PMID = re.compile(r"\d{1,8}")
PUBMED = re.compile(r"(?i)\bNLM\b|pubmed|medline")
DOI_ADDRESS = re.compile(r"(?i)doi\.org/10\.")
RESOLVER = re.compile(r"(?i)doi\.org/10\.|ncbi\.nlm\.nih\.gov/(?:entrez|pubmed)|pubmed\.ncbi\.")
"""Addresses that say no more than the DOI or PMID."""
ARTICLE_NUMBER = re.compile(r"[A-Za-z]{0,3}\d{2,}")
DATE_LIKE = re.compile(r"\d{4}[/-]\d{1,2}")


def iter_endnote_xml(stream: TextStream) -> Iterator[Outcome]:
    """The records of an EndNote XML file."""
    for found in iter_elements(stream, ("record",)):
        if isinstance(found, Refused):
            yield found
        else:
            yield accept(_parse(found[0], stream), found[1])


def _raw(element: Element, *paths: str) -> str:
    """The text of the first of these that has any, as it is written."""
    for path in paths:
        for found in element.iterfind(path):
            if text := "".join(found.itertext()).strip():
                return text
    return ""


def _text(element: Element, *paths: str) -> str:
    return clean(_raw(element, *paths))


def _parse(record: Element, stream: TextStream) -> Reference:
    kind, is_edited = _type(record)
    author, author_others = _names(record, "authors")
    editor, editor_others = _names(record, "secondary-authors")
    if is_edited and not editor:
        author, author_others, editor, editor_others = (), False, author, author_others
    title, translated = without_final_stop(_text(record, "titles/title")), _text(record, "titles/translated-title")
    doi = find_doi(_raw(record, "electronic-resource-num"))
    isbn, issn = isbn_and_issn([_raw(record, "isbn")], serial=kind in SERIALS)
    return Reference(
        citation_key=label if KEY.fullmatch(label := _text(record, "label")) else "",
        type=kind,
        title=without_final_stop(translated) or title,
        author=author,
        author_others=author_others,
        editor=editor,
        editor_others=editor_others,
        translator=_names(record, "subsidiary-authors")[0] if kind not in SERIALS else (),
        issued=_issued(record),
        original_title=title if translated else "",
        publisher=_text(record, "publisher"),
        publisher_place=_text(record, "pub-location"),
        genre=_text(record, "work-type") if kind not in SERIALS else "",
        DOI=doi or _doi_of_address(record),
        URL=_url(record),
        PMID=_pmid(record),
        PMCID=find_pmcid(_raw(record, "custom2")),
        ISBN=isbn,
        ISSN=issn,
        accessed=parse_date(_raw(record, "access-date")),
        language=language_tag(_text(record, "language")),
        abstract=clean_abstract(_raw(record, "abstract")),
        keyword=_keywords(record),
        path=stream.path,
        places=stream.places,
        **_containers(record, kind),
        **_numbers(record, kind),
    )


def _type(record: Element) -> tuple[str, bool]:
    """The CSL type, and whether its authors are editors."""
    element = record.find("ref-type")
    if element is None:
        return "document", False
    name = element.get("name", "").lower()
    number = (element.text or "").strip()
    return TYPES.get(name) or BY_NUMBER.get(number, "document"), name == "edited book" or number == "28"


def _names(record: Element, role: str) -> tuple[tuple[Name, ...], bool]:
    written = [
        line
        for person in record.iterfind(f"contributors/{role}/author")
        for line in re.split(r"[\r\n;]+", "".join(person.itertext()))
    ]
    names = [name for text in written if not is_others(text) and (name := parse_person(" ".join(text.split())))]
    return tuple(names), any(map(is_others, written))


def _issued(record: Element) -> DateParts | None:
    year, month, day = (_text(record, f"dates/{part}") for part in ("year", "month", "day"))
    if month and (date := make_date(year, month, day)):
        return date
    return best_date([year, *[clean("".join(date.itertext())) for date in record.iterfind("dates/pub-dates/date")]])


def _containers(record: Element, kind: str) -> dict[str, Any]:
    journal = _text(record, "periodical/full-title", "titles/secondary-title", "alt-periodical/full-title")
    second, third = _text(record, "titles/secondary-title"), _text(record, "titles/tertiary-title")
    if kind in SERIALS:
        return {"container_title": journal or _text(record, "titles/alt-title", "periodical/abbr-1")}
    if kind == "book":
        return {"collection_title": second or third}
    return {"container_title": second if kind != "thesis" else "", "collection_title": third}


def _numbers(record: Element, kind: str) -> dict[str, Any]:
    number, edition = _text(record, "number"), _text(record, "edition")
    article_number = _text(record, "custom7", "article-number")
    page = full_pages(_raw(record, "pages"))
    serial = kind in SERIALS
    own = article_number if ARTICLE_NUMBER.fullmatch(article_number) else ""
    in_series = kind == "book" and bool(_text(record, "titles/secondary-title", "titles/tertiary-title"))
    return {
        "volume": _text(record, "volume"),
        "issue": number if serial else "",
        "page": page,
        "number": own if serial else "" if in_series else number,
        "collection_number": number if in_series else "",
        "edition": "" if serial or DATE_LIKE.match(edition) else edition,
    }


def _doi_of_address(record: Element) -> str:
    for url in record.iterfind("urls//url"):
        if DOI_ADDRESS.search(address := "".join(url.itertext())):
            return find_doi(address)
    return ""


def _url(record: Element) -> str:
    for url in record.iterfind("urls//url"):
        address = clean("".join(url.itertext())).partition(" ")[0]
        if address.startswith(("http://", "https://")) and not is_of_database(address) and not RESOLVER.search(address):
            return address
    return ""


def _pmid(record: Element) -> str:
    number = _text(record, "accession-num")
    provider = _raw(record, "remote-database-provider", "remote-database-name")
    return number if PMID.fullmatch(number) and (not provider or PUBMED.search(provider)) else ""


def _keywords(record: Element) -> tuple[str, ...]:
    words = ["".join(word.itertext()) for word in record.iterfind("keywords/keyword")]
    lines = [part for word in words for part in re.split(r"[\r\n;]+", word)]
    return tuple(dict.fromkeys(word for line in lines if (word := clean(line).lstrip("* "))))
