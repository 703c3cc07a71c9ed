"""Large `.bib` files, parsed once: what one gave is kept in the digest's cache until it, or this program, changes.

Takes a `Source`; gives what `parse_bibliography` gives. What is kept is plain data (JSON), never code: the folder may
come with somebody's repository. Each `.bib` file has one file, whose first line is the SHA-256 of everything that the
result depends on and of the lines below. A file whose first line is another (damaged, cut off, of another text or
version) is as good as none, and so is one that does not fit the model. No path stands in it, so that nothing kept can
point at, or mend, another file. Never raises: where nothing can be written, nothing is kept.
"""

import gc
import hashlib
import importlib.metadata
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, lru_cache
from pathlib import Path

from digest.model.source import Source
from digest.read.bibliography import parse_bibliography
from digest.read.plain_data import NOT_THIS_FORM, Parsed, from_plain_data, to_plain_data

FOLDER = ".digest/cache/read"
"""Below the digest's folder."""
SMALLEST = 64 * 1024
"""Characters; a smaller file is parsed as quickly as looked up."""
LARGEST = 512 * 1024 * 1024
"""Bytes; nothing that is kept is larger."""
PACKAGES = ("digest-evidence", "bibtexparser", "pylatexenc")
_SEAL = 64
"""Length of the first line."""


class ReadingCache:
    """What the `.bib` files of one digest gave when they were read last."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._current: set[str] = set()
        self._wrote = False

    def parse(self, source: Source) -> Parsed:
        """As `parse_bibliography`, from the cache where that is sure to be the same."""
        if len(source.text) < SMALLEST or self._folder is None:
            return parse_bibliography(source)
        file = self._folder / f"{hashlib.sha256(source.path.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"
        self._current.add(file.name)
        try:
            key = _key(source)
        except (OSError, ImportError):  # the program's own code or versions are not to be had
            return parse_bibliography(source)
        parsed = _find(file, key, source)
        if parsed is None:
            parsed = parse_bibliography(source)
            with suppress(OSError, *NOT_THIS_FORM):
                _write(file, key, json.dumps(to_plain_data(parsed, source), ensure_ascii=False, separators=(",", ":")))
                self._wrote = True
        return parsed

    def forget_others(self) -> None:
        """Throw away what is left of `.bib` files that are gone, and of writing that was cut off."""
        if self._folder is not None and self._wrote:
            with suppress(OSError):
                for file in self._folder.iterdir():
                    if file.name not in self._current and file.suffix in {".json", ".partial"}:
                        file.unlink()

    @cached_property
    def _folder(self) -> Path | None:
        """Only within the digest: a link that leads out of it is not followed."""
        folder = self._root / FOLDER
        try:
            return folder if folder.resolve().is_relative_to(self._root.resolve()) else None
        except (OSError, RuntimeError):
            return None


def _key(source: Source) -> bytes:
    """Of everything that the result depends on."""
    text = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    return json.dumps([_fingerprint(), source.path, text]).encode()


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    """Of the program that reads: versions, and the code of this room and of the model."""
    versions = [importlib.metadata.version(package) for package in PACKAGES]
    found = hashlib.sha256(json.dumps([*versions, platform.python_version(), sys.byteorder]).encode())
    room = Path(__file__).parent
    for file in (*sorted(room.glob("*.py")), *sorted((room.parent / "model").glob("*.py")), room.parent / "problem.py"):
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _seal(key: bytes, body: bytes | memoryview) -> bytes:
    seal = hashlib.sha256(hashlib.sha256(key).digest())
    seal.update(body)
    return seal.hexdigest().encode()


def _find(file: Path, key: bytes, source: Source) -> Parsed | None:
    """What is kept under this key, or None."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return None
        content = memoryview(file.read_bytes())
        body = content[_SEAL + 1 :]
        if content[: _SEAL + 1] != _seal(key, body) + b"\n":
            return None
        with _no_collecting():
            return from_plain_data(json.loads(str(body, "utf-8", "surrogatepass")), source)
    except (OSError, *NOT_THIS_FORM):
        return None


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the garbage collector, which goes through all that is made, again and again: half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write(file: Path, key: bytes, text: str) -> None:
    """In one step: another process sees the old file or the new one."""
    body = text.encode("utf-8", "surrogatepass")
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=".", suffix=".partial", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(_seal(key, body) + b"\n")
            new.write(body)
        Path(partial).replace(file)
    finally:
        Path(partial).unlink(missing_ok=True)
