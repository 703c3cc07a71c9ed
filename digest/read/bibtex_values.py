"""Values of BibTeX fields as they are written, with their places: braces, quotation marks, numbers, macros, `#`."""

import re
from dataclasses import dataclass

from digest.read.bibtex_faults import BibtexFaults

NAME = r"[^\s\"#%'(),={}@\\]+"
"""What a field or a macro may be called."""
NAME_EQUALS = re.compile(rf"({NAME})\s*=\s*")
_BLOCK = (
    r"@[ \t]*(?P<type>[A-Za-z][\w+.:-]*)[ \t]*(?:\r?\n)?[ \t]*"
    r"(?:\{|\((?=[ \t]*(?:\r?\n)?[ \t]*(?:[^\s,(){}=\"]+[ \t]*[,=]|\")))"
)
BLOCK = re.compile(_BLOCK)
"""The beginning of a block; a parenthesis opens one only where a key, a macro or a quotation follows."""
BLOCK_LINE = rf"^[ \t]*{_BLOCK}"
_BLOCK_LINE = re.compile(BLOCK_LINE, re.MULTILINE)
_BRACE_OR_BLOCK = re.compile(rf"[{{}}]|{BLOCK_LINE}", re.MULTILINE)
_PLAIN_BRACE_OR_BLOCK = re.compile(rf"(?<!\\)[{{}}]|{BLOCK_LINE}", re.MULTILINE)
_QUOTE_OR_BRACE_OR_BLOCK = re.compile(rf'["{{}}]|{BLOCK_LINE}', re.MULTILINE)
_SPACE = re.compile(r"\s*")
_TOKEN = {"}": re.compile(r'[^\s,{}"#]+'), ")": re.compile(r'[^\s,{}"#)]+')}
_FIELD_FOLLOWS = re.compile(rf"\s*(?:{NAME}\s*=)")
_ENDS_PLAINLY = re.compile(rf"\s*(?:[,#}})@]|\Z|{NAME}\s*=)")
_REST_OF_LINE = {"}": re.compile(r'[^,{}"\n]*'), ")": re.compile(r'[^,{}"\n)]*')}
_MACRO = re.compile(NAME)
_FIELD_BEGINS_AT_END = re.compile(rf"\n[ \t]*{NAME}[ \t]*=[ \t]*\Z")
_FIELD_LINE = re.compile(rf'\n[ \t]*{NAME}[ \t]*=[ \t]*["{{\w]')
_MOST_SECOND_LOOKS = 3
"""In one record; each goes through the rest of it."""


@dataclass(slots=True)
class Piece:
    """One part of a value that `#` joins, or that names a macro."""

    text: str
    start: int
    is_macro: bool = False
    is_whole: bool = True
    """Not a value that is missing, or whose end had to be guessed."""


@dataclass(slots=True)
class RawField:
    """One field as it is written."""

    name: str
    name_start: int
    start: int
    """Offset of the value, behind its opening brace or quotation mark."""
    end: int
    text: str
    """The value as it stands between `start` and `end`."""
    pieces: tuple[Piece, ...] = ()
    """Where the value is put together or names a macro: its parts."""


class ValueScanner:
    """Reads one value at a time from a text."""

    def __init__(self, faults: BibtexFaults) -> None:
        self.faults = faults
        self.text = faults.source.text
        self.known = ""
        """The block being read, for messages."""
        self.second_looks = 0

    def next_block(self, position: int) -> int:
        """Where the next line stands that begins a block."""
        match = _BLOCK_LINE.search(self.text, position)
        return match.start() if match else len(self.text)

    def skip_space(self, position: int) -> int:
        """The offset of the next character that is no white space."""
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def find_closing_brace(self, opening: int, marks: re.Pattern[str] = _BRACE_OR_BLOCK) -> int | None:
        """The brace that closes this one, or None where the file or a new block comes first."""
        depth = 0
        for match in marks.finditer(self.text, opening):
            mark = match[0]
            if mark == "{":
                depth += 1
            elif mark == "}":
                depth -= 1
                if depth == 0:
                    return match.start()
            else:
                return None
        return None

    def scan_value(self, name: re.Match[str], closer: str) -> tuple[RawField, int]:
        """The value behind `name =`, and the offset of what follows it and its comma."""
        pieces: list[Piece] = []
        position = value_end = name.end()
        while True:
            piece, value_end = self._piece(name, position, closer)
            pieces.append(piece)
            position = self.skip_space(value_end)
            if self.text[position : position + 1] != "#":
                break
            position = self.skip_space(position + 1)
        if self.text[position : position + 1] == ",":
            position += 1
        elif piece.is_whole and _FIELD_FOLLOWS.match(self.text, position):
            last = max(value_end - 1, name.start(1))
            self.faults.comma_missing(last, value_end, f"the value of '{name[1]}'")
        first = pieces[0]
        if len(pieces) == 1 and not first.is_macro:
            end = first.start + len(first.text)
            return RawField(name[1], name.start(1), first.start, end, first.text), position
        start = name.end()
        return RawField(name[1], name.start(1), start, value_end, self.text[start:value_end], tuple(pieces)), position

    def _piece(self, name: re.Match[str], position: int, closer: str) -> tuple[Piece, int]:
        opening = self.text[position : position + 1]
        if opening == "{":
            closing = self.find_closing_brace(position)
            if closing is None or not _ENDS_PLAINLY.match(self.text, closing + 1):
                closing = self._look_past_escaped_braces(name[1], position, closing)
            if closing is None:
                raise self.faults.value_never_closed(position, name[1], self.known, self.next_block(position + 1))
            return Piece(self.text[position + 1 : closing], position + 1), closing + 1
        if opening == '"':
            return self._quoted(name[1], position)
        token = _TOKEN[closer].match(self.text, position)
        if token is None or self.text.startswith("=", self.skip_space(token.end())) or BLOCK.match(self.text, position):
            self.faults.value_missing(name.start(1), name.end(1), name[1])
            return Piece("", position, is_whole=False), position
        return self._bare(name[1], token, closer)

    def _look_past_escaped_braces(self, name: str, opening: int, closing: int | None) -> int | None:
        r"""Where a value ends in a sensible place only if `\{` and `\}` are no braces, as to some programs, it does."""
        self.second_looks += 1
        if self.second_looks > _MOST_SECOND_LOOKS:
            return closing
        found = self.find_closing_brace(opening, _PLAIN_BRACE_OR_BLOCK)
        if found is None or found == closing or not _ENDS_PLAINLY.match(self.text, found + 1):
            return closing
        self.faults.escaped_brace(opening, name)
        return found

    def _quoted(self, name: str, opening: int) -> tuple[Piece, int]:
        start, depth, limit = opening + 1, 0, len(self.text)
        for match in _QUOTE_OR_BRACE_OR_BLOCK.finditer(self.text, start):
            mark = match[0]
            if mark == "{":
                depth += 1
            elif mark == "}" and depth:
                depth -= 1
            elif mark != '"' or not depth:
                limit = match.start()
                if mark != '"' or _FIELD_BEGINS_AT_END.search(self.text, opening, limit):
                    break
                return Piece(self.text[start:limit], start), limit + 1
        return self._unclosed_quotation(name, opening, limit, depth)

    def _unclosed_quotation(self, name: str, opening: int, limit: int, depth: int) -> tuple[Piece, int]:
        """A quotation that does not end where one can is taken to end before the next line that is a field."""
        self.second_looks += 1
        if depth or self.second_looks > _MOST_SECOND_LOOKS:
            raise self.faults.value_never_closed(opening, name, self.known, self.next_block(opening))
        field_line = _FIELD_LINE.search(self.text, opening, limit + 1)
        line_end = self.text.find("\n", opening, limit)
        end = field_line.start() if field_line else line_end if line_end != -1 else limit
        value = self.text[opening + 1 : end].rstrip(" \t\r\n,")
        self.faults.quotation_never_closed(opening, opening + 1 + len(value), name)
        return Piece(value, opening + 1, is_whole=False), end

    def _bare(self, name: str, token: re.Match[str], closer: str) -> tuple[Piece, int]:
        """A number, a macro, or text that lacks its braces."""
        start, end = token.span()
        if _ENDS_PLAINLY.match(self.text, end):
            if token[0].isdigit():
                return Piece(token[0], start), end
            if _MACRO.fullmatch(token[0]) and not token[0][0].isdigit():
                return Piece(token[0], start, is_macro=True), end
        elif rest := _REST_OF_LINE[closer].match(self.text, end):
            end = rest.end()
        text = self.text[start:end].rstrip()
        self.faults.value_unbraced(start, start + len(text), name)
        return Piece(text, start), start + len(text)
