"""The index in the cache, and how it follows the files.

Beside Whoosh's files stands `state.json`: the hash of every file that was indexed, a stamp of every document, and of
Whoosh's own files what the system says of them (size, times, inode). Whoosh's files hold pickles, which run code when
they are read: they are opened only if the system says the same of them as when we wrote them. A copied, unpacked or
damaged index therefore never opens; it is made anew.
"""

import hashlib
import importlib.metadata
import json
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from digest.errors import DigestError
from digest.model.entry import Entry
from digest.read import list_files, read_library, read_some_entries
from digest.search.document import SCHEMA, Terms, make_document, stamp, terms_of
from digest.search.quiet import FileStorage, index

CACHE = ".digest/cache/search"
FORM = "1"
"""To be raised when fields or analysis change."""
CONFIGURATION = "mkdocs.yml"
VOCABULARY = ("vocabulary/topics.yml", "vocabulary/research-types.yml")
PATIENCE = 60
"""Seconds to wait for another process that is at the index."""
MEMORY = 256
"""Megabytes for a writer: fewer, and the first index takes longer."""

OnProgress = Callable[[int, int], None]
Stamps = dict[str, list[int]]


@dataclass(frozen=True)
class EntryIndex:
    """An index that agrees with the files."""

    whoosh: Any
    terms: Terms
    written: int
    """How many documents had to be written or removed for that."""


@dataclass(frozen=True)
class _State:
    """What `state.json` holds."""

    made_by: list[str]
    files: dict[str, str]
    documents: dict[str, str]
    terms: dict[str, Any]
    stamps: Stamps


def open_index(root: Path, on_progress: OnProgress | None = None, *, fresh: bool = False) -> EntryIndex:
    """The index of a digest, brought up to date; `fresh` makes it anew whatever there is.

    Raises DigestError if another process keeps it.
    """
    folder = root / CACHE
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileStorage(str(folder)).lock("lock")
    deadline = time.monotonic() + PATIENCE
    while not lock.acquire():
        if time.monotonic() > deadline:
            message = f"another process is at the search index in {folder}"
            raise DigestError(message, "wait for it, or end it and try again")
        time.sleep(0.05)
    try:
        files = _hash_files(root)
        if not fresh:
            try:
                found = _follow(root, folder, files)
            except Exception:  # noqa: BLE001 - a damaged index can fail in any way; it is a cache
                found = None
            if found is not None:
                return found
        return _rebuild(root, folder, files, on_progress)
    finally:
        lock.release()


def _hash_files(root: Path) -> dict[str, str]:
    """The SHA-256 of every file that the index depends on."""
    paths = [path for path in list_files(root).paths if _counts(path)]
    hashes = {}
    for path in [*paths, CONFIGURATION]:
        try:
            hashes[path] = hashlib.sha256((root / path).read_bytes()).hexdigest()
        except OSError:
            continue
    return hashes


def _counts(path: str) -> bool:
    return (
        (path.startswith("entries/") and path.endswith(".md"))
        or (path.startswith("bib/") and path.endswith(".bib"))
        or path in VOCABULARY
    )


def _follow(root: Path, folder: Path, files: dict[str, str]) -> EntryIndex | None:
    """The index as it is, with what changed since; None if there is none to be trusted."""
    state = _read_state(folder)
    if state is None or state.made_by != _made_by() or _stamps(folder) != state.stamps or not state.stamps:
        return None
    whoosh = index.open_dir(str(folder / "index"), schema=SCHEMA)
    terms = Terms(**state.terms)
    if files == state.files:
        return EntryIndex(whoosh, terms, 0)
    changed = {path for path in files.keys() | state.files.keys() if files.get(path) != state.files.get(path)}
    if all(path.startswith("entries/") for path in changed):
        entries: Iterable[Entry] = read_some_entries(root, [path for path in changed if path in files])
        documents = {path: stamped for path, stamped in state.documents.items() if path not in changed}
    else:
        library, _ = read_library(root)
        entries, documents, terms = library.entries, {}, terms_of(library)
    made = {entry.path: make_document(entry, terms) for entry in entries}
    documents |= {path: stamp(document) for path, document in made.items()}
    gone = [path for path in state.documents if path not in documents]
    new = [document for path, document in made.items() if state.documents.get(path) != documents[path]]
    if gone or new:
        (folder / "state.json").unlink()  # until all is written, there is no index to be trusted
        writer = whoosh.writer(limitmb=MEMORY)
        for path in gone:
            writer.delete_by_term("path", path)
        for document in new:
            writer.update_document(**document)
        writer.commit()
        whoosh = whoosh.refresh()
    _write_state(folder, files, documents, terms)
    return EntryIndex(whoosh, terms, len(gone) + len(new))


def _rebuild(root: Path, folder: Path, files: dict[str, str], on_progress: OnProgress | None) -> EntryIndex:
    (folder / "state.json").unlink(missing_ok=True)
    if (folder / "index").is_symlink():
        (folder / "index").unlink()  # nothing is written elsewhere
    shutil.rmtree(folder / "index", ignore_errors=True)
    (folder / "index").mkdir(parents=True, exist_ok=True)
    library, _ = read_library(root)
    terms = terms_of(library)
    whoosh = index.create_in(str(folder / "index"), SCHEMA)
    writer = whoosh.writer(limitmb=MEMORY)
    documents = {}
    for number, entry in enumerate(library.entries, 1):
        document = make_document(entry, terms)
        documents[entry.path] = stamp(document)
        writer.add_document(**document)
        if on_progress is not None:
            on_progress(number, len(library.entries))
    writer.commit()
    _write_state(folder, files, documents, terms)
    return EntryIndex(whoosh.refresh(), terms, len(documents))


def _made_by() -> list[str]:
    """What an index must have been made by to be read."""
    return [FORM, *(importlib.metadata.version(package) for package in ("digest-evidence", "whoosh"))]


def _stamps(folder: Path) -> Stamps:
    """What the system says of Whoosh's files: nobody can give a file these inodes and times of change by copying it."""
    found: Stamps = {}
    for path in (folder / "index").iterdir():
        if not path.name.endswith("LOCK"):
            status = path.lstat()
            found[path.name] = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
    return found


def _read_state(folder: Path) -> _State | None:
    try:
        return _State(**json.loads((folder / "state.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write_state(folder: Path, files: dict[str, str], documents: Mapping[str, str], terms: Terms) -> None:
    state = _State(_made_by(), files, dict(documents), asdict(terms), _stamps(folder))
    new = folder / "state.json.new"
    new.unlink(missing_ok=True)
    new.write_text(json.dumps(asdict(state), ensure_ascii=False), encoding="utf-8")
    new.replace(folder / "state.json")
