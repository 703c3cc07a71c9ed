"""A folder to a `Library` and every problem met on the way."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import translate
from pathlib import Path

from digest.model.configuration import Configuration
from digest.model.entry import Entry
from digest.model.library import Library
from digest.model.lookup import Document
from digest.model.page import FreePage
from digest.model.reference import Reference
from digest.model.source import Fingerprint, Source
from digest.model.status import PATH as STATUS
from digest.problem import Problem, Severity, Span, sort_problems
from digest.read.cache import ReadingCache
from digest.read.configuration import read_configuration
from digest.read.documents import read_entries, read_modules, read_pages, read_studies
from digest.read.entry_cache import EntryCache
from digest.read.files import FileMemory, Files, list_files
from digest.read.permalinks import PATH as PERMALINKS
from digest.read.permalinks import read_permalinks
from digest.read.registry import read_registry
from digest.read.sealed import no_collecting
from digest.read.status import read_status
from digest.read.vocabulary import read_glossary, read_research_types, read_topics, read_wording_rules

OF_FOLDER = {
    "bib": ("*.bib", STATUS),
    "entries": ("*.md", PERMALINKS),
    "pages": ("*.md",),
    "studies": ("*.md", "studies/registry/*.json"),
    "training": ("*.md",),
    "vocabulary": tuple(
        f"vocabulary/{name}.yml" for name in ("topics", "research-types", "glossary", "recruitment-wording")
    ),
}
"""What is read of each folder."""
READ_OF_FOLDER = {folder: re.compile("|".join(map(translate, patterns))) for folder, patterns in OF_FOLDER.items()}
"""The same, to be compared with a path."""
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
OTHER_ASSETS = (".pdf",)
ASSETS = IMAGES + OTHER_ASSETS


def read_library(root: Path) -> tuple[Library, list[Problem]]:
    """Read a whole digest. Raises nothing for bad content: what is wrong is in the second value, sorted by place."""
    return Reader(root).read()


class Reader:
    """Reads one digest: once, or again and again with a memory of what did not change."""

    def __init__(self, root: Path, memory: FileMemory | None = None) -> None:
        self._root = root
        self._memory = memory
        self._entries = EntryCache(root)
        self._bibliographies = ReadingCache(root)
        self._faces: dict[str, tuple[Document, Fingerprint]] = {}

    def read(self, files: Files | None = None) -> tuple[Library, list[Problem]]:
        """As `read_library`; of files that have been listed, if they have."""
        with no_collecting():
            return self._read(files or list_files(self._root, self._memory))

    def _read(self, files: Files) -> tuple[Library, list[Problem]]:
        configuration = read_configuration(files)
        bibliographies = [source for path in files.under("bib", ".bib") if (source := files.read(path))]
        with self._bibliographies.parsed_meanwhile(bibliographies):
            entries, editions = read_entries(files, self._entries)
            self._entries.save()
        registry = read_registry(files)
        library = Library(
            configuration=configuration,
            entries=tuple(entries),
            editions=tuple(editions),
            references=tuple(self._read_references(files, bibliographies)),
            topics=tuple(read_topics(files)),
            research_types=tuple(read_research_types(files)),
            glossary=tuple(read_glossary(files)),
            wording_rules=tuple(read_wording_rules(files)),
            modules=tuple(read_modules(files)),
            studies=tuple(read_studies(files, {record.nct_id: record for record in registry})),
            registry=tuple(registry),
            pages=tuple(read_pages(files)),
            permalinks=read_permalinks(files),
            files=frozenset(files.paths),
            sources=files.sources,
            status=read_status(files),
        )
        library = replace(library, fingerprints=self._fingerprints(library, files))
        _note_ignored(files)
        return library, sort_problems(files.problems)

    def _read_references(self, files: Files, bibliographies: Sequence[Source]) -> list[Reference]:
        references: list[Reference] = []
        for source in bibliographies:
            found, problems = self._bibliographies.parse(source)
            references += found
            files.problems += problems
        self._bibliographies.forget_others()
        return references

    def _fingerprints(self, library: Library, files: Files) -> dict[str, Fingerprint]:
        """Of every file that was read; a document's face is its front matter and what others know of its body."""
        found = {path: Fingerprint(content, content) for path, content in files.contents.items()}
        for document in library.iter_documents():
            path = document.path
            known = self._faces.get(path)
            if known is None or known[0] is not document:
                face = _face(document, files.sources[path].text)
                known = self._faces[path] = (document, Fingerprint(files.contents[path], face))
            found[path] = known[1]
        return found


def _face(document: Document, text: str) -> str:
    body = document.body
    known = [text] if body is None else [text[: body.offset], str(body.minutes), *sorted(body.anchors)]
    return hashlib.sha256("\0".join(known).encode("utf-8", "surrogatepass")).hexdigest()


def read_frame(root: Path) -> tuple[Configuration, tuple[FreePage, ...]]:
    """What stands around every page: the configuration, and the free pages, which are published and linked below."""
    files = list_files(root)
    return read_configuration(files), tuple(page for page in read_pages(files) if not page.draft)


def read_some_entries(root: Path, paths: Iterable[str]) -> list[Entry]:
    """Entries by their paths, as far as they can be read; nothing else of the digest is opened."""
    entries, _ = read_entries(Files(root, sorted(paths)), EntryCache(root))
    return entries


MEANT = re.compile(r"\.(?:(?P<page>md|markdown|mdown)|bib|bibtex)(?:\.txt)?$", re.IGNORECASE)
"""The end of a file's name that somebody meant to be read."""


def _note_ignored(files: Files) -> None:
    """Nothing is passed over in silence: a file that belongs to nothing is named."""
    for path in files.paths:
        folder = path.partition("/")[0]
        if READ_OF_FOLDER[folder].match(path) or path.lower().endswith(ASSETS):
            continue
        is_meant = MEANT.search(path) is not None
        known = ", ".join(OF_FOLDER[folder])
        renamed = MEANT.sub(lambda found: ".md" if found["page"] else ".bib", path)
        fix = f"only {known} and images are read here; rename the file, or move it elsewhere"
        if is_meant and READ_OF_FOLDER[folder].match(renamed):
            fix = f"rename it to '{renamed.rpartition('/')[2]}'"
        files.problems.append(
            Problem(
                "file-ignored",
                Severity.ERROR if is_meant else Severity.WARNING,
                Span(path),
                f"'{path}' is not part of the digest: nothing reads it",
                why="it looks like content that would be missing from the site" if is_meant else "",
                fix=fix,
            )
        )
