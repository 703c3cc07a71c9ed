"""Finding things of a library by their names and addresses."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar
from urllib.parse import unquote

from digest.model.entry import Edition, Entry
from digest.model.identifier import SLUG
from digest.model.library import Library
from digest.model.page import FreePage
from digest.model.reference import Reference
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.model.vocabulary import ResearchType, Topic

Document = Entry | Edition | TrainingModule | Study | FreePage
SECTIONS = (
    *("/", "/archive/", "/topics/", "/research/", "/training/", "/studies/", "/search/", "/map/", "/follow/", "/data/"),
)
"""Pages that every digest has."""
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
"""Browsers pass over white space and control characters in an address: https://url.spec.whatwg.org/#url-parsing."""


class _Named(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...


N = TypeVar("N", bound=_Named)


@dataclass(frozen=True)
class Target:
    """What the destination of a link or an image stands for."""

    kind: str
    """`external`, `page`, `asset`, or `broken`."""
    address: str
    """Permalink of a page, path of an asset in the repository, or the destination itself."""
    anchor: str = ""
    document: Document | None = None
    """The document that the page is made of, where it has a body with anchors."""


@dataclass(frozen=True)
class Lookup:
    """A library, by name. Where a name is used twice the first one in the library counts."""

    library: Library

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by id."""
        return _first((topic.id, topic) for topic in self.library.topics)

    @cached_property
    def topics_by_name(self) -> Mapping[str, Topic]:
        """Topics by anything they are called, folded (`digest.model.identifier.fold`)."""
        return _by_name(self.library.topics)

    @cached_property
    def research_types(self) -> Mapping[str, ResearchType]:
        """Types of research by id."""
        return _first((kind.id, kind) for kind in self.library.research_types)

    @cached_property
    def research_types_by_name(self) -> Mapping[str, ResearchType]:
        """Types of research by anything they are called, folded."""
        return _by_name(self.library.research_types)

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """References by citation key."""
        return _first((reference.citation_key, reference) for reference in self.library.references)

    @cached_property
    def modules(self) -> Mapping[str, TrainingModule]:
        """Training modules by slug."""
        return _first((module.slug, module) for module in self.library.modules)

    @cached_property
    def studies(self) -> Mapping[str, Study]:
        """Studies by slug."""
        return _first((study.slug, study) for study in self.library.studies)

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        names: dict[str, Entry] = {}
        for entry in self.library.entries:
            names.setdefault(f"{entry.edition}/{entry.slug}", entry)
            names.setdefault(entry.slug, entry)
        return names

    def find_entry(self, name: str) -> Entry | None:
        """An entry by slug, by `<month>/<slug>`, or by its path in the repository."""
        return self._entries.get(name.removeprefix("entries/").removesuffix(".md"))

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Everything with a Markdown body, by path."""
        return {document.path: document for document in self.library.iter_documents()}

    @cached_property
    def permalinks(self) -> Mapping[str, str]:
        """Every permalink that is promised for ever, with the path of what it belongs to."""
        library = self.library
        things: tuple[Document | Topic | ResearchType, ...] = (
            *(edition for edition in library.editions if edition.month in self._months),
            *library.entries,
            *(topic for topic in library.topics if SLUG.fullmatch(topic.id)),
            *(kind for kind in library.research_types if SLUG.fullmatch(kind.id)),
            *library.modules,
            *library.studies,
            *library.pages,
        )
        return _first((thing.permalink, thing.path) for thing in things)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every page there is: those of `permalinks`, the sections, course readers, and topics by type of research."""
        pairs = (
            f"/topics/{topic}/{kind}/"
            for entry in self.library.entries
            for topic in entry.topics
            for kind in entry.research_types
            if topic in self.topics and kind in self.research_types
        )
        readers = (module.reader for module in self.library.modules)
        return frozenset((*self.permalinks, *SECTIONS, *readers, *pairs))

    @cached_property
    def _months(self) -> frozenset[str]:
        """Editions that have something to show."""
        return frozenset(entry.edition for entry in self.library.entries)

    @cached_property
    def _documents_by_permalink(self) -> Mapping[str, Document]:
        return _first((document.permalink, document) for document in self.library.iter_documents())

    def resolve(self, path: str, destination: str) -> Target:
        """What a destination written in the file `path` leads to.

        Relative destinations are paths of files, as editors and GitHub follow them; those that begin with `/` are
        addresses of the site.
        """
        if destination.startswith("#"):
            return Target("page", "", destination[1:], self.documents.get(path))
        if names_host(destination) or has_scheme(destination):
            return Target("external", destination)
        address, _, anchor = destination.partition("#")
        address = unquote(address.partition("?")[0])
        if address.startswith("/"):
            document = self._documents_by_permalink.get(address)
            known = address in self.addresses
            return Target("page" if known else "broken", address, anchor, document)
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
        document = self.documents.get(found)
        if document is not None:
            return Target("page", document.permalink, anchor, document)
        if found in self.library.files:
            return Target("asset", found, anchor)
        return Target("broken", destination, anchor)


def has_scheme(destination: str) -> bool:
    """Whether a destination begins with `https:`, `mailto:` ... rather than being a path."""
    return SCHEME.match(as_browsers_read(destination)) is not None


def names_host(destination: str) -> bool:
    """Whether a destination begins with `//`, and so leads to another host without saying how."""
    return as_browsers_read(destination).startswith("//")


def as_browsers_read(destination: str) -> str:
    """A destination without what browsers pass over, and with the slashes that they read."""
    return INVISIBLE.sub("", destination).replace("\\", "/")


T = TypeVar("T")


def _first(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for name, thing in pairs:
        found.setdefault(name, thing)
    return found


def _by_name(things: Iterable[N]) -> dict[str, N]:
    return _first((name, thing) for thing in things for name in thing.names if name)
