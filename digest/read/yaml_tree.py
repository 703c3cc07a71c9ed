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

DEEPEST = 12
MOST_SYNTAX_FAULTS = 60
KEY_OF_LINE = re.compile(r"^([ \t]*)(?:- +)?([A-Za-z_][\w-]*) *:(?=[ \t\r]|$)")
NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""https://yaml.org/spec/1.2.2/#51-character-set"""
LINE = re.compile(r"[^\n]*")
NO_BLANK = re.compile(r"[A-Za-z_][\w-]*:(?!//)(?:\u00a0|[^\s])")
COLON = re.compile(r":(?=\s|$)")
INDENTED_NAME = re.compile(r"[ \u00a0]+[A-Za-z_][\w-]*:(?:\s|$)")
FIELD = re.compile(r"^[A-Za-z_][\w-]*:(?:\s|$)", re.MULTILINE)
CURLY = ("\u201c", "\u2018", "\u201d", "\u2019", "\u201e", "\u00ab")
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

FIXES = (
    (
        "mapping values are not allowed",
        "a value holds a colon followed by a space",
        'put the whole value in quotes: "..."',
    ),
    ("found character that cannot start any token", "", "put the value in quotes; use spaces, never tabs, to indent"),
    ("found a tab character", "there is a tab", "use spaces, never tabs, to indent"),
    ("did not find expected ',' or ']'", "a list in brackets is not closed", "end the list with ]"),
    ("did not find expected ',' or '}'", "a group in braces is not closed", "end it with }"),
    ("found unexpected end of stream", "a quotation mark is not closed", "close the quotation mark"),
    ("did not find expected key", "", "check quotes and indentation: each field stands on a line of its own"),
    ("could not find expected ':'", "a line has no colon after its field's name", "write `name: value`"),
    ("found undefined tag handle", "a value begins with !", "put the value in quotes"),
)


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
            found = [] if faults else _find_bad_beginnings(source, start, text, rule)
            found = found or [_find_line(source, start, text, error, rule)]
            for fault, key in found:
                text = _blank_line(text, fault.span.start - start)
                faults.append(fault)
                if key is not None:
                    unreadable.setdefault(key, fault.span)
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


def _find_bad_beginnings(source: Source, start: int, text: str, rule: str) -> list[tuple[Problem, Key | None]]:
    """Lines on which a name has no blank behind its colon, or a blank before it: YAML blames the lines after them."""
    found: list[tuple[Problem, Key | None]] = []
    is_first = True
    for match in LINE.finditer(text):
        line = match[0].rstrip()
        if NO_BLANK.match(line):
            name = line.partition(":")[0]
            kind = "an ordinary blank" if line[len(name) + 1] == "\u00a0" else "a blank"
            fault = f"the field '{name}' has no blank behind its colon", f"write {kind} there: `{name}: ...`"
        elif is_first and INDENTED_NAME.match(line) and FIELD.search(text, match.end()):
            name = line.split(":")[0].strip()
            fault = f"the field '{name}' begins with a blank", "let every field begin at the edge of the page"
        else:
            is_first = is_first and not line
            continue
        span = source.span(start + match.start(), start + match.start() + len(line))
        found.append((Problem(rule, Severity.ERROR, span, fault[0], fix=fault[1]), (name,)))
        is_first = False
    return found


def _find_line(
    source: Source, start: int, text: str, error: yaml.MarkedYAMLError, rule: str
) -> tuple[Problem, Key | None]:
    """The line on which a fault of syntax stands, and the field that begins on it."""
    mark = error.problem_mark or error.context_mark
    position = min(mark.index if mark else 0, len(text))
    if _reports_too_late(error) and error.context_mark is not None:
        position = error.context_mark.index
    while position > 0 and not text[position : position + 1].strip() and not _line_at(text, position).strip():
        position -= 1
    line_start = text.rfind("\n", 0, position) + 1
    line_end = text.find("\n", position)
    line_end = len(text) if line_end == -1 else line_end
    line = text[line_start:line_end]
    what = f"{error.context}: {error.problem}" if error.context else str(error.problem)
    meaning, todo = next(((m, f) for found, m, f in FIXES if found in str(error.problem)), ("", ""))
    value = line.partition(":")[2].strip()
    if value[:1] in CURLY:
        meaning, todo = "curly quotation marks do not count", 'put straight ones around the whole value: "..."'
    elif "mapping values" in str(error.problem) and len(COLON.findall(line)) <= 1:
        meaning, todo = (
            "it is not in line with what it belongs to",
            "indent it with as many blanks as the lines beside it",
        )
    elif value.startswith("'"):
        meaning, todo = "an apostrophe ends the value", 'put double quotation marks around it: "..."'
    visible = len(line) - len(line.lstrip())
    problem = Problem(
        rule,
        Severity.ERROR,
        source.span(start + line_start + visible, start + line_start + max(visible, len(line.rstrip()))),
        f"this line cannot be read{': ' + meaning if meaning else ''}: '{line.strip()[:80]}'",
        why=f"the YAML reader says: {what}",
        fix=todo or "compare the line with an entry that works",
    )
    match = KEY_OF_LINE.match(line)
    return problem, (match[2],) if match and " " not in match[1] else None


def _reports_too_late(error: yaml.MarkedYAMLError) -> bool:
    """An unclosed quotation or bracket, or a name without a colon, is noticed further down; where it began helps."""
    beginnings = ("quoted scalar", "flow sequence", "flow mapping", "simple key")
    return any(word in str(error.context) for word in beginnings)


def _line_at(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : len(text) if end == -1 else end]


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
