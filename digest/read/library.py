"""A folder to a `Library` and every problem met on the way."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from digest.model.entry import Entry
from digest.model.library import Library
from digest.model.reference import Reference
from digest.model.source import Fingerprint
from digest.model.status import PATH as STATUS
from digest.problem import Problem, Severity, Span, sort_problems
from digest.read.cache import ReadingCache
from digest.read.configuration import read_configuration
from digest.read.documents import read_entries, read_modules, read_pages, read_studies
from digest.read.entry_cache import EntryCache
from digest.read.files import Files, list_files
from digest.read.permalinks import PATH as PERMALINKS
from digest.read.permalinks import read_permalinks
from digest.read.registry import read_registry
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
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
OTHER_ASSETS = (".pdf",)
ASSETS = IMAGES + OTHER_ASSETS


def read_library(root: Path) -> tuple[Library, list[Problem]]:
    """Read a whole digest. Raises nothing for bad content: what is wrong is in the second value, sorted by place."""
    files = list_files(root)
    configuration = read_configuration(files)
    cache = EntryCache(root)
    entries, editions = read_entries(files, cache)
    cache.save()
    registry = read_registry(files)
    references = _read_references(files)
    library = Library(
        configuration=configuration,
        entries=tuple(entries),
        editions=tuple(editions),
        references=tuple(references),
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
    library = replace(library, fingerprints=_fingerprints(library, files))
    _note_ignored(files)
    return library, sort_problems(files.problems)


def _fingerprints(library: Library, files: Files) -> dict[str, Fingerprint]:
    """Of every file that was read; a document's face is its front matter and what links and lists know of its body."""
    found = {path: Fingerprint(content, content) for path, content in files.contents.items()}
    for document in library.iter_documents():
        body = document.body
        if body is not None:
            front_matter = files.sources[document.path].text[: body.offset]
            known = "\0".join((front_matter, str(body.minutes), *sorted(body.anchors)))
            face = hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()
            found[document.path] = Fingerprint(files.contents[document.path], face)
    return found


def _read_references(files: Files) -> list[Reference]:
    references: list[Reference] = []
    cache = ReadingCache(files.root)
    for path in files.under("bib", ".bib"):
        source = files.read(path)
        if source is not None:
            found, problems = cache.parse(source)
            references += found
            files.problems += problems
    cache.forget_others()
    return references


def read_some_entries(root: Path, paths: Iterable[str]) -> list[Entry]:
    """Entries by their paths, as far as they can be read; nothing else of the digest is opened."""
    entries, _ = read_entries(Files(root, sorted(paths)), EntryCache(root))
    return entries


CONTENT = (".md", ".markdown", ".mdown", ".bib", ".bibtex")
"""Endings, whatever their case, of files that somebody meant to be read."""


def _note_ignored(files: Files) -> None:
    """Nothing is passed over in silence: a file that belongs to nothing is named."""
    for path in files.paths:
        folder = path.partition("/")[0]
        known = OF_FOLDER[folder]
        if path.lower().endswith(ASSETS) or any(fnmatchcase(path, pattern) for pattern in known):
            continue
        is_meant = path.lower().endswith(CONTENT)
        files.problems.append(
            Problem(
                "file-ignored",
                Severity.ERROR if is_meant else Severity.WARNING,
                Span(path),
                f"'{path}' is not part of the digest: nothing reads it",
                why="it looks like content that would be missing from the site" if is_meant else "",
                fix=f"only {', '.join(known)} and images are read here; rename the file, or move it elsewhere",
            )
        )
