"""Where a link or an image that leads nowhere was probably meant to lead."""

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from urllib.parse import unquote

from digest.check.near import Names
from digest.model.library import Library
from digest.model.lookup import Lookup
from digest.read.library import ASSETS


class Destinations:
    """Files that a text can point at, by their names: documents and assets, or files with some endings only."""

    def __init__(self, library: Library, lookup: Lookup, endings: tuple[str, ...] = ()) -> None:
        self._library = library
        self._lookup = lookup
        self._endings = endings

    def nearest(self, path: str, destination: str) -> str:
        """What to write in the file `path` in place of a destination, or nothing if no guess is sure."""
        address, sign, anchor = destination.partition("#")
        if address.startswith("/") and not self._endings:
            found = self._addresses.nearest(address)
            return f"{found}{sign}{anchor}" if found else ""
        found = self._nearest_file(unquote(address.partition("?")[0]))
        return f"{posixpath.relpath(found, posixpath.dirname(path))}{sign}{anchor}" if found else ""

    def _nearest_file(self, written: str) -> str:
        name = posixpath.basename(written.rstrip("/"))
        paths = self._paths.get(name) or self._paths.get(f"{name}.md") or self._paths.get(self._names.nearest(name), ())
        return paths[0] if len(paths) == 1 else ""

    @cached_property
    def _paths(self) -> Mapping[str, Sequence[str]]:
        """The files by the last part of their paths."""
        found: dict[str, list[str]] = defaultdict(list)
        files = [path for path in self._library.files if path.lower().endswith(self._endings or ASSETS)]
        for path in sorted(files if self._endings else (*files, *self._lookup.documents)):
            found[posixpath.basename(path)].append(path)
        return dict(found)

    @cached_property
    def _names(self) -> Names:
        return Names(self._paths)

    @cached_property
    def _addresses(self) -> Names:
        return Names(self._lookup.addresses)
