"""A file of references to text, piece by piece: unpacked, decoded, line ends made equal; at no time the whole of it.

Takes a path; gives chunks or lines. What makes a file unreadable (it cannot be opened, is no text, is damaged or a
decompression bomb) is a `StreamError`, which `iter_records` turns into a `Refused`. An encoding is never refused:
byte order marks and declarations are believed, then UTF-8 is tried, and a byte that is no UTF-8 is Windows-1252
(https://encoding.spec.whatwg.org/#windows-1252), so that one odd line costs nothing but itself.
"""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from digest.model.source import Places
from digest.problem import Span

BLOCK = 1 << 18
"""Bytes read at a time."""
LONGEST = 16_000_000
"""Characters of one line or one record; a longer one is not what it seems."""
MEGABYTE = 1 << 20
HARMLESS_SIZE = 64 * MEGABYTE
MOST_UNPACKED = 4096 * MEGABYTE
MOST_RATIO = 200
"""A packed file may unpack to 64 MB, beyond that to two hundred times its size (real ones: five to thirty times)."""
GZIP = b"\x1f\x8b"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 before UTF-16, whose mark is the beginning of its mark."""
OTHER_FORMATS = (
    (b"%PDF", "a PDF, not a file of references: export the references from the program that made it"),
    (b"PK\x03\x04", "a ZIP archive or an Office document: unpack it, and import the files in it"),
    (b"SQLite format 3", "a database: export the references as BibTeX or RIS"),
    (b"\x89PNG", "a picture"),
    (b"BZh", "packed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "packed with xz: unpack it first"),
    (GZIP, "packed twice: unpack it first"),
)
DECLARED = re.compile(
    rb"""\A\s*(?:<\?xml[^>]*?\bencoding\s*=\s*["']|%\s*Encoding:\s*)(?P<name>[A-Za-z][\w.:-]{1,30})"""
)
"""What an XML declaration, or the first line of JabRef's files, says about the encoding."""
BELIEVED = re.compile(r"iso8859|cp\d|koi8|gb|big5|euc|shift_jis|mac|iso2022|tis|johab|hz")
"""Encodings that a declaration may name; UTF-16 tells itself, and Python's others are no encodings of files."""
FEW_ZEROS = 0.05
MANY_ZEROS = 0.3
MOST_CONTROLS = 0.1
CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b\x1d\x1e"))
FALLBACK = "windows-1252-where-needed"


class StreamError(Exception):
    """Why a file, or the rest of it, cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _decode_as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    text = "".join([_windows_1252(byte) for byte in odd])
    return text, error.end


def _windows_1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("windows-1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error(FALLBACK, _decode_as_windows_1252)


class TextStream:
    """The text of one file, to be gone through once."""

    def __init__(self, path: Path, on_bytes: Callable[[int], None] | None = None) -> None:
        self.path = path.as_posix()
        self.line = 1
        """The last line that was handed out; for chunks, the one that the next begins in."""
        self.places = Places(Span(self.path), {}, {})
        """Shared by all references of the file."""
        self._on_bytes = on_bytes
        try:
            if path.is_dir():
                raise StreamError("it is a folder, not a file")
            self._file = path.open("rb")
        except (OSError, ValueError) as error:
            raise StreamError(f"the file cannot be opened: {_what(error)}") from error
        self._blocks = self._iter_blocks()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @cached_property
    def head(self) -> str:
        """The beginning of the text, from which its kind can be told."""
        return next(self._texts, "")

    def chunks(self) -> Iterator[str]:
        """The text in pieces; every line ends with one line feed."""
        if self.head:
            yield self.head
            self.line += self.head.count("\n")
        for text in self._texts:
            yield text
            self.line += text.count("\n")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Number and text of each line, from 1, without its end."""
        rest, number = self.head, 0
        texts = self._texts
        while True:
            *whole, rest = rest.split("\n")
            for line in whole:
                number += 1
                self.line = number
                yield number, line
            if len(rest) > LONGEST:
                self.line = number + 1
                raise StreamError(f"the line is longer than {LONGEST:,} characters, and nothing behind it is read")
            text = next(texts, None)
            if text is None:
                break
            rest += text
        if rest:
            self.line = number + 1
            yield number + 1, rest

    @cached_property
    def _texts(self) -> Iterator[str]:
        return self._iter_texts()

    def _iter_texts(self) -> Iterator[str]:
        """Decoded blocks with line ends made equal."""
        first = next(self._blocks, b"")
        encoding = find_encoding(first)
        refuse_binary(first, encoding)
        decoder = codecs.getincrementaldecoder(encoding)(FALLBACK)
        newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
        block, at_start = first, True
        while True:
            text = newlines.decode(block, final=not block)
            if at_start:
                text = text.removeprefix("\ufeff")
                at_start = not text
            if text:
                yield text.replace("\0", "") if "\0" in text else text
            if not block:
                return
            block = next(self._blocks, b"")

    def _iter_blocks(self) -> Iterator[bytes]:
        """The bytes of the file, unpacked."""
        try:
            source: io.BufferedReader | gzip.GzipFile = self._file
            if self._file.peek(len(GZIP)).startswith(GZIP):
                refuse_bomb(self._file)
                source = gzip.GzipFile(fileobj=self._file)
            while block := source.read1(BLOCK):
                if self._on_bytes:
                    self._on_bytes(self._file.tell())
                yield block
        except (OSError, EOFError, zlib.error) as error:
            raise StreamError(f"the file is damaged from here on: {_what(error)}") from error


def _what(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    start = reason[:2].lower() if reason[1:2].islower() else reason[:2]
    return (start + reason[2:]).rstrip(".") or type(error).__name__


def refuse_bomb(file: io.BufferedReader) -> None:
    """Raise if a packed file unpacks to what no file of references does; else it stands at its beginning again."""
    size = 0
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            while block := unpacked.read1(BLOCK):
                size += len(block)
                if size > HARMLESS_SIZE and (size > MOST_RATIO * file.tell() or size > MOST_UNPACKED):
                    raise StreamError(
                        f"the packed file unpacks to more than {size // MEGABYTE:,} MB, and is not read: "
                        "if it is what it should be, unpack it and import what was in it"
                    )
    except (OSError, EOFError, zlib.error):
        pass  # what stands before the damage can still be read
    file.seek(0)


def find_encoding(beginning: bytes) -> str:
    """The encoding of a file that begins so, as Python calls it."""
    for mark, encoding in MARKS:
        if beginning.startswith(mark):
            return encoding
    if encoding := _utf_16_without_mark(beginning[:4096]):
        return encoding
    declared = DECLARED.match(beginning)
    if declared is None:
        return "utf-8"
    try:
        found = codecs.lookup(declared["name"].decode("ascii")).name
    except LookupError:
        return "utf-8"
    if found in {"iso8859-1", "ascii"}:  # so say files in Windows-1252, which has more letters
        return "cp1252"
    return found if BELIEVED.match(found) else "utf-8"


def _utf_16_without_mark(beginning: bytes) -> str:
    """UTF-16 tells itself by every other byte being zero."""
    half = len(beginning) // 2
    if half < len("TY"):
        return ""
    even, odd = beginning[0::2].count(0) / half, beginning[1::2].count(0) / half
    if odd > MANY_ZEROS and even < FEW_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if even > MANY_ZEROS and odd < FEW_ZEROS else ""


def refuse_binary(beginning: bytes, encoding: str) -> None:
    """Raise what a file is that is no text."""
    for mark, what in OTHER_FORMATS:
        if beginning.startswith(mark):
            raise StreamError(f"the file is {what}")
    if encoding.startswith(("utf-16", "utf-32")):
        return
    controls = len(beginning) - len(beginning.translate(None, CONTROLS))
    if b"\0" in beginning or controls > MOST_CONTROLS * len(beginning):
        raise StreamError("the file is binary, no text: it holds bytes that no text has")
