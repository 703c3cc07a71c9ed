"""The repository's files to `Source`s: which there are, and their text.

Bytes become text here and nowhere else. A file that is too large, not UTF-8, or leads out of the repository
becomes a problem, never an exception.
"""

import hashlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from digest.model.source import Source
from digest.problem import Edit, Problem, Severity, Span

CONTENT_FOLDERS = ("bib", "entries", "pages", "studies", "training", "vocabulary")
MEGABYTE = 1024 * 1024
LARGEST = {".bib": 256 * MEGABYTE, ".json": 16 * MEGABYTE}
LARGEST_OTHER = 2 * MEGABYTE
TEXTS = (".md", ".yml", ".bib", ".json", ".txt")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BYTE_ORDER_MARK = "\ufeff"


@dataclass
class Files:
    """What was found under the root, and what went wrong while reading it."""

    root: Path
    paths: list[str] = field(default_factory=list)
    """Every regular file of the content folders, from the root with `/`, sorted."""
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    contents: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each file in `sources`, as hexadecimal digits."""
    memory: "FileMemory | None" = None
    """For a process that reads the same digest again and again."""
    _bytes: dict[str, bytes] = field(default_factory=dict)

    def under(self, folder: str, suffix: str) -> list[str]:
        """Paths below a folder with this ending, sorted."""
        return [path for path in self.paths if path.startswith(folder + "/") and path.endswith(suffix)]

    def read(self, path: str) -> Source | None:
        """The text of a file, or None and a problem that says why not."""
        if path in self.sources:
            return self.sources[path]
        if self.memory is not None and self.memory.recall(self, path):
            return self.sources[path]
        number = len(self.problems)
        try:
            content = self._read_bytes(path)
        except OSError as error:
            self.refuse(path, f"cannot be read: {error.strerror or error}", "check the file and its permissions")
            return None
        source = None if content is None else self._decode(path, content)
        if self.memory is not None and source is not None and len(self.problems) == number:
            self.memory.keep(self, path)
        return source

    def hash_all(self) -> str:
        """SHA-256 of every file, names included; what is text is then read from memory. Raises OSError."""
        found = hashlib.sha256()
        for path in ("mkdocs.yml", *self.paths):
            with open(f"{self.root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - as below
                content = file.read()
            if path.endswith(TEXTS) and len(content) <= LARGEST_OTHER:
                self._bytes[path] = content
            found.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogatepass") + content)
        return found.hexdigest()

    def _read_bytes(self, path: str) -> bytes | None:
        if path in self._bytes:
            return self._bytes.pop(path)
        limit = LARGEST.get(path[path.rfind(".") :], LARGEST_OTHER)
        with open(f"{self.root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - a third of pathlib's cost
            size = os.fstat(file.fileno()).st_size
            if size <= limit:
                return file.read()
            self.refuse(
                path,
                f"is too large: {size / MEGABYTE:.1f} MB, where at most {limit // MEGABYTE} MB are read",
                "split the file, or move what is not text elsewhere",
            )
            return None

    def _decode(self, path: str, content: bytes) -> Source | None:
        self.contents[path] = hashlib.sha256(content).hexdigest()
        if content.startswith(UTF_16):
            source = self.sources[path] = Source(path, content.decode("utf-16", "replace"))
            fix = "save the file as UTF-8 (in most editors: Save with encoding)"
            self.refuse(path, "is UTF-16, and not UTF-8", fix, source.span(0, len(source.line(1))))
            return None
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            source = Source(path, content.decode("utf-8", "replace"))
            self.sources[path] = source
            offset = len(content[: error.start].decode("utf-8", "replace"))
            byte = content[error.start]
            self.refuse(
                path,
                f"is not UTF-8: byte 0x{byte:02x} cannot be read",
                "save the file as UTF-8 (in most editors: Save with encoding)",
                source.span(offset, offset + 1),
            )
            return None
        source = self.sources[path] = Source(path, text)
        position = text.find("\0")
        if position != -1:
            self.refuse(
                path,
                "holds a NUL character, which no text has",
                "delete the character, or save the file as plain text again",
                source.span(position, position + 1),
            )
            return None
        self._note_byte_order_mark(source)
        self._note_windows_line_endings(source)
        return source

    def _note_byte_order_mark(self, source: Source) -> None:
        if source.text.startswith(BYTE_ORDER_MARK):
            span = source.span(0, 1)
            self.problems.append(
                Problem(
                    "byte-order-mark",
                    Severity.WARNING,
                    span,
                    "the file begins with a byte order mark",
                    why="it is invisible, and some tools take it for text",
                    fix="save the file as UTF-8 without BOM",
                    edits=(Edit(span, ""),),
                )
            )

    def _note_windows_line_endings(self, source: Source) -> None:
        position = source.text.find("\r\n")
        if position == -1:
            return
        edits = []
        while position != -1:
            edits.append(Edit(source.span(position, position + 1), ""))
            position = source.text.find("\r\n", position + 2)
        self.problems.append(
            Problem(
                "line-endings-windows",
                Severity.ADVICE,
                edits[0].span,
                f"{len(edits)} lines end as Windows ends them (CR LF)",
                why="the digest reads them, but every line will show as changed once somebody else saves the file",
                fix="save the file with line endings LF",
                edits=tuple(edits),
            )
        )

    def refuse(self, path: str, what: str, todo: str, span: Span | None = None) -> None:
        """Note that a file cannot be part of the digest."""
        self.problems.append(
            Problem("file-unreadable", Severity.ERROR, span or Span(path), f"'{path}' {what}", fix=todo)
        )


class FileMemory:
    """The text of files that were read without a problem, by path, size and time of change.

    For a preview, which follows an editor; a build reads every file and believes no clock.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[int, int, int], Source, str]] = {}

    def recall(self, files: Files, path: str) -> bool:
        """Take a file from here if it is still the same."""
        found = self._kept.get(path)
        if found is None or found[0] != _signature(files, path):
            return False
        _, files.sources[path], files.contents[path] = found
        return True

    def keep(self, files: Files, path: str) -> None:
        """Note a file that was read."""
        signature = _signature(files, path)
        if signature is not None and time.time_ns() - signature[2] > UNSETTLED:
            self._kept[path] = (signature, files.sources[path], files.contents[path])


UNSETTLED = 20_000_000
"""Nanoseconds. A file that changed that recently may change once more without another time to show for it."""


def _signature(files: Files, path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(f"{files.root}/{path}")  # noqa: PTH116 - a third of pathlib's cost
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def list_files(root: Path, memory: FileMemory | None = None) -> Files:
    """Walk the content folders of a digest; hidden files and folders, and word processors' locks, are left out."""
    files = Files(root, memory=memory)
    for folder in CONTENT_FOLDERS:
        if stays_inside(files, root / folder, folder):
            _walk(files, root / folder, folder)
    files.paths.sort()
    return files


def _walk(files: Files, folder: Path, path: str, above: frozenset[Path] = frozenset()) -> None:
    """Note the files below a folder; `above` are the folders that it stands in."""
    above |= {folder.resolve()}
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        files.refuse(path, f"cannot be opened: {error.strerror or error}", "check the folder")
        return
    for entry in entries:
        below = f"{path}/{entry.name}"
        if entry.name.startswith((".", "~$")) or not _is_printable(files, below):
            continue
        if entry.is_symlink() and not stays_inside(files, Path(entry.path), below, above):
            continue
        if entry.is_dir():
            _walk(files, folder / entry.name, below, above)
        elif entry.is_file():
            files.paths.append(below)
        else:
            files.refuse(below, "is neither a file nor a folder", "delete it")


def _is_printable(files: Files, path: str) -> bool:
    if path.isprintable():
        return True
    shown = "".join(char if char.isprintable() else "?" for char in path)
    files.refuse(shown, "has a name with characters that cannot be shown", "rename it")
    return False


def stays_inside(files: Files, link: Path, path: str, above: frozenset[Path] = frozenset()) -> bool:
    """Whether a link leads to something of this repository, and not to a folder around itself; true for no link."""
    if not link.is_symlink():
        return True
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        files.refuse(path, "is a link that leads nowhere", "delete the link, or put the file in its place")
        return False
    root = files.root.resolve()
    if not target.is_relative_to(root):
        files.refuse(path, "is a link that leads out of the repository", "put the file itself in its place")
        return False
    if any(folder.is_relative_to(target) for folder in above):
        files.refuse(path, "is a link to a folder that it stands in", "delete the link")
        return False
    return True
