"""Lines that are not YAML, said as an editor would understand them.

Takes the text and the parser's error; gives a problem at the line that is to blame, and the fields whose values stand
there. The parser names the place where it gave up, which is often a line too late, and speaks of tokens and scalars.
"""

import re
from dataclasses import dataclass

import yaml

from digest.model.source import Key, Source
from digest.problem import Problem, Severity

KEY_OF_LINE = re.compile(r"^[ \t]*(?:- +)?([A-Za-z_][\w-]*) *:(?=[ \t\r]|$)")
LINE = re.compile(r"[^\n]*")
NO_BLANK = re.compile(r"[A-Za-z_][\w-]*:(?!//)(?:\u00a0|[^\s])")
COLON = re.compile(r":(?=\s|$)")
INDENTED_NAME = re.compile(r"[ \u00a0]+[A-Za-z_][\w-]*:(?:\s|$)")
FIELD = re.compile(r"^([A-Za-z_][\w-]*):(?:\s|$)", re.MULTILINE)
WITHOUT_COLON = re.compile(r"\s*^[A-Za-z][^\n:]*\n\s*[A-Za-z_][\w-]*$", re.MULTILINE)
"""Where the first line is no field, up to the name of one: YAML takes both for one text."""
CURLY = ("\u201c", "\u2018", "\u201d", "\u2019", "\u201e", "\u00ab")
MEANT_FOR_YAML = frozenset("[]{}*&!|>%@`?-,")
"""What has a meaning of its own at the beginning of a value: https://yaml.org/spec/1.2.2/#53-indicator-characters."""

IN_QUOTES = 'put the whole value in quotes: "..."'
OUT_OF_LINE = (
    "it is not in line with what it belongs to",
    "indent it with as many blanks as the lines beside it",
)
NO_COLON = (
    "it is not indented, and has no colon after a field's name",
    "indent it by two blanks if it goes on with the line above, or write `name: value`",
)
BACKSLASH = (
    "a backslash has a meaning between double quotation marks",
    "put single ones around the value, or write \\\\",
)
NOT_CLOSED = ("a list in brackets is not closed", "end the list with ]")
ENDS_TOO_EARLY = ("a list in brackets has an item that ends too early", 'put each item in quotes: ["...", "..."]')
TOO_MANY = ("a list in brackets ends twice", "delete the ] that is too many")
TAB = ("a tab stands before it", "use blanks, never tabs, to indent")
FIXES = (
    ("mapping values are not allowed", "a value holds a colon followed by a space", IN_QUOTES),
    ("found a tab character", *TAB),
    ("did not find expected ',' or ']'", *NOT_CLOSED),
    ("did not find expected ',' or '}'", "a group in braces is not closed", "end it with }"),
    ("found unexpected end of stream", "a quotation mark is not closed", "close the quotation mark"),
    ("could not find expected ':'", *NO_COLON),
    ("escape", *BACKSLASH),
    ("hexdecimal", *BACKSLASH),
    ("did not find expected '-' indicator", *OUT_OF_LINE),
    ("did not find expected key", "", "check quotes and indentation: each field stands on a line of its own"),
)


@dataclass(frozen=True)
class LineFault:
    """A line that cannot be read."""

    problem: Problem
    lost: tuple[Key, ...] = ()
    """Fields whose values stand there, or above it and go on there: they are not missing."""


def find_bad_beginnings(source: Source, start: int, text: str, rule: str) -> list[LineFault]:
    """Lines on which a name has no blank behind its colon, or a blank before it: YAML blames the lines after them."""
    found: list[LineFault] = []
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
        found.append(LineFault(Problem(rule, Severity.ERROR, span, fault[0], fix=fault[1]), ((name,),)))
        is_first = False
    return found


def find_line(source: Source, start: int, text: str, error: yaml.MarkedYAMLError, rule: str) -> LineFault:
    """The line on which a fault of syntax stands."""
    mark = error.problem_mark or error.context_mark
    position = min(mark.index if mark else 0, len(text))
    if _reports_too_late(error) and error.context_mark is not None:
        position = error.context_mark.index
    is_without_colon = "mapping values" in str(error.problem) and WITHOUT_COLON.match(text[:position]) is not None
    if is_without_colon:
        position = len(text) - len(text.lstrip())
    while position > 0 and not text[position : position + 1].strip() and not _line_at(text, position).strip():
        position -= 1
    line_start = text.rfind("\n", 0, position) + 1
    line_end = text.find("\n", position)
    line_end = len(text) if line_end == -1 else line_end
    line = text[line_start:line_end]
    stopped_at = mark.index - line_start if mark and line_start <= mark.index < line_end else None
    meaning, todo = NO_COLON if is_without_colon else _explain(line, str(error.problem), stopped_at)
    visible = len(line) - len(line.lstrip())
    problem = Problem(
        rule,
        Severity.ERROR,
        source.span(start + line_start + visible, start + line_start + max(visible, len(line.rstrip()))),
        f"this line cannot be read{': ' + meaning if meaning else ''}: '{line.strip()[:80]}'",
        why=f"the YAML reader says: {f'{error.context}: ' if error.context else ''}{error.problem}",
        fix=todo or "compare the line with an entry that works",
    )
    return LineFault(problem, tuple(_lost(text, line, line_start)))


def _lost(text: str, line: str, line_start: int) -> list[Key]:
    """The field that begins on a line; the one above it too, unless the line begins at the edge with a field."""
    match = KEY_OF_LINE.match(line)
    lost: list[Key] = [(match[1],)] if match else []
    if not FIELD.match(line):
        above = [found[1] for found in FIELD.finditer(text, 0, line_start)]
        lost += [(above[-1],)] if above else []
    return lost


def _explain(line: str, reason: str, stopped_at: int | None) -> tuple[str, str]:
    """What is wrong with a line, and what to do; `stopped_at` is where in it the parser gave up."""
    value = line.partition(":")[2].strip() if FIELD.match(line.lstrip(" -")) else line.strip().removeprefix("- ")
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return TAB
    if re.fullmatch(r"\[.*\]", value) and ("',' or ']'" in reason or "expected key" in reason):
        surplus = value.count("]") - value.count("[")
        return TOO_MANY if surplus > 0 else ENDS_TOO_EARLY if surplus == 0 else NOT_CLOSED
    if value.startswith((*CURLY, "'")) or (value.startswith('"') and value.count('"') > 1):
        return _explain_quotes(value, reason)
    if "mapping values" in reason and len(COLON.findall(line)) <= 1 and not value.startswith("? "):
        return OUT_OF_LINE
    if begins := _bad_beginning(line, value, reason, stopped_at):
        return f"{begins} means something else there", f"leave it out, or {IN_QUOTES}"
    return next(((meaning, todo) for found, meaning, todo in FIXES if found in reason), ("", ""))


def _explain_quotes(value: str, reason: str) -> tuple[str, str]:
    """Of a value that begins with a quotation mark and does not end where it should."""
    if "escape" in reason or "hexdecimal" in reason:
        return BACKSLASH
    if value[0] in CURLY:
        return "curly quotation marks do not count", 'put straight ones around the whole value: "..."'
    if value[0] == "'":
        return "an apostrophe ends the value", 'put double quotation marks around it: "..."'
    meaning = "a quotation mark within the value ends it"
    within = value[1:-1] if value.endswith('"') and value.count('"') > 2 else value  # noqa: PLR2004 - a pair around it
    if "'" in within:
        return meaning, "write curly ones within it: \u201c...\u201d"
    return meaning, f"put single ones around the whole value: '{within[:60]}{'...' if len(within) > 60 else ''}'"  # noqa: PLR2004 - a line of a terminal


def _bad_beginning(line: str, value: str, reason: str, stopped_at: int | None) -> str:
    """The character that begins a value, or an item of a list, and may not."""
    if "start any token" in reason and stopped_at is not None:
        return f"'{line[stopped_at]}'"
    is_closed = value[:1] not in {"[", "{"} or "expected key" in reason
    return f"'{value[0]}' at the beginning of a value" if value[:1] in MEANT_FOR_YAML and is_closed else ""


def _reports_too_late(error: yaml.MarkedYAMLError) -> bool:
    """An unclosed quotation or bracket, or a name without a colon, is noticed further down; where it began helps."""
    beginnings = ("quoted scalar", "flow sequence", "flow mapping", "simple key")
    return any(word in str(error.context) for word in beginnings)


def _line_at(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : len(text) if end == -1 else end]
