"""The text of a `.bib` file to raw records and macros, each with its place.

Takes a `Source`; gives every block as it is written (nothing resolved, nothing decoded); a fault becomes a problem and
reading goes on. A scanner of our own in place of bibtexparser's, which knows only lines, gives up a whole record at its
first fault, swallows a missing comma into the field before it and leaves `"A" # jx # "B"` as it stands: what an editor
needs to be told is just what it does not know. Linear in the length of the text, whatever the text.

Grammar: BibTeX's, https://ctan.org/pkg/btxdoc and https://ctan.org/pkg/tamethebeast. Braces count whether or not a
backslash stands before them. Text between blocks is comment. A line that starts with `@word{` begins a new block.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from digest.model.source import Source
from digest.problem import Problem
from digest.read.bibtex_faults import BibtexFaults, LostError
from digest.read.bibtex_values import BLOCK, BLOCK_LINE, NAME, NAME_EQUALS, RawField, ValueScanner

_CLOSERS = {"{": "}", "(": ")"}
_KEY = {"}": re.compile(r'[^\s,{}="#]*'), ")": re.compile(r'[^\s,{}="#()]*')}
_KEY_WITH_SPACES = re.compile(r'([^\n,{}="#]*[^\s,{}="#])[ \t]*,')
_SIMPLE_FIELD = {
    closer: re.compile(rf"[\s,]*(?P<name>{NAME})\s*=\s*\{{(?P<value>[^{{}}@]*)\}}\s*(?:,|(?=\{closer}))")
    for closer in "})"
}
"""A whole field of the everyday kind; everything else goes the long way."""
_NO_EQUALS = re.compile(rf'({NAME})[ \t]*(?=[{{"])')
_SKIPPED = re.compile(r"[\s,]*")
_MORE_FIELDS = re.compile(rf'\s*,\s*{NAME}\s*=\s*["{{\w]|[ \t]*{NAME}[ \t]*=[ \t]*["{{]')
_END_OF_RECORD = re.compile(r"[ \t]*(?:\r?\n\s*(?:@|\Z)|\Z)")
_RESYNC = re.compile(rf"[,{{}})]|\n[ \t]*(?={NAME}[ \t]*=)|{BLOCK_LINE}", re.MULTILINE)
_SWALLOWED = re.compile(rf'\n[ \t]*{NAME}[ \t]*=[ \t]*["{{\d]|,[ \t]*\r?\n[ \t]*\Z')
"""A value that holds this took in the comma behind it, or the next field."""
_STRAY_CLOSER = re.compile(r"[\s,]*([})])")
_COMMENTED_OUT = re.compile(r"[ \t]*%[% \t]*@")
_KEY_AND_COMMA = re.compile(r'\s*[^\s,{}="#]+\s*,')
_BRACE = re.compile(r"[{}]")
_LEFT_OVER = re.compile(
    r"^[ \t]*(?:(?P<at>@(?!comment\b)(?:\w|[ \t]*[{(])[^\n]*)"
    r"|(?P<no_at>[a-z]+[ \t]*\{[^\s,{}=]+,[ \t]*\r?$)"
    r"|(?P<other>[^\W\d_][^\n{}=]*\(\d{4}[a-z]?\)\. [^\n]*|TY {2}- [^\n]*)"
    rf'|(?P<quoted>{NAME}[ \t]*=[ \t]*"[^\n]*))'
    r"|(?P<field>[\w-][ \t]*=[ \t]*\{[^\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
"""What no comment looks like: the remains of a record."""


@dataclass(slots=True)
class RawRecord:
    """One `@type{key, ...}` as it is written."""

    type: str
    key: str
    start: int
    """Offset of the `@`."""
    key_start: int
    fields: list[RawField] = field(default_factory=list)


@dataclass(slots=True)
class RawMacro:
    """One `@string{name = ...}` as it is written."""

    definition: RawField


def split_blocks(source: Source, *, keys_required: bool = True) -> tuple[list[RawRecord | RawMacro], list[Problem]]:
    """Split a file into its records and macros, in order. Without `keys_required`, a record may lack its key."""
    faults = BibtexFaults(source)
    return _BlockScanner(faults, keys_required=keys_required).scan(), faults.problems


class _BlockScanner(ValueScanner):
    """Goes through the text once, from block to block and from field to field."""

    def __init__(self, faults: BibtexFaults, *, keys_required: bool) -> None:
        super().__init__(faults)
        self._keys_required = keys_required
        self._blocks: list[RawRecord | RawMacro] = []

    def scan(self) -> list[RawRecord | RawMacro]:
        """Every block of the text."""
        position = 0
        while match := self._find_block(position):
            self._check_between(position, match.start())
            problems_before = len(self.faults.problems)
            try:
                position = self._block(match)
            except LostError as lost:
                del self.faults.problems[problems_before:]
                self.faults.problems.append(lost.problem)
                position = lost.resume
        self._check_between(position, len(self.text))
        return self._blocks

    def _find_block(self, start: int) -> re.Match[str] | None:
        """The next block: no address such as `me@example{...}`, and nothing behind a `%`."""
        position = line_start = start
        while match := BLOCK.search(self.text, position):
            at = match.start()
            line_start = max(line_start, self.text.rfind("\n", position, at) + 1)
            if _COMMENTED_OUT.match(self.text, line_start, at + 1):
                position = self._end_of_line(at)
            elif at > start and self.text[at - 1].isalnum() and not _KEY_AND_COMMA.match(self.text, match.end()):
                position = at + 1
            else:
                return match
        return None

    def _block(self, match: re.Match[str]) -> int:
        """Read one block; the offset behind it."""
        kind = match["type"].lower()
        closer = _CLOSERS[self.text[match.end() - 1]]
        if kind == "comment":
            return self._end_of_comment(match.end() - 1)
        if kind == "preamble":
            return self._end_of_preamble(match)
        if kind == "string":
            return self._macro(match, closer)
        return self._record(match, closer)

    def _end_of_comment(self, opening: int) -> int:
        """A comment ends with its brace, whatever stands in it; one that is never closed is its line, as in BibTeX."""
        if self.text[opening] == "{":
            closing = self.find_closing_brace(opening)
            if closing is None:
                closing = self._closing_braces.get(opening)
            if closing is not None:
                return closing + 1
        return self._end_of_line(opening)

    @cached_property
    def _closing_braces(self) -> dict[int, int]:
        """Every brace that closes, by the one that it closes."""
        opened: list[int] = []
        closing: dict[int, int] = {}
        for match in _BRACE.finditer(self.text):
            if match[0] == "{":
                opened.append(match.start())
            elif opened:
                closing[opened.pop()] = match.start()
        return closing

    def _end_of_preamble(self, match: re.Match[str]) -> int:
        opening = match.end() - 1
        if self.text[opening] == "{" and (closing := self.find_closing_brace(opening)) is not None:
            return closing + 1
        resume = self.next_block(match.end())
        if self.text[opening] == "(" and (end := self.text.find(")", opening, resume)) != -1:
            return end + 1
        raise self.faults.never_closed(match.start(), match.end(), "this @preamble", resume)

    def _macro(self, match: re.Match[str], closer: str) -> int:
        self.known = "this @string"
        name = NAME_EQUALS.match(self.text, self.skip_space(match.end()))
        if name is not None:
            value, position = self.scan_value(name, closer)
            position = self.skip_space(position)
            if self.text[position : position + 1] == closer:
                self._blocks.append(RawMacro(value))
                return position + 1
        line = self.text[match.start() : self._end_of_line(match.end())].rstrip()
        raise self.faults.macro_unreadable(match.start(), match.start() + len(line), self.next_block(match.end()))

    def _record(self, match: re.Match[str], closer: str) -> int:
        key_start = self.skip_space(match.end())
        key = _KEY[closer].match(self.text, key_start)
        record = RawRecord(match["type"], key[0] if key else "", match.start(), key_start)
        self.second_looks = 0
        position = self.skip_space(key_start + len(record.key))
        following = self.text[position : position + 1]
        if following == "=":
            record.key, position = "", key_start
        elif following not in {",", closer}:
            position = self._after_odd_key(record, position)
        self.known = f"record '{record.key}'" if record.key else f"this @{record.type}"
        position = self._fields(record, position, closer)
        if not record.key and self._keys_required:
            raise self.faults.key_missing(match.start(), match.end(), record.type, position)
        self._blocks.append(record)
        return position

    def _after_odd_key(self, record: RawRecord, position: int) -> int:
        """Go on behind a key that holds spaces, or that no comma follows."""
        if record.key and (spaced := _KEY_WITH_SPACES.match(self.text, record.key_start)):
            record.key = spaced[1]
            self.faults.key_with_space(spaced.start(1), spaced.end(1))
            return spaced.end()
        if record.key and NAME_EQUALS.match(self.text, position):
            key_end = record.key_start + len(record.key)
            self.faults.comma_missing(record.key_start, key_end, f"the citation key '{record.key}'")
        return position

    def _fields(self, record: RawRecord, position: int, closer: str) -> int:
        """Read fields up to the end of the record; the offset behind it."""
        text, fields, simple = self.text, record.fields, _SIMPLE_FIELD[closer]
        while True:
            while match := simple.match(text, position):
                start, end = match.span("value")
                fields.append(RawField(match["name"], match.start("name"), start, end, match["value"]))
                position = match.end()
            skipped = _SKIPPED.match(text, position)
            position = skipped.end() if skipped else position
            following = text[position : position + 1]
            if following == closer:
                if not _MORE_FIELDS.match(text, position + 1):
                    return position + 1
                self.faults.brace_too_many(position)
                position += 1
            elif following in {")", "}"} and _END_OF_RECORD.match(text, position + 1):
                self.faults.wrong_closer(position, closer)
                return position + 1
            elif not following or BLOCK.match(text, position):
                raise self._never_closed(record, position)
            else:
                position = self._field(record, position, closer)

    def _field(self, record: RawRecord, position: int, closer: str) -> int:
        """Read one field of the less usual kind, or pass over what is none."""
        name = NAME_EQUALS.match(self.text, position)
        if name is None:
            name = _NO_EQUALS.match(self.text, position)
            if name is None:
                return self._skip_unreadable(record, position, closer)
            self.faults.equals_missing(name.start(1), name.end(1), name[1])
        value, position = self.scan_value(name, closer)
        record.fields.append(value)
        return position

    def _skip_unreadable(self, record: RawRecord, start: int, closer: str) -> int:
        """Pass over what is no field, up to where one may begin."""
        depth = 0
        for match in _RESYNC.finditer(self.text, start):
            mark = match[0]
            if "@" in mark:
                raise self._never_closed(record, match.start())
            if mark == "{":
                depth += 1
            elif mark == "}" and depth:
                depth -= 1
            elif depth == 0 and (mark == closer or mark not in {")", "}"}):
                position = max(match.start(), start + 1)
                unreadable = self.text[start:position].rstrip()
                name = record.fields[-1].name if record.fields else ""
                self.faults.part_unreadable(start, start + max(len(unreadable), 1), name)
                return position
        raise self._never_closed(record, len(self.text))

    def _never_closed(self, record: RawRecord, end: int) -> LostError:
        """Why a record that runs up to `end` is lost: most often a value took in all that follows it."""
        last = record.fields[-1] if record.fields else None
        if last is not None and not last.pieces and _SWALLOWED.search(last.text):
            return self.faults.value_never_closed(last.start - 1, last.name, self.known, end)
        return self.faults.never_closed(record.start, record.key_start + len(record.key), self.known, end)

    def _check_between(self, start: int, end: int) -> None:
        """Text between blocks is comment, but what looks like the remains of a record is told."""
        if start == end or self.text[start:end].isspace():
            return
        if self._blocks and (stray := _STRAY_CLOSER.match(self.text, start, end)):
            self.faults.stray_closer(stray.start(1))
        told = False
        line_start = start
        for match in _LEFT_OVER.finditer(self.text, start, end):
            is_field = match.lastgroup in {"field", "quoted"}
            line_start = max(line_start, self.text.rfind("\n", line_start, match.start(match.lastgroup or 0)) + 1)
            line = self.text[line_start : match.end()]
            if (is_field and told) or line.lstrip().startswith("%"):
                continue  # one record lost is told once
            told = True
            at = line_start + len(line) - len(line.lstrip())
            self.faults.left_over(at, at + len(line.strip()), "field" if is_field else str(match.lastgroup))

    def _end_of_line(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end == -1 else end
