"""What changed in a digest's folder since the last look."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from digest.read import CONTENT_FOLDERS

WATCHED = (*CONTENT_FOLDERS, "theme")

Look = Mapping[str, tuple[int, int]]
"""Path to time of change and size."""


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


def changed_paths(before: Look, after: Look) -> list[str]:
    """Paths that came, went, or are not what they were."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
