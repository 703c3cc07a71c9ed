"""The site's folder, and a spare one beside it in which the next site is put together.

Both hold hard links to the same files as far as they are the same, so that a build writes only what changed, and the
complete new site takes the old one's place in one step. A file is known by its size and its time of change, which no
two files of the same path share; who changes one by hand and sets both back deceives it until `--clean`.
"""

import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """How a file on the disk is recognised."""

    size: int
    changed: int
    """Nanoseconds."""


NOT_THERE = Stamp(-1, 0)


@dataclass
class Tree:
    """A folder and the files in it, by their paths."""

    folder: Path
    stamps: dict[str, Stamp]
    folders: set[str]

    def keep(self, path: str, other: "Tree") -> None:
        """Make a file the one that the other tree holds at the same path."""
        stamp = other.stamps[path]
        if self.stamps.get(path) != stamp:
            self._clear(path)
            source, target = f"{other.folder}/{path}", f"{self.folder}/{path}"
            try:
                os.link(source, target, follow_symlinks=False)
            except OSError:  # a file system without hard links
                shutil.copy2(source, target)
            self.stamps[path] = stamp

    def write(self, path: str, content: bytes) -> Stamp:
        """Write a file anew; whoever else holds the old one keeps it."""
        self._clear(path)
        with open(f"{self.folder}/{path}", "xb", buffering=0) as file:  # noqa: PTH123 - a third of pathlib's cost
            file.write(content)
            found = os.fstat(file.fileno())
        stamp = self.stamps[path] = Stamp(found.st_size, found.st_mtime_ns)
        return stamp

    def note(self, path: str, stamp: Stamp) -> None:
        """A file that another process put here."""
        self.stamps[path] = stamp
        if path.rpartition("/")[0] not in self.folders:
            self.folders.update(_folders_of(path))

    def _clear(self, path: str) -> None:
        """Make room for a file, whatever stood in its place or in that of a folder above it."""
        if path in self.stamps:
            self._remove(path)
        elif path in self.folders:
            shutil.rmtree(f"{self.folder}/{path}")
            self.stamps = {other: stamp for other, stamp in self.stamps.items() if not other.startswith(f"{path}/")}
            self.folders = {other for other in self.folders if other != path and not other.startswith(f"{path}/")}
        folder = path.rpartition("/")[0]
        if folder not in self.folders:
            for above in _folders_of(path):
                if above in self.stamps:
                    self._remove(above)
            os.makedirs(f"{self.folder}/{folder}", exist_ok=True)  # noqa: PTH103 - as below
            self.folders.update(_folders_of(path))

    def _remove(self, path: str) -> None:
        with suppress(FileNotFoundError):  # another worker was there first
            os.unlink(f"{self.folder}/{path}")  # noqa: PTH108 - a path as text, for speed
        del self.stamps[path]

    def remove_others(self, paths: Collection[str]) -> int:
        """Remove every file but these, and the folders that are empty then; gives how many files that were."""
        gone = [path for path in self.stamps if path not in paths]
        for path in gone:
            self._remove(path)
        parents = {path[: path.rfind("/") + 1] for path in paths}
        wanted = {folder for parent in parents for folder in _folders_of(parent)}
        for folder in sorted(self.folders - wanted, reverse=True):
            os.rmdir(f"{self.folder}/{folder}")  # noqa: PTH106 - as above
            self.folders.discard(folder)
        return len(gone)


def _folders_of(path: str) -> Iterable[str]:
    """Every folder that a file stands in, the root's empty name included."""
    yield ""
    position = path.find("/")
    while position != -1:
        yield path[:position]
        position = path.find("/", position + 1)


def look_at(folder: Path) -> Tree:
    """What a folder holds; nothing, if it is not there. A link in it is a file like any other, and never followed."""
    tree = Tree(folder, {}, set())
    if folder.is_dir() and not folder.is_symlink():
        tree.folders.add("")
        _look(tree, str(folder), "")
    return tree


def _look(tree: Tree, folder: str, prefix: str) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                tree.folders.add(path)
                _look(tree, entry.path, path + "/")
            else:
                found = entry.stat(follow_symlinks=False)
                tree.stamps[path] = Stamp(found.st_size, found.st_mtime_ns)
