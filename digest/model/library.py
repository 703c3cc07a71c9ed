"""Everything a digest consists of, read and in order."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from digest.model.configuration import Configuration
from digest.model.entry import Edition, Entry
from digest.model.identifier import bare_doi
from digest.model.page import FreePage
from digest.model.permalink import Permalinks
from digest.model.reference import Reference
from digest.model.source import Fingerprint, Source
from digest.model.status import Status
from digest.model.study import RegistryRecord, Study
from digest.model.training import TrainingModule
from digest.model.vocabulary import GlossaryTerm, ResearchType, Topic, WordingRule


@dataclass(frozen=True, kw_only=True)
class Library:
    """All content of one digest.

    Sequences are sorted by path, so that the order in which a disk lists files never matters. Duplicates are kept
    in the sequences: the rules report them.
    """

    configuration: Configuration
    entries: tuple[Entry, ...]
    editions: tuple[Edition, ...]
    """Newest last; one for each month that has a folder."""
    references: tuple[Reference, ...]
    topics: tuple[Topic, ...]
    research_types: tuple[ResearchType, ...]
    glossary: tuple[GlossaryTerm, ...]
    wording_rules: tuple[WordingRule, ...]
    modules: tuple[TrainingModule, ...]
    """By number, then slug."""
    studies: tuple[Study, ...]
    registry: tuple[RegistryRecord, ...]
    pages: tuple[FreePage, ...]
    permalinks: Permalinks
    files: frozenset[str]
    """Paths of every file under the content folders: what links and images may point at."""
    sources: Mapping[str, Source]
    """The text of every text file that was read, by path."""
    status: Status = field(default_factory=Status)
    """What the last audit learnt of references and links."""
    fingerprints: Mapping[str, Fingerprint] = field(default_factory=dict)
    """Of every file in `sources`, by path."""

    @cached_property
    def face(self) -> str:
        """SHA-256 of all that it holds but what the bodies say."""
        faces = [f"{path}\0{fingerprint.face}" for path, fingerprint in sorted(self.fingerprints.items())]
        known = "\0\0".join(("\0".join(faces), "\0".join(sorted(self.files))))
        return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()

    def find_reference(self, identifier: str) -> Reference | None:
        """The first reference with a DOI or PMID, in whatever form the DOI is written."""
        doi = bare_doi(identifier).lower()
        found = (
            each
            for each in self.references
            if identifier == each.PMID or (each.DOI and bare_doi(each.DOI).lower() == doi)
        )
        return next(found, None)

    def published(self) -> "Library":
        """This library without its drafts."""
        return replace(
            self,
            entries=tuple(entry for entry in self.entries if not entry.draft),
            modules=tuple(module for module in self.modules if not module.draft),
            studies=tuple(study for study in self.studies if not study.draft),
            pages=tuple(page for page in self.pages if not page.draft),
        )

    def iter_documents(self) -> Iterator[Entry | Edition | TrainingModule | Study | FreePage]:
        """Everything that has a Markdown body of its own, introductions included."""
        yield from self.entries
        yield from (edition for edition in self.editions if edition.body is not None)
        yield from self.modules
        yield from self.studies
        yield from self.pages
