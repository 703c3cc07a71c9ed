"""What parsing a `.bib` file gave to plain data (for JSON), and back: the form in which `cache` keeps it.

The same comes back, places and all; what is not in this form raises one of `NOT_THIS_FORM`, whoever wrote it. Fields go
by columns, which are quick to check and to read; a text that stands in the file as it is, is told by its place alone.
"""

import base64
import dataclasses
from array import array
from collections.abc import Callable, Iterable, Mapping
from itertools import chain, repeat
from operator import attrgetter
from typing import Any, NamedTuple

from digest.model.reference import DateParts, Name, Reference, RepositoryCopy
from digest.model.source import Places, Source, Spans
from digest.problem import Edit, Problem, Severity, Span

Parsed = tuple[list[Reference], list[Problem]]


def to_plain_data(parsed: Parsed, source: Source) -> dict[str, Any]:
    """References and problems as lists, texts and numbers."""
    references, problems = parsed
    columns = {}
    for field in _FIELDS:
        values = list(map(attrgetter(field.name), references))
        if any(value != field.default for value in values):
            columns[field.name] = list(map(_KINDS[field.type].write, values))
    return {
        "columns": columns,
        "problems": [_write_problem(problem, source) for problem in problems],
        **_write_places(references, source),
    }


def from_plain_data(data: Any, source: Source) -> Parsed:
    """References and problems as they were."""
    number = len(data["shape_of"])
    columns = [_read_column(field, data["columns"], number) for field in _FIELDS]
    places = _read_places(data, source)
    references = [
        Reference(path=source.path, places=place, raw=raw, **dict(zip(_NAMES, row, strict=True)))
        for place, raw, *row in zip(*places, *columns, strict=True)
    ]
    return references, [_read_problem(item, source) for item in data["problems"]]


class _Kind(NamedTuple):
    """Fields of one type: a value to plain data, and a column of plain data to values."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Iterable[Any]]


def _check(kind: type, values: Iterable[Any]) -> None:
    if not set(map(type, values)) <= {kind}:
        raise TypeError(kind)


def _as_it_is(kind: type) -> _Kind:
    def read(column: Any) -> Iterable[Any]:
        _check(kind, column)
        return list(column)

    return _Kind(lambda value: value, read)


def _read_texts(column: Any) -> Iterable[tuple[str, ...]]:
    _check(str, chain.from_iterable(column))
    return map(tuple, column)


def _groups_of(cls: type[Name | RepositoryCopy]) -> _Kind:
    """A tuple of dataclasses, all of whose fields are texts."""
    texts = attrgetter(*(field.name for field in dataclasses.fields(cls)))

    def read(column: Any) -> Iterable[Any]:
        _check(str, chain.from_iterable(chain.from_iterable(column)))
        return [tuple([cls(*item) for item in group]) for group in column]

    return _Kind(lambda group: [texts(item) for item in group], read)


def _write_date(date: DateParts | None) -> list[int | None] | None:
    return None if date is None else [date.year, date.month, date.day]


def _read_date(parts: Any) -> DateParts | None:
    if parts is None:
        return None
    year, month, day = parts
    _check(int, [part for part in (year, month, day) if part is not None])
    if year is None or month not in _MONTHS or day not in _DAYS:
        raise ValueError(parts)
    return DateParts(year, month, day)


_MONTHS, _DAYS = (None, *range(1, 13)), (None, *range(1, 32))
_KINDS: Mapping[object, _Kind] = {
    str: _as_it_is(str),
    bool: _as_it_is(bool),
    tuple[str, ...]: _Kind(list, _read_texts),
    tuple[Name, ...]: _groups_of(Name),
    tuple[RepositoryCopy, ...]: _groups_of(RepositoryCopy),
    DateParts | None: _Kind(_write_date, lambda column: map(_read_date, column)),
}
"""By the type of the field."""
_FIELDS = [field for field in dataclasses.fields(Reference) if field.name not in {"path", "places", "raw"}]
_NAMES = [field.name for field in _FIELDS]


def _read_column(field: "dataclasses.Field[Any]", columns: Any, number: int) -> Iterable[Any]:
    if field.name in columns:
        return _KINDS[field.type].read(columns[field.name])
    if field.default is dataclasses.MISSING and number:
        raise KeyError(field.name)
    return repeat(field.default, number)


def _write_places(references: list[Reference], source: Source) -> dict[str, Any]:
    """Offsets one after the other, of each record as many as the names of its shape need; and fields as written."""
    shapes: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    shape_of, offsets, raw = [], array("I"), []
    for number, reference in enumerate(references):
        whole, values, keys = reference.places.whole, reference.places.values, reference.places.keys
        if not (isinstance(values, Spans) and isinstance(keys, Spans)):
            raise TypeError(values)
        if {whole.path, values.path, keys.path} != {source.path}:
            raise ValueError(whole)
        shape_of.append(shapes.setdefault((values.names, keys.names), len(shapes)))
        offsets.extend((whole.start, whole.end, *values.offsets, *keys.offsets))
        texts = _texts(source, values)
        raw += [[number, name, text] for name, text in reference.raw.items() if texts.get(name) != text]
    packed = base64.b64encode(offsets.tobytes()).decode()
    return {"shapes": list(shapes), "shape_of": shape_of, "offsets": packed, "raw": raw}


def _read_places(data: Any, source: Source) -> tuple[list[Places], list[dict[str, str]]]:
    offsets = array("I", base64.b64decode(data["offsets"]))
    shapes = [(tuple(values), tuple(keys)) for values, keys in data["shapes"]]
    _check(str, chain.from_iterable(chain.from_iterable(shapes)))
    places, raws = [], []
    path, at = source.path, 0
    for shape in data["shape_of"]:
        of_values, of_keys = shapes[shape]
        middle = at + 2 + 2 * len(of_values)
        end = middle + 2 * len(of_keys)
        values = Spans(path, of_values, offsets[at + 2 : middle])
        keys = Spans(path, of_keys, offsets[middle:end])
        places.append(Places(Span(path, offsets[at], offsets[at + 1]), values, keys))
        texts = _texts(source, values)
        raws.append({name: texts[name] for name in of_keys})
        at = end
    if at != len(offsets):
        raise ValueError(at)
    for number, name, text in data["raw"]:
        _check(str, (name, text))
        raws[number][name] = text
    return places, raws


def _texts(source: Source, spans: Spans) -> dict[str, str]:
    """The fields of a record as they stand in the file."""
    text, offsets = source.text, iter(spans.offsets)
    return {name: text[start:end] for name, start, end in zip(spans.names, offsets, offsets, strict=True)}


def _write_problem(problem: Problem, source: Source) -> list[Any]:
    if {problem.span.path, *(edit.span.path for edit in problem.edits)} != {source.path}:
        raise ValueError(problem.span)
    edits = [[edit.span.start, edit.span.end, edit.text] for edit in problem.edits]
    texts = [problem.rule, problem.severity, problem.message, problem.why, problem.fix]
    return [texts, problem.span.start, problem.span.end, edits]


def _read_problem(item: Any, source: Source) -> Problem:
    texts, start, end, edits = item
    _check(str, texts)
    _check(int, (start, end))
    rule, severity, message, why, fix = texts
    mended = []
    for first, last, text in edits:
        _check(int, (first, last))
        _check(str, (text,))
        mended.append(Edit(source.span(first, last), text))
    return Problem(rule, Severity(severity), source.span(start, end), message, why, fix, tuple(mended))
