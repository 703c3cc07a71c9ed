"""Waiting until something changes in a digest's folder.

The only import of watchdog, which hears of changes from the system; where it hears nothing (a network drive) a slow
look at the files' times still finds them.
"""

import os
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from digest.read import CONTENT_FOLDERS

WATCHED = (*CONTENT_FOLDERS, "theme")
SETTLING = 0.02
"""Seconds without another change: saving a file is several, one after the other."""
SLOW_LOOK = 2.0
"""Seconds between two looks of our own."""

Look = Mapping[str, tuple[int, int]]
"""Path to time of change and size."""


class Watch(FileSystemEventHandler):
    """Watches what a build depends on."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._heard = threading.Event()
        self._observer = Observer()
        self._seen: Look = {}

    def __enter__(self) -> Self:
        self._observer.schedule(self, str(self._root), recursive=False)
        for folder in WATCHED:
            if (self._root / folder).is_dir():
                self._observer.schedule(self, str(self._root / folder), recursive=True)
        self._observer.start()
        self._seen = look(self._root)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by watchdog, in a thread of its own."""
        path = Path(os.fsdecode(event.src_path))
        is_ours = self._root not in (path, path.parent) or path.name == "mkdocs.yml"
        if is_ours and event.event_type in {"created", "modified", "moved", "deleted"}:
            self._heard.set()

    def wait(self) -> None:
        """Come back when something has changed, and has settled."""
        while not self._heard.wait(SLOW_LOOK):
            before, self._seen = self._seen, look(self._root)
            if before and self._seen != before:
                return
        while self._heard.is_set():
            self._heard.clear()
            time.sleep(SETTLING)
        self._seen = {}  # what was heard of must not be found again


def look(root: Path) -> Look:
    """Every file that a build depends on."""
    found = {}
    for path in ("mkdocs.yml", *WATCHED):
        for entry_path, stat in _iter_files(root / path):
            found[entry_path] = (stat.st_mtime_ns, stat.st_size)
    return found


def _iter_files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Files may vanish while they are looked at: editors save by renaming."""
    try:
        if not path.is_dir():
            yield str(path), path.stat()
            return
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    yield from _iter_files(Path(entry.path))
                else:
                    yield entry.path, entry.stat()
    except OSError:
        return
