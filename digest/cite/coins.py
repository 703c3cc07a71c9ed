"""A Reference as a COinS: the `title` of `<span class="Z3988">`, from which Zotero takes the article.

OpenURL 1.0 (ANSI/NISO Z39.88-2004) in keys and encoded values, in its formats journal, book, dissertation and Dublin
Core. Which keys have an effect is written in Zotero's parser:
https://github.com/zotero/utilities/blob/master/openurl.js.
"""

from collections.abc import Iterator
from urllib.parse import quote

from digest.cite.csl_json import date_text
from digest.cite.names import surname
from digest.cite.tidy import tidy
from digest.model.identifier import bare_doi
from digest.model.reference import Name, Reference

FORMAT = "info:ofi/fmt:kev:mtx:"
SERIALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "review", "review-book"})
BOOK_GENRES = {
    "book": "book",
    "chapter": "bookitem",
    "entry": "bookitem",
    "entry-dictionary": "bookitem",
    "entry-encyclopedia": "bookitem",
    "paper-conference": "proceeding",
    "report": "report",
}
ZOTERO_TYPES = {
    "article": "preprint",
    "dataset": "dataset",
    "post-weblog": "blogPost",
    "software": "computerProgram",
    "speech": "presentation",
    "standard": "standard",
    "webpage": "webpage",
}
"""Zotero's own item types, which it takes from `rft.type`."""


def format_coins(reference: Reference) -> str:
    """The value of the attribute, not yet escaped for HTML: keys and values joined by `&`."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_pairs(reference), ("rft.language", reference.language)]
    lines = [(key, " ".join(value.split())) for key, value in pairs]
    return "&".join([f"{key}={quote(line, safe='', errors='replace')}" for key, line in lines if line])


def _pairs(reference: Reference) -> Iterator[tuple[str, str]]:
    if reference.type in SERIALS:
        yield from _journal(reference)
    elif reference.type in BOOK_GENRES:
        yield from _book(reference)
    elif reference.type == "thesis":
        yield "rft_val_fmt", f"{FORMAT}dissertation"
        yield "rft.title", reference.title
        yield "rft.inst", reference.publisher
        yield "rft.degree", reference.genre
    else:
        yield "rft_val_fmt", f"{FORMAT}dc"
        yield "rft.type", ZOTERO_TYPES.get(reference.type, "document")
        yield "rft.title", reference.title
        yield "rft.source", reference.container_title
        yield "rft.publisher", reference.publisher
    yield from _identifiers(reference)
    yield "rft.date", date_text(reference.issued)
    yield from _people(reference)


def _journal(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", f"{FORMAT}journal"
    yield "rft.genre", "article"
    yield "rft.atitle", reference.title
    yield "rft.jtitle", reference.container_title
    yield "rft.volume", reference.volume
    yield "rft.issue", reference.issue
    yield "rft.artnum", reference.number
    yield from _pages(reference.page or reference.number)
    yield "rft.issn", reference.ISSN


def _book(reference: Reference) -> Iterator[tuple[str, str]]:
    """A book, or with `atitle` what stands in one."""
    genre = BOOK_GENRES[reference.type]
    in_a_book = genre in {"bookitem", "proceeding"}
    yield "rft_val_fmt", f"{FORMAT}book"
    yield "rft.genre", genre
    yield ("rft.atitle" if in_a_book else "rft.btitle"), reference.title
    yield "rft.btitle", reference.container_title if in_a_book else ""
    yield "rft.volume", reference.volume
    yield from _pages(reference.page)
    yield "rft.edition", reference.edition
    yield "rft.series", reference.collection_title
    yield "rft.pub", reference.publisher
    yield "rft.place", reference.publisher_place
    yield "rft.isbn", reference.ISBN


def _pages(page: str) -> Iterator[tuple[str, str]]:
    page = page.replace("–", "-")
    first, dash, last = page.partition("-")
    yield "rft.pages", page
    yield "rft.spage", first
    yield "rft.epage", last.strip("- ") if dash else ""


def _identifiers(reference: Reference) -> Iterator[tuple[str, str]]:
    doi = bare_doi(tidy(reference.DOI))
    yield "rft_id", f"info:doi/{doi}" if doi else ""
    yield "rft_id", f"info:pmid/{reference.PMID}" if reference.PMID else ""
    yield "rft_id", reference.URL if reference.URL.lower().startswith(("http://", "https://")) else ""


def _people(reference: Reference) -> Iterator[tuple[str, str]]:
    """The first author in parts, then all authors, then the editors, for whom the format has only `contributor`."""
    first = reference.author[0] if reference.author else Name()
    if first.family and first.given and not first.literal:
        given = first.given.rstrip(". ") if " " in surname(first) else first.given
        yield "rft.aulast", surname(first)
        yield "rft.aufirst", given
        yield "rft.ausuffix", first.suffix
    for name in reference.author:
        yield "rft.au", _full_name(name)
    for name in reference.editor:
        yield "rft.contributor", _full_name(name)


def _full_name(name: Name) -> str:
    """A name as Zotero takes it apart without loss.

    At the last space where there is no comma; else at the first comma, and then it drops a full stop at the end. So
    only names with a space in them, and groups, have a comma.
    """
    family = surname(name)
    if name.literal or not name.given or not name.family:
        return f"{family}," if " " in family else family
    return f"{family}, {name.given}" if " " in family else f"{name.given} {family}"
