"""The index in the cache, and how it follows the files.

Beside Whoosh's files stands `state.json`, small, and enough to say that nothing changed: one sum of what the system
says of all files (size, times, inode), and the same of Whoosh's own. `details.json` holds the hash of every file that
was indexed and a stamp of every document; it is read when something looks changed. A file that changed shortly before
it was looked at may change once more without a sign of it, and is hashed the next time (as Git does). Which files there
are is kept with what the system says of their folders.

Whoosh's files hold pickles, which run code when they are read: they are opened only if the system says the same of
them as when we wrote them. A copied, unpacked or damaged index therefore never opens; it is made anew.
"""

import hashlib
import importlib.metadata
import json
import marshal
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.errors import DigestError
from digest.model.entry import Entry
from digest.read import CONTENT_FOLDERS, list_files, no_collecting, read_library, read_some_entries
from digest.search.document import SCHEMA, Terms, make_document, stamp, terms_of
from digest.search.quiet import FileStorage
from digest.search.storage import Signature, Storage, sign_files

CACHE = ".digest/cache/search"
FORM = "2"
"""To be raised when fields or analysis change."""
CONFIGURATION = "mkdocs.yml"
VOCABULARY = ("vocabulary/topics.yml", "vocabulary/research-types.yml")
PATHS = "paths.txt"
PATIENCE = 60
"""Seconds to wait for another process that is at the index."""
MEMORY = 256
"""Megabytes for a writer: fewer, and the first index takes longer."""
UNSETTLED = 2_000_000_000
"""Nanoseconds within which a file may change twice at one time, as coarse file systems tell it."""

OnProgress = Callable[[int, int], None]
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class EntryIndex:
    """An index that agrees with the files."""

    whoosh: Any
    names: Names
    """`topic` and `type`: id by every name, folded."""
    written: int
    """How many documents had to be written or removed for that."""

    def close(self) -> None:
        """Close its files: for when they turned out to be damaged."""
        self.whoosh.storage.close_all()


@dataclass(frozen=True)
class _State:
    """What `state.json` holds."""

    made_by: list[str]
    files: str
    """Sum of the signatures of all files; nothing if one of them was not settled yet."""
    whoosh: dict[str, Signature]
    names: Names
    details: str
    """SHA-256 of `details.json`."""


@dataclass(frozen=True)
class _Details:
    """What `details.json` holds."""

    files: dict[str, tuple[Signature, str]]
    """Signature and SHA-256 of each; no signature if it was not settled."""
    documents: dict[str, str]
    terms: dict[str, Any]


@dataclass(frozen=True)
class _Look:
    """The files that the index depends on, as the system tells of them at one moment."""

    signatures: dict[str, Signature]
    folders: dict[str, Signature]
    """All folders that a new file may be in; none if that cannot be told from folders."""
    settled_before: int

    @property
    def sum(self) -> str:
        """One for all of them."""
        return hashlib.sha256(marshal.dumps(self.signatures, 2)).hexdigest()  # the quickest way to bytes; never read

    def is_settled(self, signature: Signature) -> bool:
        """Whether a change from now on would show."""
        return not signature or max(signature[1:3]) < self.settled_before


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
        if not fresh:
            storage = Storage(folder / "index")
            try:
                found = _follow(root, folder, storage)
            except Exception:  # noqa: BLE001 - a damaged index can fail in any way; it is a cache
                storage.close_all()
                found = None
            if found is not None:
                return found
        return _rebuild(root, folder, on_progress)
    finally:
        lock.release()


def _look(root: Path, folders: dict[str, Signature] | None = None, paths: Sequence[str] = ()) -> _Look:
    """Look at every file that the index depends on: at those of `paths` if the `folders` look as they did."""
    now = time.time_ns()
    digest = str(root)
    if not folders or any(_sign(digest, name) != signature for name, signature in folders.items()):
        folders = _find_folders(root)
        paths = [*filter(_counts, list_files(root).paths), CONFIGURATION]
    with no_collecting():
        signatures = {path: signature for path in paths if (signature := _sign(digest, path))}
    return _Look(signatures, folders, now - UNSETTLED)


def _find_folders(root: Path) -> dict[str, Signature]:
    """The folders of the digest; none if a link leads to one of them, as its files are not below it."""
    found = {}
    for top in CONTENT_FOLDERS:
        found[top] = _sign(str(root), top)
        for where, names, _ in os.walk(root / top):
            for name in names:
                if Path(where, name).is_symlink():
                    return {}
                below = Path(where, name).relative_to(root).as_posix()
                found[below] = _sign(str(root), below)
    return found


def _sign(root: str, path: str) -> Signature:
    """Size, times and inode; nothing of what is not there."""
    try:
        status = os.stat(f"{root}/{path}")  # noqa: PTH116 - ten thousand times; a third of pathlib's cost
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _hash_files(
    root: Path, look: _Look, known: Mapping[str, tuple[Signature, str]]
) -> dict[str, tuple[Signature, str]]:
    """The SHA-256 of every file; of those that look as they did, the one that is known."""
    hashed = {}
    for path, signature in look.signatures.items():
        before, content = known.get(path, ([], ""))
        if before != signature:
            try:
                content = hashlib.sha256((root / path).read_bytes()).hexdigest()
            except OSError:
                continue
        hashed[path] = (signature if look.is_settled(signature) else [], content)
    return hashed


def _counts(path: str) -> bool:
    return (
        (path.startswith("entries/") and path.endswith(".md"))
        or (path.startswith("bib/") and path.endswith(".bib"))
        or path in VOCABULARY
    )


def _follow(root: Path, folder: Path, storage: Storage) -> EntryIndex | None:
    """The index as it is, with what changed since; None if there is none to be trusted."""
    state = _read_state(folder)
    if state is None or state.made_by != _made_by() or sign_files(folder / "index") != state.whoosh or not state.whoosh:
        return None
    whoosh = storage.open_index(schema=SCHEMA)
    if state.files == _look(root, *_read_paths(folder)).sum:
        return EntryIndex(whoosh, state.names, 0)
    look = _look(root)
    details = _read_details(folder, state)
    files = _hash_files(root, look, details.files)
    known = {path: content for path, (_, content) in details.files.items()}
    current = {path: content for path, (_, content) in files.items()}
    changed = {path for path in current.keys() | known.keys() if current.get(path) != known.get(path)}
    terms = Terms(**details.terms)
    documents = {path: stamped for path, stamped in details.documents.items() if path not in changed}
    if all(path.startswith("entries/") for path in changed):
        entries: Iterable[Entry] = read_some_entries(root, [path for path in changed if path in current])
    else:
        library, _ = read_library(root)
        before, terms = terms, terms_of(library)
        entries = [entry for entry in library.entries if entry.path not in documents]
        entries += _iter_concerned(library.entries, before, terms)
        paths = {entry.path for entry in library.entries}
        documents = {path: stamped for path, stamped in documents.items() if path in paths}
    made = {entry.path: make_document(entry, terms) for entry in entries}
    documents |= {path: stamp(document) for path, document in made.items()}
    gone = [path for path in details.documents if path not in documents]
    new = [document for path, document in made.items() if details.documents.get(path) != documents[path]]
    if gone or new:
        (folder / "state.json").unlink()  # until all is written, there is no index to be trusted
        _write_documents(whoosh, gone, new)
        whoosh = whoosh.refresh()
    _write_state(folder, look, _Details(files, documents, vars(terms)))
    return EntryIndex(whoosh, terms.names, len(gone) + len(new))


def _iter_concerned(entries: Iterable[Entry], before: Terms, after: Terms) -> Iterator[Entry]:
    """The entries that name something that changed."""
    references = _differing(before.references, after.references)
    topics = _differing(before.topics, after.topics)
    types = _differing(before.types, after.types)
    for entry in entries:
        if (
            before.implications != after.implications
            or not references.isdisjoint(entry.citations)
            or not topics.isdisjoint(entry.topics)
            or not types.isdisjoint(entry.research_types)
        ):
            yield entry


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _write_documents(whoosh: Any, gone: Iterable[str], new: Iterable[Mapping[str, Any]]) -> None:
    with whoosh.writer(limitmb=MEMORY) as writer:
        for path in gone:
            writer.delete_by_term("path", path)
        for document in new:
            writer.update_document(**document)


def _rebuild(root: Path, folder: Path, on_progress: OnProgress | None) -> EntryIndex:
    (folder / "state.json").unlink(missing_ok=True)
    if (folder / "index").is_symlink():
        (folder / "index").unlink()  # nothing is written elsewhere
    shutil.rmtree(folder / "index", ignore_errors=True)
    (folder / "index").mkdir(parents=True, exist_ok=True)
    look = _look(root)
    files = _hash_files(root, look, {})
    library, _ = read_library(root)
    terms = terms_of(library)
    whoosh = Storage(folder / "index").create_index(SCHEMA)
    documents = {}
    with whoosh.writer(limitmb=MEMORY) as writer:
        for number, entry in enumerate(library.entries, 1):
            document = make_document(entry, terms)
            documents[entry.path] = stamp(document)
            writer.add_document(**document)
            if on_progress is not None:
                on_progress(number, len(library.entries))
    _write_state(folder, look, _Details(files, documents, vars(terms)))
    return EntryIndex(whoosh.refresh(), terms.names, len(documents))


def _made_by() -> list[str]:
    """What an index must have been made by to be read."""
    return [FORM, *(importlib.metadata.version(package) for package in ("digest-evidence", "whoosh"))]


def _read_state(folder: Path) -> _State | None:
    try:
        return _State(**json.loads((folder / "state.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _read_paths(folder: Path) -> tuple[dict[str, Signature], list[str]]:
    """Folders and files as they were last; none if that cannot be read. A wrong path shows in the sum of all files."""
    try:
        first, *paths = (folder / PATHS).read_text(encoding="utf-8", errors="surrogatepass").split("\n")
        folders = json.loads(first)
    except (OSError, ValueError):
        return {}, []
    return (folders, paths) if isinstance(folders, dict) else ({}, [])


def _read_details(folder: Path, state: _State) -> _Details:
    """Raises ValueError if they are not those that belong to the state."""
    text = (folder / "details.json").read_bytes()
    if hashlib.sha256(text).hexdigest() != state.details:
        raise ValueError
    return _Details(**json.loads(text))


def _write_state(folder: Path, look: _Look, details: _Details) -> None:
    text = json.dumps(vars(details), ensure_ascii=False).encode("utf-8", "surrogatepass")
    settled = all(map(look.is_settled, look.signatures.values()))
    folders = look.folders if all(map(look.is_settled, look.folders.values())) else {}
    paths = "\n".join((json.dumps(folders), *look.signatures)).encode("utf-8", "surrogatepass")
    state = _State(
        _made_by(),
        look.sum if settled else "",
        sign_files(folder / "index"),
        details.terms["names"],
        hashlib.sha256(text).hexdigest(),
    )
    for name, content in ((PATHS, paths), ("details.json", text), ("state.json", json.dumps(vars(state)).encode())):
        new = folder / f"{name}.new"
        new.unlink(missing_ok=True)
        new.write_bytes(content)
        new.replace(folder / name)
