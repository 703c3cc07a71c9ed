"""`digest import --archive`: an old blog becomes editions and entries. Nothing that is there already is touched."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from digest.cli.append import append_references, default_bibliography
from digest.cli.front_matter import entry_text
from digest.cli.slug import short_slug
from digest.model.identifier import fold
from digest.model.library import Library
from digest.model.lookup import Lookup
from digest.model.reference import Reference
from digest.model.source import Places
from digest.problem import Span
from digest.read.archive import Archive, ArchivedEntry, Block, Leftover, escape_markdown, read_archive
from digest.read.keys import make_key
from digest.read.records.apa import parse_apa
from digest.read.same import Matcher
from digest.suggest.corpus import corpus_of_library
from digest.suggest.memory import Memory
from digest.suggest.suggester import Suggester
from digest.suggest.work import Work

LEFTOVERS = "import-leftovers"
"""Folder for what could not be understood: outside the content, so that it is never published and never lost."""
MOST_SUGGESTIONS = 3


@dataclass
class Migration:
    """What became of an archive."""

    read: int = 0
    added: list[str] = field(default_factory=list)
    """Paths of new entries."""
    present: list[str] = field(default_factory=list)
    """Paths of entries that were there already."""
    editions: list[str] = field(default_factory=list)
    """Months of the archive."""
    drafts: dict[str, list[str]] = field(default_factory=dict)
    """Path of a new draft to what it lacks."""
    suggestions: dict[str, list[str]] = field(default_factory=dict)
    """Path of a new entry to topics that its words suggest."""
    references: int = 0
    furniture: int = 0
    refused: list[Leftover] = field(default_factory=list)


@dataclass
class Migrator:
    """Brings archives into one digest."""

    root: Path
    library: Library
    dry_run: bool = False
    migration: Migration = field(default_factory=Migration)
    texts: dict[str, str] = field(default_factory=dict)
    """New files, by path."""

    def __post_init__(self) -> None:
        self.lookup = Lookup(self.library)
        self.matcher = Matcher(self.library.references)
        self.keys = {reference.citation_key for reference in self.library.references}
        self.new_references: list[Reference] = []
        self.headings = self.library.configuration.digest.practice_implications or ("Practice implications",)

    def take(self, path: Path) -> None:
        """Read one archive and prepare what it gives; nothing is written yet."""
        archive = read_archive(path, self.headings)
        for archived in archive.entries:
            self.migration.read += 1
            self._take_entry(archived)
        self._take_introductions(archive)
        self.migration.furniture += len(archive.furniture)
        self.migration.refused += archive.leftovers
        if archive.leftovers:
            lines = "".join(f"{left.line}: {left.text}\n" for left in archive.leftovers)
            self.texts[self._free_leftovers(path.name, lines)] = lines

    def _free_leftovers(self, name: str, lines: str) -> str:
        """A file that is not there yet, or that says the same already: an archive of one name must not hide another."""
        number, path = 2, f"{LEFTOVERS}/{name}.txt"
        while path in self.texts or ((self.root / path).exists() and (self.root / path).read_bytes() != lines.encode()):
            number, path = number + 1, f"{LEFTOVERS}/{name}-{number}.txt"
        return path

    def write(self) -> None:
        """Write new files and append new references; what exists is left alone."""
        self.migration.references = len(self.new_references)
        if self.dry_run:
            return
        if self.new_references:
            append_references(default_bibliography(self.root), self.new_references)
        for path, text in self.texts.items():
            target = self.root / path
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")

    def _take_introductions(self, archive: Archive) -> None:
        for month, blocks in archive.introductions.items():
            path = f"entries/{month}/index.md"
            if path not in self.library.files:
                self.texts.setdefault(path, "\n\n".join(block.text for block in blocks) + "\n")

    def _take_entry(self, archived: ArchivedEntry) -> None:
        if archived.month not in self.migration.editions:
            self.migration.editions.append(archived.month)
        path = f"entries/{archived.month}/{short_slug(archived.title)}.md"
        if path in self.library.files or path in self.texts:
            self.migration.present.append(path)
            return
        keys, lacking = self._citation_keys(archived)
        topics = self._known(archived.topics, "topics")
        types = self._known(archived.topics, "types")
        lacking += ["a takeaway"]
        lacking += ["topics"] * (not topics) + ["a type of research"] * (not types)
        lacking += ["practice implications"] * (not archived.implications)
        self.texts[path] = entry_text(
            title=archived.title,
            citations=keys,
            topics=topics,
            research_types=types,
            date=archived.day,
            draft=True,
            body=self._body(archived),
            **self._old_address(archived.address),
        )
        self.migration.added.append(path)
        self.migration.drafts[path] = lacking
        if not topics:
            found = self._suggester.suggest(Work(path, archived.title, archived.text))
            self.migration.suggestions[path] = [each.topic for each in found[:MOST_SUGGESTIONS]]

    @cached_property
    def _suggester(self) -> Suggester:
        """Taught by what the digest has already; by the vocabulary alone where that is nothing."""
        corpus = corpus_of_library(self.library)
        return Suggester(corpus.works, corpus.terms, memory=None if self.dry_run else Memory(self.root))

    def _citation_keys(self, archived: ArchivedEntry) -> tuple[list[str], list[str]]:
        keys: list[str] = []
        for text in archived.citations:
            fields = parse_apa(text)
            if isinstance(fields, str):
                self.migration.refused.append(Leftover(archived.line, text, fields))
                archived.summary.insert(0, Block(archived.line, escape_markdown(text), text))
                continue
            found = Reference(citation_key="", path="", places=Places(Span(""), {}, {}), **fields)
            reference = self.matcher.find(found)
            if reference is None:
                reference = replace(found, citation_key=make_key(found, self.keys))
                self.keys.add(reference.citation_key)
                self.matcher.add(reference)
                self.new_references.append(reference)
            keys.append(reference.citation_key)
        return keys, ["a citation"] * (not keys)

    def _known(self, names: Sequence[str], what: str) -> list[str]:
        """Ids of the names that the vocabulary knows."""
        by_name = self.lookup.topics_by_name if what == "topics" else self.lookup.research_types_by_name
        return list(dict.fromkeys(by_name[fold(name)].id for name in names if fold(name) in by_name))

    def _old_address(self, address: str) -> dict[str, list[str]]:
        """An old path of this site redirects; an address elsewhere, or with a query, is kept for a map of old links."""
        try:
            parts = urlsplit(address)
            own = urlsplit(self.library.configuration.site.site_url).hostname
        except ValueError:
            return {}
        if not parts.path.strip("/") or (parts.scheme and parts.scheme not in {"http", "https"}):
            return {}
        if not parts.query and parts.hostname in {None, own}:
            return {"aliases": [f"/{parts.path.strip('/')}/"]}
        return {"old_urls": [address]} if parts.hostname else {}

    def _body(self, archived: ArchivedEntry) -> str:
        parts = [_markdown(archived.summary)]
        if archived.implications:
            parts += [f"## {self.headings[0]}", _markdown(archived.implications)]
        return "\n\n".join(part for part in parts if part)


def _markdown(blocks: Sequence[Block]) -> str:
    """Paragraphs apart, items of a list together."""
    text = ""
    before = ""
    for block in blocks:
        if block.kind == "item":
            text += ("\n" if before == "item" else "\n\n") + f"- {block.text}"
        else:
            text += f"\n\n### {block.text}" if block.kind == "heading" else f"\n\n{block.text}"
        before = block.kind
    return text.strip()


def tell(migration: Migration, form: str, *, dry_run: bool) -> str:
    """The report, as text or as JSON."""
    if form == "json":
        document = {
            "read": migration.read,
            "added": len(migration.added),
            "present": len(migration.present),
            "refused": [{"line": left.line, "reason": left.why, "text": left.text} for left in migration.refused],
            "editions": sorted(migration.editions),
            "entries": migration.added,
            "lacking": migration.drafts,
            "suggestions": migration.suggestions,
            "references": migration.references,
            "furniture": migration.furniture,
        }
        return json.dumps(document, ensure_ascii=False, indent=2)
    lines = [f"{path}: lacks {', '.join(lacking)}" for path, lacking in migration.drafts.items()]
    lines += [f"{path}: its words suggest {', '.join(ids)}" for path, ids in migration.suggestions.items() if ids]
    lines += [f"line {left.line}: {left.why}: '{left.text[:80]}'" for left in migration.refused]
    would = "would become" if dry_run else "became"
    lines.append(
        f"{migration.read} summaries of {len(migration.editions)} editions {would} {len(migration.added)} drafts, "
        f"{len(migration.present)} are there already, {migration.references} new references, "
        f"{len(migration.refused)} pieces left over, {migration.furniture} lines of furniture"
    )
    return "\n".join(lines)
