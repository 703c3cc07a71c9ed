"""YAML text to plain data in which every scalar is a string, with the place of everything.

Takes a run of a `Source`; gives (data, places, problems); never raises. Built on the parser's events, so that
duplicate keys are seen, no scalar changes its type (`no`, dates), anchors cannot multiply, and depth is limited.
A line that is not YAML is reported, left out, and reading goes on with the rest.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from digest.model.source import Key, Places, Source
from digest.problem import Problem, Severity, Span
from digest.read.yaml_faults import find_bad_beginnings, find_line

DEEPEST = 12
MOST_SYNTAX_FAULTS = 60
NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""https://yaml.org/spec/1.2.2/#51-character-set"""
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass
class YamlTree:
    """What a YAML text says, and where."""

    data: Any
    """None, a string, or lists and dicts of them."""
    places: Places
    problems: list[Problem]
    unreadable: set[Key] = field(default_factory=set)
    """Keys whose values stand on lines that could not be read: they are not missing."""


@dataclass
class _Builder:
    source: Source
    offset: int
    values: dict[Key, Span] = field(default_factory=dict)
    keys: dict[Key, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def span(self, event: yaml.Event) -> Span:
        start, end = (self.offset + (mark.index if mark else 0) for mark in (event.start_mark, event.end_mark))
        return self.source.span(start, start + len(self.source.text[start:end].rstrip()))

    def span_of_scalar(self, event: yaml.ScalarEvent) -> Span:
        span = self.span(event)
        quoted = event.style in {"'", '"'} and span.end - span.start >= 2  # noqa: PLR2004 - two quotation marks
        return Span(span.path, span.start + 1, span.end - 1) if quoted else span


def parse_yaml(source: Source, start: int, end: int, *, rule: str) -> YamlTree:
    """Parse `source.text[start:end]`. Faults of syntax carry `rule`, duplicate keys `field-duplicate`."""
    start += source.text.startswith("\ufeff", start, end)  # the parser does not count a byte order mark
    text = source.text[start:end]
    faults: list[Problem] = []
    unreadable: dict[Key, Span] = {}
    data: Any = None
    while True:
        builder = _Builder(source, start)
        try:
            data = _build(builder, text)
        except yaml.MarkedYAMLError as error:
            found = [] if faults else find_bad_beginnings(source, start, text, rule)
            for bad in found or [find_line(source, start, text, error, rule)]:
                text = _blank_line(text, bad.problem.span.start - start)
                faults.append(bad.problem)
                for key in bad.lost:
                    unreadable.setdefault(key, bad.problem.span)
        except yaml.reader.ReaderError:
            fault, text = _skip_character(source, start, text, rule)
            faults.append(fault)
        else:
            break
        if len(faults) >= MOST_SYNTAX_FAULTS or not text.strip():
            data, builder = None, _Builder(source, start)
            break
    places = Places(source.span(start), {**unreadable, **builder.values}, builder.keys)
    return YamlTree(data, places, faults + builder.problems, set(unreadable))


def _blank_line(text: str, position: int) -> str:
    """The text without what one line says, so that the rest can be read at its place."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    end = len(text) if end == -1 else end
    return text[:start] + " " * len(text[start:end].rstrip("\r")) + text[start + len(text[start:end].rstrip("\r")) :]


def _skip_character(source: Source, start: int, text: str, rule: str) -> tuple[Problem, str]:
    """Report a character that YAML does not allow, and put a blank in its place."""
    match = NOT_ALLOWED.search(text)
    position = match.start() if match else 0
    problem = Problem(
        rule,
        Severity.ERROR,
        source.span(start + position, start + position + 1),
        f"a control character (U+{ord(text[position]):04X}) stands here, which YAML does not allow",
        fix="delete the character; it is often invisible",
    )
    return problem, (f"{text[:position]} {text[position + 1 :]}" if match else "")


def _build(builder: _Builder, text: str) -> Any:
    """Plain data from the event stream."""
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    data: Any = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                builder.problems.append(_too_much(builder, event, "a second document begins here (---)"))
                break
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.ScalarEvent, yaml.AliasEvent)):
            data = _node(builder, events, event, ())
    return data


def _too_much(builder: _Builder, event: yaml.Event, what: str) -> Problem:
    return Problem(
        "field-malformed", Severity.ERROR, builder.span(event), what, fix="write the values out, one field a line"
    )


def _node(builder: _Builder, events: Any, event: yaml.Event, key: Key) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        builder.values[key] = builder.span_of_scalar(event)
        if event.anchor or event.tag:
            builder.problems += _lost_beginning(builder, event)
        return None if event.style in {None, ""} and event.value in NOTHING else event.value
    builder.values[key] = builder.span(event)
    if isinstance(event, yaml.AliasEvent):
        builder.problems.append(_too_much(builder, event, f"aliases (*{event.anchor}) are not used in a digest"))
        return None
    if len(key) >= DEEPEST:
        builder.problems.append(_too_much(builder, event, f"values are nested more than {DEEPEST} deep"))
        _skip(events)
        return None
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(builder, events, event, key)
    return _mapping(builder, events, event, key)


def _lost_beginning(builder: _Builder, event: yaml.ScalarEvent) -> list[Problem]:
    """Of `&me and you` only `and you` would be left; MkDocs' own file may begin values so (`!ENV`)."""
    if builder.source.path == "mkdocs.yml":
        return []
    span = builder.span(event)
    written = builder.source.text[span.start : span.end].partition(" ")[0]
    what = f"'{written}' before the value means something else, and is lost"
    return [Problem("field-malformed", Severity.ERROR, span, what, fix='put the whole value in quotes: "..."')]


def _sequence(builder: _Builder, events: Any, start: yaml.Event, key: Key) -> list[Any]:
    items: list[Any] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            _close(builder, start, event, key)
            return items
        items.append(_node(builder, events, event, (*key, len(items))))
    return items


def _mapping(builder: _Builder, events: Any, start: yaml.Event, key: Key) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            _close(builder, start, event, key)
            return mapping
        if not isinstance(event, yaml.ScalarEvent):
            builder.problems.append(_too_much(builder, event, "a field's name must be a word"))
            _node(builder, events, event, (*key, "?"))
            _node(builder, events, next(events), (*key, "?"))
            continue
        name, span = event.value, builder.span_of_scalar(event)
        if name in mapping:
            builder.problems.append(_duplicate(builder, name, span, builder.keys[(*key, name)]))
            shadow = _Builder(builder.source, builder.offset)
            _node(shadow, events, next(events), (*key, name))
            continue
        builder.keys[(*key, name)] = span
        mapping[name] = _node(builder, events, next(events), (*key, name))
    return mapping


def _close(builder: _Builder, start: yaml.Event, end: yaml.Event, key: Key) -> None:
    first, last = builder.span(start).start, builder.span(end).end
    builder.values[key] = builder.source.span(first, len(builder.source.text[:last].rstrip()))


def _duplicate(builder: _Builder, name: str, span: Span, first: Span) -> Problem:
    line, _ = builder.source.line_column(first.start)
    return Problem(
        "field-duplicate",
        Severity.ERROR,
        span,
        f"field '{name}' stands here a second time",
        why=f"line {line} says '{name}' already, and only one can hold",
        fix="keep one of the two",
    )


def _skip(events: Any) -> None:
    """Pass over the rest of a collection that was opened."""
    depth = 1
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth == 0:
            return
