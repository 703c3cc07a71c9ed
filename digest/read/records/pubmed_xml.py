"""PubMed's XML to References: articles, books and chapters, of E-utilities, the web site or the yearly baseline.

Takes a stream; gives a Record or Refused for each record, one at a time; never raises on bad content.
Elements: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html and the DTD that the files name.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from digest.model.reference import DateParts, Name, Reference
from digest.read.records import medline
from digest.read.records.dates import make_date, parse_date
from digest.read.records.languages import language_tag
from digest.read.records.people import make_person, spaced_initials
from digest.read.records.record import Outcome, Refused, accept
from digest.read.records.stream import TextStream
from digest.read.records.text import clean, find_doi, find_isbn, find_issn, find_pmcid
from digest.read.records.xml_records import iter_elements

RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
SHIFTED = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
UNLABELLED = frozenset({"", "UNLABELLED", "UNASSIGNED"})


def iter_pubmed_xml(stream: TextStream) -> Iterator[Outcome]:
    """The records of a PubMed XML file."""
    for found in iter_elements(stream, RECORDS):
        if isinstance(found, Refused):
            yield found
            continue
        element, line = found
        book = element.find("BookDocument")
        citation = element if element.tag == "MedlineCitation" else element.find("MedlineCitation")
        if book is not None:
            yield accept(_parse_book(book, element, stream), line)
        elif citation is not None:
            yield accept(_parse_article(citation, element, stream), line)
        else:
            yield Refused(stream.path, line, f"the element <{element.tag}> holds neither a citation nor a book")


def _text(element: Element | None, path: str = "") -> str:
    """The text of the first element at this path, markup gone, digits raised and lowered."""
    found = element.find(path) if path and element is not None else element
    if found is None:
        return ""
    if not len(found):
        return clean(found.text or "")
    return clean("".join(_iter_pieces(found)))


def _iter_pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        inner = "".join(child.itertext())
        shifted = SHIFTED.get(child.tag)
        yield inner.translate(shifted) if shifted and all(ord(char) in shifted for char in inner) else inner
        yield child.tail or ""


def _texts(elements: Iterable[Element]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for element in elements if (text := _text(element))))


def _parse_article(citation: Element, record: Element, stream: TextStream) -> Reference:
    article = citation.find("Article")
    if article is None:
        article = Element("Article")
    title, original_title = medline.titles(_text(article, "ArticleTitle"), _text(article, "VernacularTitle"))
    container = medline.journal(_text(article, "Journal/Title")) or _text(citation, "MedlineJournalInfo/MedlineTA")
    kinds = _texts(article.iterfind("PublicationTypeList/PublicationType"))
    kind = medline.find_type(kinds, in_journal=bool(container))
    volume, located = _text(article, "Journal/JournalIssue/Volume"), _place(article)
    author, author_others = _people(article, "authors")
    editor, editor_others = _people(article, "editors")
    return Reference(
        citation_key="",
        type=kind,
        title=title,
        author=author,
        author_others=author_others,
        editor=editor,
        editor_others=editor_others,
        issued=_date(article.find("Journal/JournalIssue/PubDate")) or _date(article.find("ArticleDate")),
        original_title=original_title,
        container_title=container,
        volume=volume,
        issue=_text(article, "Journal/JournalIssue/Issue"),
        genre="Preprint" if kind == "article" else "",
        status=medline.find_status(_text(record, "PubmedData/PublicationStatus"), volume, located["page"]),
        DOI=_doi(article, record),
        PMID=_text(citation, "PMID"),
        PMCID=find_pmcid(_text(record, "PubmedData/ArticleIdList/ArticleId[@IdType='pmc']")),
        ISSN=find_issn(_text(article, "Journal/ISSN")),
        language=language_tag(_text(article, "Language")),
        abstract=_abstract(article),
        keyword=_texts(citation.iterfind("KeywordList/Keyword")),
        mesh=_texts(citation.iterfind("MeshHeadingList/MeshHeading/DescriptorName")),
        publication_types=kinds,
        path=stream.path,
        places=stream.places,
        **located,
    )


def _parse_book(book: Element, record: Element, stream: TextStream) -> Reference:
    """A book, or a chapter of one: then `ArticleTitle` is the chapter's."""
    book_title = medline.titles(_text(book, "Book/BookTitle"), "")[0]
    title, original_title = medline.titles(_text(book, "ArticleTitle"), _text(book, "VernacularTitle"))
    is_part = bool(title and book_title and title != book_title)
    whole = book.find("Book")
    author, author_others = _people(book, "authors")
    if not author and whole is not None and not is_part:
        author, author_others = _people(whole, "authors")
    editor, editor_others = _people(whole, "editors") if whole is not None else ((), False)
    return Reference(
        citation_key="",
        type="chapter" if is_part else "book",
        title=title if is_part else book_title or title,
        author=author,
        author_others=author_others,
        editor=editor,
        editor_others=editor_others,
        issued=_date(book.find("Book/PubDate")) or _date(book.find("ContributionDate")),
        original_title=original_title,
        container_title=book_title if is_part else "",
        collection_title=_text(book, "Book/CollectionTitle"),
        volume=_text(book, "Book/Volume"),
        page=medline.place(_text(book, "Pagination/MedlinePgn"), "")["page"],
        edition=_text(book, "Book/Edition"),
        publisher=_text(book, "Book/Publisher/PublisherName"),
        publisher_place=_text(book, "Book/Publisher/PublisherLocation"),
        DOI=_doi(book, record) or find_doi(_text(book, "Book/ELocationID[@EIdType='doi']")),
        PMID=_text(book, "PMID"),
        PMCID=find_pmcid(_text(record, "PubmedBookData/ArticleIdList/ArticleId[@IdType='pmc']")),
        ISBN=find_isbn(_text(book, "Book/Isbn")),
        language=language_tag(_text(book, "Language")),
        abstract=_abstract(book),
        keyword=_texts(book.iterfind("KeywordList/Keyword")),
        publication_types=_texts(book.iterfind("PublicationType")),
        path=stream.path,
        places=stream.places,
    )


def _people(element: Element, role: str) -> tuple[tuple[Name, ...], bool]:
    """The names of the lists of this role, and whether the record leaves some out."""
    names: list[Name] = []
    others = False
    for people in element.iterfind("AuthorList"):
        if people.get("Type", "authors") != role:
            continue
        others = others or people.get("CompleteYN") == "N"
        names += [name for person in people.iterfind("Author") if (name := _person(person))]
    return tuple(names), others


def _person(person: Element) -> Name | None:
    if person.get("ValidYN") == "N":
        return None
    if group := _text(person, "CollectiveName"):
        return Name(literal=group.rstrip("."))
    family, given = _text(person, "LastName"), _text(person, "ForeName") or _text(person, "FirstName")
    if not given:
        given = spaced_initials(_text(person, "Initials"))
    return make_person(family, given, _text(person, "Suffix")) if family or given else None


def _date(date: Element | None) -> DateParts | None:
    """`Year`, `Month` and `Day`, or what stands in their place: `<MedlineDate>1998 Dec-1999 Jan</MedlineDate>`."""
    if date is None:
        return None
    parts = make_date(_text(date, "Year"), _text(date, "Month"), _text(date, "Day"))
    return parts or parse_date(_text(date, "MedlineDate"))


def _place(article: Element) -> dict[str, Any]:
    pages = _text(article, "Pagination/MedlinePgn")
    if not pages and (first := _text(article, "Pagination/StartPage")):
        last = _text(article, "Pagination/EndPage")
        pages = f"{first}-{last}" if last else first
    return medline.place(pages, _text(article, "ELocationID[@EIdType='pii']"))


def _doi(article: Element, record: Element) -> str:
    for place in ("PubmedData", "PubmedBookData"):
        if doi := find_doi(_text(record, f"{place}/ArticleIdList/ArticleId[@IdType='doi']")):
            return doi
    return find_doi(
        _text(article, "ELocationID[@EIdType='doi']") or _text(article, "ArticleIdList/ArticleId[@IdType='doi']")
    )


def _abstract(article: Element) -> str:
    """The sections of the abstract, each with its heading: `METHODS: ...`."""
    sections = []
    for part in article.iterfind("Abstract/AbstractText"):
        label, text = clean(part.get("Label", "")).rstrip(":"), _text(part)
        if text:
            sections.append(text if label.upper() in UNLABELLED else f"{label}: {text}")
    return " ".join(sections)
