"""Large `.bib` files, parsed once: what one gave is kept in the digest's cache until it, or this program, changes.

Takes a `Source`; gives what `parse_bibliography` gives. Each `.bib` file has one sealed file; what does not fit the
model is as good as none. No path stands in it, so that nothing kept can point at, or mend, another file.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from digest.meanwhile import done_meanwhile
from digest.model.source import Source
from digest.on_demand import on_demand
from digest.read.plain_data import Parsed, from_plain_data, to_plain_data
from digest.read.program import program_fingerprint
from digest.read.sealed import NOT_THIS_FORM, SealedFolder, no_collecting

if TYPE_CHECKING:
    from digest.read import bibliography
else:
    bibliography = on_demand("digest.read.bibliography")

FOLDER = ".digest/cache/read"
"""Below the digest's folder."""
SMALLEST = 4 * 1024
"""Characters; a smaller file is not worth one in the cache."""
PAYS_FROM = 1024 * 1024
"""Characters; fewer are not worth a process."""


class ReadingCache:
    """What the `.bib` files of one digest gave when they were read last."""

    def __init__(self, root: Path) -> None:
        self._folder = SealedFolder(root, FOLDER)
        self._current: set[str] = set()
        self._wrote = False
        self._parsed: dict[str, tuple[Source, Parsed]] = {}

    def parse(self, source: Source) -> Parsed:
        """As `parse_bibliography`, from memory or the cache where that is sure to be the same."""
        known = self._parsed.get(source.path)
        if known is None or known[0] is not source:
            known = self._parsed[source.path] = (source, self._parse(source))
        return known[1]

    @contextmanager
    def parsed_meanwhile(self, sources: Sequence[Source]) -> Iterator[None]:
        """While something else is done, another process parses what nothing is kept of, for `parse` to find it."""
        new = [source for source in sources if len(source.text) >= SMALLEST and not self._is_kept(source)]
        if sum(len(source.text) for source in new) < PAYS_FROM or not self._folder.can_be_written():
            yield
            return
        self._wrote = True
        with done_meanwhile(lambda: [self._parse(source) for source in new]):
            yield

    def _is_kept(self, source: Source) -> bool:
        folder = self._folder.path
        return folder is not None and (folder / _name(source)).exists()

    def _parse(self, source: Source) -> Parsed:
        if len(source.text) < SMALLEST:
            return bibliography.parse_bibliography(source)
        name = _name(source)
        self._current.add(name)
        try:
            key = _key(source)
        except OSError:  # the program's own code or versions are not to be had
            return bibliography.parse_bibliography(source)
        parsed = _read(self._folder.read(name, key), source)
        if parsed is None:
            parsed = bibliography.parse_bibliography(source)
            try:
                self._wrote |= self._folder.write(name, key, to_plain_data(parsed, source))
            except NOT_THIS_FORM:
                return parsed
        return parsed

    def forget_others(self) -> None:
        """Throw away what is left of `.bib` files that are gone, and of writing that was cut off."""
        if self._wrote:
            self._folder.forget_others(self._current)


def _name(source: Source) -> str:
    """Its file in the cache."""
    return f"{hashlib.sha256(source.path.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def _key(source: Source) -> bytes:
    """Of everything that the result depends on."""
    text = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    return json.dumps([program_fingerprint(), source.path, text]).encode()


def _read(data: object, source: Source) -> Parsed | None:
    try:
        with no_collecting():
            return None if data is None else from_plain_data(data, source)
    except NOT_THIS_FORM:
        return None
