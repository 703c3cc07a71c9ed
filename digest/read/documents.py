"""Markdown files to entries, editions, training modules, studies and free pages."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from digest.markup import known_body, parse_body
from digest.model.body import Body
from digest.model.entry import Edition, EditionFields, Entry, EntryFields
from digest.model.fields import Fields
from digest.model.identifier import EDITION, SLUG, slugify
from digest.model.page import FreePage, FreePageFields
from digest.model.source import LaterPlaces, Places, Source
from digest.model.study import RegistryRecord, Study, StudyFields
from digest.model.training import TrainingModule, TrainingModuleFields
from digest.problem import Problem, Severity, Span
from digest.read.dates import day_meant
from digest.read.entry_cache import EntryCache, KnownDocument
from digest.read.fields import field_names, known_fields, read_fields, without_nothing
from digest.read.files import Files
from digest.read.front_matter import FrontMatter, split_front_matter

F = TypeVar("F", bound=Fields)
REQUIRED = {
    EntryFields: ("title", "citations"),
    TrainingModuleFields: ("title", "number"),
    StudyFields: ("title",),
    FreePageFields: ("title",),
}
"""Fields whose absence no other rule reports."""
OF_ENTRIES = frozenset(field_names(EntryFields))
ENTRY_ALONE = frozenset({"citations", "research_types"})
"""Fields by which, both together, an entry is known."""


def read_entries(files: Files, cache: EntryCache) -> tuple[list[Entry], list[Edition]]:
    """`entries/<month>/<slug>.md` and each month's `index.md`."""
    entries: list[Entry] = []
    editions: dict[str, Edition] = {}
    for path in files.under("entries", ".md"):
        parts = path.split("/")
        if len(parts) != 3 or not EDITION.fullmatch(parts[1]):  # noqa: PLR2004 - entries/<month>/<file>
            files.problems.append(_misplaced(path))
            continue
        month = parts[1]
        if month not in editions:
            editions[month] = Edition(path=f"entries/{month}/index.md", month=month)
        source = files.read(path)
        if source is None:
            continue
        if parts[2] == "index.md":
            editions[month] = _read_edition(files, cache, source, month)
        elif _slug_is_sound(files, path):
            entries += _read_entry(files, cache, source, month)
    return entries, [editions[month] for month in sorted(editions)]


def _misplaced(path: str) -> Problem:
    folder = "/".join(path.split("/")[1:-1])
    words = re.findall(r"[a-z]+|\d+", folder.lower())
    day = day_meant(" ".join([*words, "1"])) or day_meant(" ".join([*reversed(words), "1"]))
    month = f"entries/{day:%Y-%m}/" if day else "entries/YYYY-MM/, such as entries/2023-01/"
    return Problem(
        "edition-malformed",
        Severity.ERROR,
        Span(path),
        f"'{folder}' is no edition" if folder else f"'{path}' stands outside any edition",
        why="an entry's edition is its folder, and the folder is its address",
        fix=f"move the file to {month}",
    )


def _slug_is_sound(files: Files, path: str) -> bool:
    slug = slug_of(path)
    if SLUG.fullmatch(slug):
        return True
    better = slugify(slug) or "a-short-name"
    is_taken = f"{path.rpartition('/')[0]}/{better}.md" in files.paths
    files.problems.append(
        Problem(
            "slug-malformed",
            Severity.ERROR,
            Span(path),
            f"the file's name '{slug}.md' cannot be an address",
            why="addresses hold small letters a to z, digits and single hyphens, to be typed and read out",
            fix=f"rename it to '{better}.md'{' or the like: that name is taken' if is_taken else ''}",
        )
    )
    return False


def slug_of(path: str) -> str:
    """`training/mentalizing.md` gives `mentalizing`."""
    return path.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class _Document(Generic[F]):
    """What a Markdown file gave."""

    fields: F
    places: Places
    body: Body
    is_there: bool
    """Whether the front matter could be read at all."""


def _read_document(files: Files, source: Source, cls: type[F], *, required: bool = True) -> _Document[F]:
    return _make_document(files, source, cls, split_front_matter(source, required=required), required=required)


def _make_document(files: Files, source: Source, cls: type[F], parts: FrontMatter, *, required: bool) -> _Document[F]:
    fields, places, problems = read_fields(cls, parts.tree.data, parts.tree.places, source, parts.tree.unreadable)
    problems = _misplaced_entry(cls, source, problems)
    files.problems += parts.tree.problems + problems
    is_there = bool(parts.tree.data) or not required
    if is_there:
        reported = {problem.span for problem in problems}
        misspelt = {(edit.text,) for problem in problems if problem.rule == "field-unknown" for edit in problem.edits}
        unreadable = parts.tree.unreadable | {key for key, span in parts.tree.places.values.items() if span in reported}
        files.problems += _missing(cls, fields, parts.tree.places, unreadable | misspelt)
    body = parse_body(source.text[parts.body_start :], path=source.path, offset=parts.body_start)
    return _Document(fields, places, body, is_there)


def _misplaced_entry(cls: type[F], source: Source, problems: list[Problem]) -> list[Problem]:
    """One problem instead of one for each field, where an entry stands in the place of a page or an introduction."""
    unknown = {source.text[p.span.start : p.span.end]: p for p in problems if p.rule == "field-unknown"}
    if issubclass(cls, EntryFields) or not unknown.keys() >= ENTRY_ALONE:
        return problems
    of_entry = [problem for name, problem in unknown.items() if name in OF_ENTRIES]
    fix = "move it to entries/YYYY-MM/, under a name of its own"
    if source.path.endswith("/index.md"):
        fix = "give the file a name of its own: index.md holds the introduction of an edition"
    what = "this looks like an entry, and does not stand where entries do"
    misplaced = Problem("field-unknown", Severity.ERROR, of_entry[0].span, what, fix=fix)
    return [misplaced, *(problem for problem in problems if problem not in of_entry)]


def _read_once(files: Files, cache: EntryCache, source: Source, cls: type[F], *, required: bool = True) -> _Document[F]:
    """As `_read_document`, from the cache where that is sure to be the same."""
    content = files.contents[source.path]
    known = cache.find(source.path, content)
    fields = known_fields(cls, known.data) if known is not None else None
    if known is not None and fields is not None:
        places = LaterPlaces(partial(_places, source, required=required))
        text = source.text[known.body_start :]
        body = known_body(text, path=source.path, offset=known.body_start, anchors=known.anchors, minutes=known.minutes)
        return _Document(fields, places, body, is_there=True)
    number = len(files.problems)
    parts = split_front_matter(source, required=required)
    document = _make_document(files, source, cls, parts, required=required)
    if len(files.problems) == number:
        data, body = without_nothing(parts.tree.data or {}), document.body
        cache.keep(source.path, content, KnownDocument(data, body.offset, body.anchors, body.minutes))
    return document


def _places(source: Source, *, required: bool) -> Places:
    return split_front_matter(source, required=required).tree.places


def _missing(cls: type[Any], fields: Any, places: Places, unreadable: set[Any]) -> list[Problem]:
    return [
        Problem(
            "field-missing",
            Severity.ERROR,
            places.key_at(name),
            f"'{name}' is missing" if not places.has(name) else f"'{name}' has no value",
            fix=f"add `{name}: ...` to the front matter",
        )
        for name in REQUIRED.get(cls, ())
        if _is_blank(getattr(fields, name)) and (name,) not in unreadable
    ]


def _is_blank(value: object) -> bool:
    return not (value.strip() if isinstance(value, str) else value)


def _read_entry(files: Files, cache: EntryCache, source: Source, month: str) -> list[Entry]:
    known = cache.recall(source.path, files.contents[source.path])
    if isinstance(known, Entry):
        return [known]
    read = _read_once(files, cache, source, EntryFields)
    if not read.is_there:
        return []
    slug = slug_of(source.path)
    entry = Entry(**vars(read.fields), path=source.path, edition=month, slug=slug, body=read.body, places=read.places)
    cache.made[source.path] = (files.contents[source.path], entry)
    return [entry]


def _read_edition(files: Files, cache: EntryCache, source: Source, month: str) -> Edition:
    known = cache.recall(source.path, files.contents[source.path])
    if isinstance(known, Edition):
        return known
    read = _read_once(files, cache, source, EditionFields, required=False)
    edition = Edition(**vars(read.fields), path=source.path, month=month, body=read.body, places=read.places)
    cache.made[source.path] = (files.contents[source.path], edition)
    return edition


def read_modules(files: Files) -> list[TrainingModule]:
    """`training/<slug>.md`, by number."""
    modules = [
        TrainingModule(**vars(fields), path=source.path, slug=slug_of(source.path), body=body, places=places)
        for source, fields, places, body in _iter_folder(files, "training", TrainingModuleFields)
    ]
    return sorted(modules, key=lambda module: (module.number, module.slug))


def read_studies(files: Files, registry: dict[str, RegistryRecord]) -> list[Study]:
    """`studies/<slug>.md`, each with the registry's record if there is one."""
    return [
        Study(
            **vars(fields),
            path=source.path,
            slug=slug_of(source.path),
            body=body,
            places=places,
            record=registry.get(fields.registry),
        )
        for source, fields, places, body in _iter_folder(files, "studies", StudyFields)
    ]


def read_pages(files: Files) -> list[FreePage]:
    """`pages/<slug>.md`."""
    return [
        FreePage(**vars(fields), path=source.path, slug=slug_of(source.path), body=body, places=places)
        for source, fields, places, body in _iter_folder(files, "pages", FreePageFields)
    ]


def _iter_folder(files: Files, folder: str, cls: type[F]) -> list[tuple[Source, F, Places, Body]]:
    found = []
    for path in files.under(folder, ".md"):
        if path.count("/") != 1:
            files.problems.append(
                Problem(
                    "file-ignored",
                    Severity.WARNING,
                    Span(path),
                    f"'{path}' is not read: pages stand in {folder}/ itself",
                    fix=f"move it to {folder}/",
                )
            )
            continue
        source = files.read(path)
        if source is None or not _slug_is_sound(files, path):
            continue
        read = _read_document(files, source, cls)
        if read.is_there:
            found.append((source, read.fields, read.places, read.body))
    return found
