"""Links that lead out of the site, and where they stand."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from digest.model.entry import Entry
from digest.model.library import Library
from digest.model.lookup import Document
from digest.model.source import Key
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.problem import Span


class OutsideLink(NamedTuple):
    """One link."""

    url: str
    span: Span


def iter_outside_links(library: Library) -> Iterator[OutsideLink]:
    """In texts, in the fields of entries, modules and studies, and in references that have no DOI."""
    for document in library.iter_documents():
        yield from iter_outside_links_of_text(library, document)
    yield from iter_outside_links_of_fields(library)


def iter_outside_links_of_text(library: Library, document: Document) -> Iterator[OutsideLink]:
    """In the body of a document."""
    if document.body is not None:
        yield from _outside(library, ((link.destination, link.span) for link in document.body.links))


def iter_outside_links_of_fields(library: Library) -> Iterator[OutsideLink]:
    """Everywhere but in texts."""
    yield from _outside(library, _iter_addresses(library))


def _outside(library: Library, addresses: Iterable[tuple[str, Span]]) -> Iterator[OutsideLink]:
    own = library.configuration.site.site_url or "\0"
    for url, span in addresses:
        if url.lower().startswith(("https://", "http://")) and not url.startswith(own):
            yield OutsideLink(url, span)


def _iter_addresses(library: Library) -> Iterator[tuple[str, Span]]:
    for document in library.iter_documents():
        if document.places is not None:
            for key, url in _iter_fields(document):
                yield url, document.places.at(*key)
    for reference in library.references:
        if not reference.DOI:
            yield reference.URL, reference.places.at("url")


def _iter_fields(document: Document) -> Iterator[tuple[Key, str]]:
    """The fields of a document that hold addresses, and the addresses."""
    if isinstance(document, Entry):
        yield from ((("coverage", index, "url"), item.url) for index, item in enumerate(document.coverage))
    elif isinstance(document, TrainingModule):
        yield from ((("readings", index, "url"), reading.url) for index, reading in enumerate(document.readings))
    elif isinstance(document, Study) and document.sign_up is not None:
        yield ("sign_up", "url"), document.sign_up.url
