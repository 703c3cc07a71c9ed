"""Where in a JSON text a value stands."""

import json
import re

from digest.model.source import Key, Source
from digest.problem import Span

BLANK = re.compile(r"[ \t\r\n]*")
DECODER = json.JSONDecoder()


def find_place(source: Source, key: Key) -> Span:
    """The span of a value (`("protocolSection", "statusModule")`), or of the nearest thing around it that exists."""
    text = source.text
    start = _skip(text, 1 if text.startswith("\ufeff") else 0)
    end = min(start + 1, len(text))
    try:
        for part in key:
            found = _find(text, start, part)
            if found is None:
                break
            start, end = found
    except (ValueError, RecursionError):
        pass  # the text is no JSON: that was told, and the beginning of what could be read is place enough
    return source.span(start, end)


def _skip(text: str, at: int) -> int:
    blank = BLANK.match(text, at)
    return blank.end() if blank else at


def _find(text: str, at: int, part: str | int) -> tuple[int, int] | None:
    """Start and end of one member or item of the value that begins at `at`."""
    opening = "{" if isinstance(part, str) else "["
    if text[at : at + 1] != opening:
        return None
    at, number = _skip(text, at + 1), 0
    while at < len(text) and text[at] not in "}]":
        name: str | int = number
        if opening == "{":
            name, at = DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        _, end = DECODER.raw_decode(text, at)
        if name == part:
            return at, end
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at : at + 1] == "," else at
        number += 1
    return None
