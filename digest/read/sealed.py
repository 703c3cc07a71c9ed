"""Plain data kept in a folder of the cache, and believed only when it is sure to be what was put there.

Takes and gives JSON, never code: the folder may come with somebody's repository. The first line of a file is the
SHA-256 of a key, which names everything that the data depends on, and of the lines below. A file whose first line is
another (damaged, cut off, made of another text or by another version) is as good as none. Never raises: where nothing
can be written, nothing is kept.
"""

import gc
import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

NOT_THIS_FORM = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, MemoryError)
"""What reading data raises that has another form than it should, whoever wrote it."""
LARGEST = 512 * 1024 * 1024
"""Bytes; nothing that is kept is larger."""
_SEAL = 64
"""Length of the first line."""


class SealedFolder:
    """A folder of sealed files below a digest's own."""

    def __init__(self, root: Path, folder: str) -> None:
        self._root = root
        self._name = folder

    @cached_property
    def path(self) -> Path | None:
        """Only within the digest: a link that leads out of it is not followed."""
        folder = self._root / self._name
        try:
            return folder if folder.resolve().is_relative_to(self._root.resolve()) else None
        except (OSError, RuntimeError):
            return None

    def can_be_written(self) -> bool:
        """Whether something can be kept."""
        with suppress(OSError):
            if self.path is not None:
                self.path.mkdir(parents=True, exist_ok=True)
                return os.access(self.path, os.W_OK)
        return False

    def read(self, name: str, key: bytes) -> Any:
        """What is kept under this name and key, or None."""
        try:
            if self.path is None:
                return None
            file = self.path / name
            if not file.is_file() or file.stat().st_size > LARGEST:
                return None
            content = memoryview(file.read_bytes())
            body = content[_SEAL + 1 :]
            if content[: _SEAL + 1] != _seal(key, body) + b"\n":
                return None
            with no_collecting():
                return json.loads(str(body, "utf-8", "surrogatepass"))
        except (OSError, *NOT_THIS_FORM):
            return None

    def write(self, name: str, key: bytes, data: object) -> bool:
        """Keep plain data, in one step: another process sees the old file or the new one. False if that cannot be."""
        if self.path is None:
            return False
        try:
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            body = text.encode("utf-8", "surrogatepass")
            self.path.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(prefix=".", suffix=".partial", dir=self.path)
            try:
                with os.fdopen(handle, "wb") as new:
                    new.write(_seal(key, body) + b"\n")
                    new.write(body)
                Path(partial).replace(self.path / name)
            finally:
                Path(partial).unlink(missing_ok=True)
        except (OSError, *NOT_THIS_FORM):
            return False
        return True

    def forget_others(self, names: Collection[str]) -> None:
        """Throw away what has none of these names, and what is left of writing that was cut off."""
        with suppress(OSError):
            for file in self.path.iterdir() if self.path is not None else ():
                if file.name not in names and file.suffix in {".json", ".partial"}:
                    file.unlink()


def _seal(key: bytes, body: bytes | memoryview) -> bytes:
    seal = hashlib.sha256(hashlib.sha256(key).digest())
    seal.update(body)
    return seal.hexdigest().encode()


@contextmanager
def no_collecting() -> Iterator[None]:
    """Without the garbage collector, which goes through all that is made, again and again: half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
