"""The text of a file, and where things stand in it."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.problem import Span

KeyPart = str | int
Key = tuple[KeyPart, ...]


@dataclass(frozen=True)
class Source:
    """One text file of the repository, decoded; offsets count its characters, a byte order mark included."""

    path: str
    """From the root of the digest, with `/`."""
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position != -1:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1; an offset past the end gives the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The line with this number (from 1), without its line ending."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[self._line_starts[number - 1] : end].rstrip("\r\n")

    def line_start(self, number: int) -> int:
        """Offset at which the line with this number (from 1) begins."""
        return self._line_starts[number - 1] if number <= len(self._line_starts) else len(self.text)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """A span of this file; without `end` it is empty and only points."""
        return Span(self.path, start, start if end is None else end)


@dataclass(frozen=True, slots=True, eq=False)
class Spans(Mapping[Key, Span]):
    """Where the named fields of one record stand, for `Places`; a span is made when asked for, since few are."""

    path: str
    names: tuple[str, ...]
    offsets: Sequence[int]
    """Start and end of each, one after the other."""

    def __getitem__(self, key: Key) -> Span:
        if len(key) != 1 or key[0] not in self.names:
            raise KeyError(key)
        at = 2 * self.names.index(str(key[0]))
        return Span(self.path, self.offsets[at], self.offsets[at + 1])

    def __iter__(self) -> Iterator[Key]:
        return ((name,) for name in self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class Places:
    """Where each field of a file stands: `("topics", 0)` is the first topic, `("topics",)` the whole list."""

    whole: Span
    """Where to point when a field is not there at all."""
    values: Mapping[Key, Span]
    keys: Mapping[Key, Span]

    def at(self, *key: KeyPart) -> Span:
        """The span of a value, or of the nearest thing around it that exists."""
        while key:
            found = self.values.get(key)
            if found is not None:
                return found
            key = key[:-1]
        return self.whole

    def key_at(self, *key: KeyPart) -> Span:
        """The span of a field's name, or of the nearest thing around it."""
        return self.keys.get(key) or self.at(*key)

    def has(self, *key: KeyPart) -> bool:
        """Whether the file says anything here."""
        return key in self.values


class LaterPlaces(Places):
    """Places that are found when they are first asked for: most files have nothing wrong to point at."""

    def __init__(self, find: Callable[[], Places]) -> None:
        object.__setattr__(self, "_find", find)

    @cached_property
    def _found(self) -> Places:
        find: Callable[[], Places] = vars(self)["_find"]
        return find()

    @property
    def whole(self) -> Span:
        """Where to point when a field is not there at all."""
        return self._found.whole

    @property
    def values(self) -> Mapping[Key, Span]:
        """Where each value stands."""
        return self._found.values

    @property
    def keys(self) -> Mapping[Key, Span]:
        """Where each field's name stands."""
        return self._found.keys


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """SHA-256 of a file, as hexadecimal digits: what is the same needs no second look."""

    content: str
    """Of all its bytes."""
    face: str
    """Of what other files' problems and pages depend on: of a document all but what its body says."""
