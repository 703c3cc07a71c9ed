"""JSON to the items in it, one at a time, each with its line: of an array, of an envelope around one, or one a line.

Takes a stream; gives decoded items, or a Refused for what is no JSON; never raises on bad content, and holds one item
at a time. `json.JSONDecoder.raw_decode` reads an item from a window, which grows while the item seems cut off by it.
Envelopes are those of Crossref (`{"message": {"items": [...]}}`) and of others (`{"items": [...]}`).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from digest.read.records.buffer import Buffer
from digest.read.records.record import Refused
from digest.read.records.stream import LONGEST, TextStream

ENVELOPES = frozenset({"message", "items", "references"})
"""Keys of objects that are no items themselves, but hold some."""
DEEPEST = 4
SPACE = re.compile(r"[\s\ufeff\x1e]*")
BETWEEN_ITEMS = re.compile(r"[\s\ufeff\x1e,]*")
OPENING = re.compile(r"[{\[]")
MARK = re.compile(r'["{}\[\],]')
STRING = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?')
NEARLY = 16
"""An error so near the end of what is read may be only its end: no number, literal or escape is longer."""
DECODER = json.JSONDecoder(strict=False)

Found = tuple[Any, int] | Refused
"""An item and its line, or what cannot be read."""


class _NoJsonError(Exception):
    """What stands here is no JSON."""


def iter_json(stream: TextStream) -> Iterator[Found]:
    """The items of a JSON file: of its array, its envelope, or one value after another."""
    reader = _Reader(stream)
    while mark := reader.buffer.skip(BETWEEN_ITEMS):
        if mark == "[":
            yield from reader.array()
        elif mark == "{":
            yield from reader.object()
        else:
            line = reader.buffer.line
            yield Refused(stream.path, line, "what stands here is no list or object of JSON")
            if reader.buffer.skip_to(OPENING) is None:
                return


def iter_json_lines(stream: TextStream) -> Iterator[Found]:
    """The items of a file with one JSON value a line; one line that is none costs only itself."""
    for number, line in stream.lines():
        written = line.strip("\ufeff\x1e \t\r,")
        if not written:
            continue
        try:
            value = DECODER.decode(written)
        except (ValueError, RecursionError) as error:
            yield Refused(stream.path, number, f"the line is no JSON: {_reason(error)}")
            continue
        for item in _unwrap(value):
            yield item, number


def _unwrap(value: Any, depth: int = 0) -> Iterator[Any]:
    """The items that a value holds, or the value."""
    if isinstance(value, list) and depth <= DEEPEST:
        for item in value:
            yield from _unwrap(item, DEEPEST + 1)
        return
    held = (
        [value[key] for key in ENVELOPES if isinstance(value.get(key), list | dict)] if isinstance(value, dict) else []
    )
    if not held or depth > DEEPEST:
        yield value
    for inner in held if depth <= DEEPEST else []:
        yield from _unwrap(inner, depth + 1)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        message = error.msg[:1].lower() + error.msg[1:]
        return message.replace("expecting", "expected").removesuffix(" starting at").removesuffix(" at")
    return "it is nested too deeply" if isinstance(error, RecursionError) else "it holds a number that is too long"


class _Reader:
    """Goes through a file once, from item to item."""

    def __init__(self, stream: TextStream) -> None:
        self.buffer = Buffer(stream)
        self._path = stream.path

    def array(self) -> Iterator[Found]:
        """The items of the array that begins here."""
        buffer = self.buffer
        buffer.advance(buffer.at + 1)
        while (mark := buffer.skip(BETWEEN_ITEMS)) != "]":
            if not mark:
                yield Refused(self._path, buffer.line, "the file ends within its list of items: it is cut off")
                return
            yield from self.item()
        buffer.advance(buffer.at + 1)

    def item(self) -> Iterator[Found]:
        """One item; what is none is passed over."""
        line, start = self.buffer.line, self.buffer.at
        try:
            value = self._value()
        except _NoJsonError as error:
            yield Refused(self._path, line, f"the item is no JSON: {error}")
            self._pass_over(0)
            if self.buffer.line == line and self.buffer.at == start:
                self.buffer.advance(start + 1)
        else:
            yield value, line

    def object(self, depth: int = 0) -> Iterator[Found]:
        """The object that begins here, or what it is an envelope of."""
        buffer, line = self.buffer, self.buffer.line
        item: dict[str, Any] = {}
        is_envelope = False
        buffer.advance(buffer.at + 1)
        try:
            while (mark := buffer.skip(BETWEEN_ITEMS)) != "}":
                key = self._key(mark)
                mark = buffer.skip(SPACE)
                if key in ENVELOPES and mark in {"[", "{"} and depth < DEEPEST:
                    is_envelope = True
                    yield from self.array() if mark == "[" else self.object(depth + 1)
                else:
                    item[key] = self._value()
            buffer.advance(buffer.at + 1)
        except _NoJsonError as error:
            yield Refused(self._path, line, f"the item is no JSON: {error}")
            self._pass_over(1)
            return
        if not is_envelope:
            yield item, line

    def _key(self, mark: str) -> str:
        if not mark:
            raise _NoJsonError("the file ends within it")
        key = self._value()
        if not isinstance(key, str) or self.buffer.skip(SPACE) != ":":
            raise _NoJsonError("a name and a colon must stand before each value")
        self.buffer.advance(self.buffer.at + 1)
        return key

    def _value(self) -> Any:
        """The value that begins here."""
        buffer = self.buffer
        while True:
            try:
                value, end = DECODER.raw_decode(buffer.text, buffer.at)
            except (ValueError, RecursionError) as error:
                is_cut = isinstance(error, json.JSONDecodeError) and (
                    error.pos >= len(buffer.text) - NEARLY or error.msg.startswith("Unterminated")
                )
                if is_cut and buffer.length > LONGEST:
                    raise _NoJsonError(f"it is longer than {LONGEST:,} characters") from error
                if not (is_cut and buffer.double()):
                    raise _NoJsonError(_reason(error)) from error
                continue
            if end == len(buffer.text) and isinstance(value, int | float) and buffer.read_on():
                continue  # the number may go on
            buffer.advance(end)
            return value

    def _pass_over(self, depth: int) -> None:
        """Go behind what began here, or to the end of what it stands in, by counting brackets outside strings."""
        buffer = self.buffer
        while match := buffer.skip_to(MARK):
            mark = match[0]
            if mark == '"':
                self._pass_over_string()
                continue
            if depth == 0 and mark in {",", "}", "]"}:
                return
            buffer.advance(buffer.at + 1)
            depth += (mark in {"{", "["}) - (mark in {"}", "]"})
            if depth == 0 and mark in {"}", "]"}:
                return
        buffer.advance(len(buffer.text))

    def _pass_over_string(self) -> None:
        buffer = self.buffer
        while True:
            match = STRING.match(buffer.text, buffer.at)
            end = match.end() if match else buffer.at + 1
            if end < len(buffer.text) or buffer.length > LONGEST or not buffer.double():
                buffer.advance(end)
                return
