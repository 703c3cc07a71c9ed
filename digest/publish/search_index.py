"""Entries to the readers' search index, `/pagefind/`: bundles in the cache, of which only those are made that changed.

The newest bundle lies where Pagefind expects its only one; each of the others, in a folder named by its first year, is
merged into it in the browser. A bundle of the cache is used again if it is the bundle of the same entries, made by the
same program, and if what lies there is what was put there.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from digest.errors import SearchIndexFailed
from digest.pages import SearchBundle, Site, iter_search_bundles
from digest.publish.outputs import Copy
from digest.publish.pagefind_files import UnknownFormat, tidy_bundle
from digest.publish.pagefind_program import CHUNK_SIZE, WITHOUT, PagefindRuns, pagefind_version
from digest.read import program_fingerprint

BUNDLES = "bundles"
"""Folder in the cache: what is published at `/pagefind/`."""
MAKING = "making"
STATE = "state.json"
PROCESSES = 2
"""At most; each takes a processor."""

Sums = dict[str, str]
"""SHA-256 of each file of a bundle, by path."""
State = dict[str, list[str]]
"""Of each bundle in the cache, by folder: the fingerprint of what it was made of, and the sum of its files."""


def start_search_index(site: Site, cache: Path) -> "PendingIndex":
    """Begin to make what has changed of the index: documents are rendered now, the rest goes on in the background."""
    bundles = list(iter_search_bundles(site.links, site.bodies))
    pending = PendingIndex(cache, {bundle.folder: _fingerprint(bundle) for bundle in bundles})
    try:
        for bundle in bundles:
            if not pending.has(bundle.folder):
                pending.make(bundle)
    except BaseException:
        pending.stop()
        raise
    return pending


def write_search_index(site: Site, cache: Path, target: Path) -> None:
    """Put the index of all entries into `target`/pagefind. Raises SearchIndexFailed."""
    with start_search_index(site, cache) as pending:
        folder = pending.finish()
    if folder is not None:
        shutil.copytree(folder, target / "pagefind")


class PendingIndex:
    """An index that is being made. As a context it stops, at its end, what has not been finished."""

    def __init__(self, cache: Path, wanted: Mapping[str, str]) -> None:
        self._cache = cache
        self._wanted = wanted
        self._state = _read_state(cache)
        self._runs = PagefindRuns()
        self._threads = ThreadPoolExecutor(max_workers=max(1, min(PROCESSES, os.cpu_count() or 1)))
        self._made: dict[str, Future[Sums]] = {}
        self._sums: dict[str, Sums] = {}
        for folder in (cache / MAKING, cache / BUNDLES):
            if folder.is_symlink():
                folder.unlink()  # nothing is written elsewhere
        shutil.rmtree(cache / MAKING, ignore_errors=True)

    def has(self, folder: str) -> bool:
        """Whether the cache has this bundle, whole and up to date."""
        fingerprint, expected = self._state.get(folder, ("", ""))
        if fingerprint != self._wanted[folder]:
            return False
        self._sums[folder] = _sum_files(self._cache / BUNDLES, folder)
        return _total(self._sums[folder]) == expected

    def make(self, bundle: SearchBundle) -> None:
        """Render the documents of a bundle, and let it be made meanwhile."""
        pages = [(document.address, document.html()) for document in bundle.documents]
        names = {document.address: document.name for document in bundle.documents}
        self._made[bundle.folder] = self._threads.submit(self._make, bundle.folder, pages, names)

    def finish(self) -> Path | None:
        """Wait; gives the folder to be published at `/pagefind/`, or None if there is no entry.

        The folder is changed by the next build. Raises SearchIndexFailed, and leaves the cache as it was.
        """
        try:
            made = {folder: future.result() for folder, future in self._made.items()}
            self._sums |= made
            if made or self._state.keys() - self._wanted.keys():
                self._keep(made)
        except OSError as error:
            message = f"the search index cannot be kept in {self._cache}: {error.strerror or error}"
            raise SearchIndexFailed(message, f"check the folder; {WITHOUT}") from error
        finally:
            self.stop()
        return self._cache / BUNDLES if self._wanted else None

    def copies(self) -> dict[str, Copy]:
        """Wait; gives what is to be published, by path on the site. Raises SearchIndexFailed."""
        bundles = self.finish()
        if bundles is None:
            return {}
        paths = {
            f"{folder}/{path}" if folder else path: content
            for folder, sums in self._sums.items()
            for path, content in sums.items()
        }
        return {f"pagefind/{path}": Copy(bundles / path, content) for path, content in paths.items()}

    def stop(self) -> None:
        """End what still runs."""
        self._runs.stop()
        self._threads.shutdown(cancel_futures=True)
        shutil.rmtree(self._cache / MAKING, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _make(self, folder: str, pages: Iterable[tuple[str, str]], names: Mapping[str, str]) -> Sums:
        """Make one bundle beside those in use; gives the sums of its files."""
        target = self._cache / MAKING / (folder or "newest")
        try:
            target.mkdir(parents=True)
            self._runs.index(pages, target / "index")
            tidy_bundle(target / "index", names, first=not folder)
            return _sum_files(target, "index") if folder else _sum_files(target / "index", "")
        except (UnknownFormat, OSError, ValueError, LookupError) as error:
            message = f"what the program Pagefind wrote cannot be read: {error!r}"
            raise SearchIndexFailed(message, WITHOUT) from error

    def _keep(self, made: Mapping[str, Sums]) -> None:
        """Put new bundles in the places of old ones. Until all is there, no trust is put in what changes."""
        state = {folder: kept for folder, kept in self._state.items() if folder in self._wanted and folder not in made}
        _write_state(self._cache, state)
        bundles = self._cache / BUNDLES
        bundles.mkdir(exist_ok=True)
        for path in bundles.iterdir():
            if (path.name if _is_settled(path.name) else "") not in state:
                _remove(path)
        for folder, sums in made.items():
            new = self._cache / MAKING / (folder or "newest") / "index"
            if folder:
                new.rename(bundles / folder)
            else:
                for path in new.iterdir():
                    path.rename(bundles / path.name)
            state[folder] = [self._wanted[folder], _total(sums)]
        _write_state(self._cache, state)


def _fingerprint(bundle: SearchBundle) -> str:
    """Of all that a bundle is made of."""
    parts = [_program(), pagefind_version(), str(CHUNK_SIZE), bundle.folder]
    parts += [document.fingerprint for document in bundle.documents]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _program() -> str:
    try:
        return program_fingerprint()
    except OSError:
        return os.urandom(16).hex()  # nothing that is kept is from this program


def _is_settled(name: str) -> bool:
    """Whether this, in the folder of bundles, is a bundle by itself; everything else is part of the newest."""
    return name.isdigit()


def _sum_files(bundles: Path, folder: str) -> Sums:
    """Of all files of a bundle; nothing if they cannot be read."""
    found: Sums = {}
    try:
        if folder:
            _add_folder(found, f"{bundles}/{folder}", "")
        else:
            for entry in [*os.scandir(bundles)]:
                if not _is_settled(entry.name):
                    _add(found, entry, "")
    except OSError:
        return {}
    return found


def _add_folder(found: Sums, folder: str, below: str) -> None:
    for entry in [*os.scandir(folder)]:
        _add(found, entry, below)


def _add(found: Sums, entry: os.DirEntry[str], below: str) -> None:
    path = f"{below}{entry.name}"
    if entry.is_symlink():
        raise OSError
    if entry.is_dir():
        _add_folder(found, entry.path, f"{path}/")
    else:
        with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - ten thousand Paths take their time
            found[path] = hashlib.sha256(file.read()).hexdigest()


def _total(sums: Sums) -> str:
    """One sum for all."""
    return hashlib.sha256(repr(sorted(sums.items())).encode("utf-8", "surrogateescape")).hexdigest()


def _read_state(cache: Path) -> State:
    """What the cache says it holds; nothing if it says nothing that can be understood."""
    try:
        state = json.loads((cache / STATE).read_text(encoding="utf-8"))
        found: State = {}
        for folder, (fingerprint, expected) in state.items():
            if not folder or _is_settled(folder):
                found[folder] = [str(fingerprint), str(expected)]
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return found


def _write_state(cache: Path, state: State) -> None:
    new = cache / f"{STATE}.new"
    with suppress(FileNotFoundError):
        new.unlink()
    new.write_text(json.dumps(state), encoding="utf-8")
    new.replace(cache / STATE)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
