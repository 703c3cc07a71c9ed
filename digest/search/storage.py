"""The folder of Whoosh's own files: opened, signed, and closed again whatever was in them.

Whoosh leaves a file open whose content it cannot make sense of.
"""

from pathlib import Path
from typing import Any

from digest.search.quiet import FileStorage

Signature = list[int]
"""What the system says of a file. Nobody can give a file the inode and the times of another by copying it."""


class Storage(FileStorage):  # type: ignore[misc] # Whoosh has no types
    """Of an index in `folder`, without mapping: Whoosh would copy all of a mapped index before it reads from it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._opened: list[Any] = []

    def open_file(self, name: str, **options: Any) -> Any:
        """As Whoosh does it, to be closed by `close_all` if nobody else does."""
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    def close_all(self) -> None:
        """Close what is still open, once the index turned out to be damaged. (`close` is called by each reader.)"""
        for file in self._opened:
            if not file.is_closed:
                file.close()
        self._opened.clear()


def sign_files(folder: Path) -> dict[str, Signature]:
    """The signature of each of Whoosh's files."""
    found = {}
    for path in folder.iterdir():
        if not path.name.endswith("LOCK"):
            status = path.lstat()
            found[path.name] = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
    return found
