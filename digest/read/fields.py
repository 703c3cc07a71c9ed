"""Plain data to the dataclasses of the model, and each fault to a problem with its place.

pydantic does the checking; this file knows how to say its findings to an editor.
"""

import dataclasses
import datetime
import difflib
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from digest.model.source import Key, Places, Source
from digest.problem import Edit, Problem, Severity, Span
from digest.read.dates import day_meant
from digest.read.yaml_tree import NOTHING

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""pydantic would look through every installed package for plugins, and run those it finds."""

T = TypeVar("T")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    """Making one takes far longer than using it."""
    if cls not in _ADAPTERS:
        _ADAPTERS[cls] = TypeAdapter(cls)
    return _ADAPTERS[cls]


def read_fields(
    cls: type[T], data: object, places: Places, source: Source, unreadable: Collection[Key] = ()
) -> tuple[T, Places, list[Problem]]:
    """Make a `cls` of plain data; what does not fit is reported and left out, so that the rest can be used.

    The places that come back count the items of a list as the made object does. A field of `unreadable` is not missing.
    """
    adapter = _adapter(cls)
    problems: list[Problem] = []
    data = without_nothing(data) if isinstance(data, dict) else {}
    while True:
        made: T | None = None
        try:
            made = adapter.validate_python(data)
            faults: Sequence[Any] = list(_loose_dates(made, data, ()))
        except ValidationError as error:
            faults = error.errors(include_url=False)
        if made is not None and not faults:
            return made, places, problems
        told = {(*fault["loc"][:-1], _meant(cls, fault)) for fault in faults if fault["type"] == UNKNOWN}
        told |= {fault["loc"] for fault in faults if fault["type"] == "missing" and fault["loc"][-1:] in unreadable}
        told |= {fault["loc"] for fault in faults if fault["type"] == "missing" and _stands(fault, places, source)}
        problems += [_describe(cls, fault, places, source) for fault in faults if fault["loc"] not in told]
        for key in sorted({_pruned(fault) for fault in faults}, key=_later_first, reverse=True):
            places = _prune(data, key, places)


def known_fields(cls: type[T], data: object) -> T | None:
    """Make a `cls` of plain data that gave one before without a problem; None if it does not now."""
    try:
        return _adapter(cls).validate_python(data)  # type: ignore[no-any-return]  # the adapter of `cls`
    except ValidationError:
        return None


def without_nothing(data: Any) -> Any:
    """A field without a value counts as left out."""
    if isinstance(data, dict):
        return {key: without_nothing(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [without_nothing(value) for value in data]
    return data


UNKNOWN = "unexpected_keyword_argument"


def _meant(cls: type[Any], fault: Any) -> str:
    """The field that an unknown one stands for: it is not missing besides."""
    return nearest(str(fault["loc"][-1]), field_names(cls, fault["loc"][:-1]))


def _stands(fault: Any, places: Places, source: Source) -> bool:
    """Whether a field that is missed stands in the file: its value was told and left out before."""
    span = places.values.get(tuple(fault["loc"]))
    return span is not None and source.text[span.start : span.end] not in NOTHING


def _pruned(fault: Any) -> Key:
    """What to leave out: the value itself, or the whole of which a required part is missing."""
    key: Key = tuple(fault["loc"])
    return key[:-1] if fault["type"] == "missing" else key


def _later_first(key: Key) -> tuple[tuple[int, str], ...]:
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in key)


def _prune(data: Any, key: Key, places: Places) -> Places:
    """Take a value out of the data; the items behind it move up, and so do their places."""
    for part in key[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return places
    if isinstance(data, dict):
        data.pop(key[-1], None)
    elif isinstance(data, list) and isinstance(key[-1], int) and key[-1] < len(data):
        del data[key[-1]]
        return Places(places.whole, _moved_up(places.values, key), _moved_up(places.keys, key))
    return places


def _moved_up(spans: Mapping[Key, Span], gone: Key) -> dict[Key, Span]:
    depth = len(gone) - 1
    index = gone[-1]
    moved: dict[Key, Span] = {}
    for key, span in spans.items():
        part = key[depth] if len(key) > depth and key[:depth] == gone[:-1] else None
        if not isinstance(part, int) or not isinstance(index, int) or part < index:
            moved[key] = span
        elif part > index:
            moved[(*key[:depth], part - 1, *key[depth + 1 :])] = span
    return moved


def _loose_dates(made: Any, data: Any, key: Key) -> Iterator[dict[str, Any]]:
    """Faults for dates that pydantic takes and nobody means: `20230105` (seconds since 1970), a date with a time."""
    if isinstance(made, datetime.date):
        if isinstance(data, str) and not DAY.fullmatch(data):
            yield {"loc": key, "type": "date_parsing", "input": data}
    elif isinstance(made, tuple):
        for index, value in enumerate(made):
            yield from _loose_dates(value, data[index], (*key, index))
    elif dataclasses.is_dataclass(made):
        for name, value in vars(made).items():
            if name in data:
                yield from _loose_dates(value, data[name], (*key, name))


def _describe(cls: type[Any], fault: Any, places: Places, source: Source) -> Problem:
    key: Key = tuple(fault["loc"])
    kind = str(fault["type"])
    if kind == UNKNOWN:
        return _unknown(cls, key, places)
    name = _written(key)
    if kind == "missing":
        return Problem(
            "field-missing",
            Severity.ERROR,
            places.at(*key[:-1]),
            f"'{_written(key[:-1])}' has no '{key[-1]}'",
            fix=f"add `{key[-1]}:` with its value",
        )
    span = places.at(*key)
    say = next((say for found, say in SAYINGS if kind.startswith(found)), None)
    message, fix = say(name, fault) if say else (f"'{name}' cannot be read: {fault['msg']}", "")
    if kind.startswith("dataclass") and (known := field_names(cls, key)):
        value = _short(fault)
        fix = f"write its fields below it, indented: {', '.join(known)}"
        if isinstance(key[-1], int) and isinstance(fault["input"], str):
            fix = f"write `- {known[0]}: {value}`, and its other fields below that, indented"
    edits: tuple[Edit, ...] = ()
    if kind == "tuple_type" and (known := field_names(cls, key)):
        fix = f"write each as an item below it, `- {known[0]}: ...`, with its other fields below that, as far indented"
    elif kind == "tuple_type" and isinstance(fault["input"], str):
        written = source.text[span.start : span.end]
        edits = (Edit(span, f"[{written}]"),) if _is_plain(source, span) else ()
        fix = f"write it as a list: `{key[-1]}: [{_as_items(written)}]`"
    return Problem("field-malformed", Severity.ERROR, span, message, fix=fix, edits=edits)


def _is_plain(source: Source, span: Span) -> bool:
    """Whether a value stands without quotes or characters that would end a list, or were meant to."""
    around = source.text[span.start - 1 : span.start] + source.text[span.end : span.end + 1]
    written = source.text[span.start : span.end]
    return not set(written) & set("[]{}(),;:#'\"\n") and not BULLET.match(written) and not set(around) & set("'\"")


BULLET = re.compile(r"^[-\u2010-\u2015\u2022\u00b7*][ \t\u00a0]*")


def _as_items(written: str) -> str:
    """What was meant for a list, with commas between: items on lines or behind bullets, half a pair of brackets."""
    parts = [part.strip() for line in written.splitlines() for part in re.split(r"[;\u2022]", line)]
    bare = (BULLET.sub("", part, count=1).strip("[],\u00a0 ") for part in parts)
    return ", ".join(item.strip("()") if item[:1] == "(" or "(" not in item else item for item in bare if item)


def _written(key: Key) -> str:
    """`("readings", 1, "url")` as an editor counts: `readings 2: url`."""
    words = [f"{part + 1}:" if isinstance(part, int) else str(part) for part in key]
    return " ".join(words).rstrip(":")


def _unknown(cls: type[Any], key: Key, places: Places) -> Problem:
    known = field_names(cls, key[:-1])
    word = str(key[-1])
    near = nearest(word, known)
    span = places.key_at(*key)
    inside = f" in '{_written(key[:-1])}'" if key[:-1] else ""
    return Problem(
        "field-unknown",
        Severity.ERROR,
        span,
        f"unknown field '{word}'{inside}",
        why="what is not known would be lost in silence" if not near else "",
        fix=f"did you mean '{near}'?" if near else f"the fields are: {', '.join(known)}",
        edits=(Edit(span, near),) if near and not places.has(*key[:-1], near) else (),
    )


def field_names(cls: type[Any], key: Key = ()) -> list[str]:
    """Names of the fields at a place of a dataclass: `(EntryFields, ("coverage", 0))` gives those of `Coverage`."""
    for part in key:
        if isinstance(part, int):
            continue
        annotation = next((f.type for f in dataclasses.fields(cls) if f.name == part), None)
        nested = [c for c in (annotation, *getattr(annotation, "__args__", ())) if dataclasses.is_dataclass(c)]
        if not nested:
            return []
        cls = nested[0] if isinstance(nested[0], type) else type(nested[0])
    return [f.name for f in dataclasses.fields(cls)]


def nearest(word: str, known: list[str]) -> str:
    """The one known word that `word` probably stands for, or nothing: one sure guess or none."""
    folded = {name.replace("_", "").replace("-", "").lower(): name for name in known}
    bare = word.replace("_", "").replace("-", "").lower()
    if bare in folded:
        return folded[bare]
    close = difflib.get_close_matches(bare, folded, n=2, cutoff=0.72)
    return folded[close[0]] if close else ""


def _last(name: str) -> str:
    """The field of `readings 2: required`, as it stands in the file."""
    return name.rpartition(" ")[2]


def _a_text(name: str, fault: Any) -> tuple[str, str]:
    if fault["input"] is None:
        return f"'{name}' is empty", "write a text, or delete the item"
    what = {"list": "a list", "dict": "a group of fields"}.get(type(fault["input"]).__name__, "something else")
    return f"'{name}' must be a text, and is {what}", "write one text; in quotes if it holds brackets or a colon"


def _a_list(name: str, fault: Any) -> tuple[str, str]:
    what = "a group of fields" if isinstance(fault["input"], dict) else f"'{_short(fault)}'"
    return f"'{name}' must be a list, and is {what}", "write a list: [one, two]"


def _a_group(name: str, fault: Any) -> tuple[str, str]:
    return f"'{name}' must be a group of fields, and is '{_short(fault)}'", "write its fields below it, indented"


def _a_date(name: str, fault: Any) -> tuple[str, str]:
    reason = (fault.get("ctx") or {}).get("error", "")
    day = day_meant(str(fault["input"]))
    form = f"`{_last(name)}: {day}`" if day else f"year, month and day, such as `{_last(name)}: 2023-01-31`"
    return f"'{_short(fault)}' is not a date{': ' + reason if 'range' in reason else ''}", f"write {form}"


def _a_number(name: str, fault: Any) -> tuple[str, str]:
    return f"'{_short(fault)}' is not a whole number", f"write {_last(name)} as digits"


def _yes_or_no(name: str, fault: Any) -> tuple[str, str]:
    return f"'{_short(fault)}' is neither true nor false", f"write `{_last(name)}: true` or `{_last(name)}: false`"


def _one_of(name: str, fault: Any) -> tuple[str, str]:
    expected = str((fault.get("ctx") or {}).get("expected", "")).replace("'", "")
    return f"unknown {name} '{_short(fault)}'", f"write one of {expected}"


def _short(fault: Any) -> str:
    text = str(fault["input"])
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - a line of a terminal


SAYINGS: tuple[tuple[str, Callable[[str, Any], tuple[str, str]]], ...] = (
    ("string", _a_text),
    ("tuple", _a_list),
    ("dataclass", _a_group),
    ("date", _a_date),
    ("int", _a_number),
    ("bool", _yes_or_no),
    ("enum", _one_of),
)
