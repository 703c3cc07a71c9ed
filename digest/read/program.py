"""Which program this is: what it made may be used again only by the same."""

import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ENDINGS = (".py", ".html", ".js", ".css", ".svg", ".json")
INSTALLED = (".dist-info", ".egg-info")
"""A package that pip has installed says its name and version by a folder of this kind."""


@cache
def program_fingerprint() -> str:
    """SHA-256 of code, templates and theme, and of the names and versions of all packages. Raises OSError."""
    versions = [platform.python_version(), sys.byteorder, *_installed_packages()]
    found = hashlib.sha256("\n".join(versions).encode("utf-8", "surrogatepass"))
    package = str(Path(__file__).parents[1])
    for path in sorted(_iter_files(package)):
        found.update(path.removeprefix(package).encode("utf-8", "surrogatepass") + b"\0" + _read(path))
    return found.hexdigest()


def _installed_packages() -> list[str]:
    """As `name-version.dist-info`, without importing what would read the rest of it."""
    folders = [folder for folder in sys.path if os.path.isdir(folder)]  # noqa: PTH112 - every start does this
    return sorted({name for folder in folders for name in os.listdir(folder) if name.endswith(INSTALLED)})  # noqa: PTH208 - as above


def _iter_files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                yield from _iter_files(each.path)
            elif each.name.endswith(ENDINGS):
                yield each.path


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - five hundred of them at every start
        return file.read()
