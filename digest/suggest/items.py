"""Files of references, and lines of JSON, to the records that a batch tags: one after the other, never all at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

from digest.read.records import Refused, detect_kind, iter_records
from digest.read.records.stream import StreamError, TextStream
from digest.suggest.batch import Item, item_of_line, item_of_reference

LINES = (".jsonl", ".jsonl.gz")


def iter_files(folder: Path) -> Iterator[Path]:
    """The files of references in a folder, by name: not those below it, hidden ones, nor prose and the like."""
    for path in sorted(folder.iterdir()):
        kind = detect_kind(path) if path.is_file() and not path.name.startswith(".") else None
        if kind not in {None, "apa"}:
            yield path


def iter_items(
    path: Path, on_refused: Callable[[Refused], object], on_bytes: Callable[[int], None] | None = None
) -> Iterator[Item]:
    """The records of a file; what cannot be read is told and passed over."""
    if path.name.lower().endswith(LINES) or detect_kind(path) == "jsonl":
        yield from _iter_lines(path, on_refused, on_bytes)
        return
    for number, record in enumerate(iter_records(path, on_bytes=on_bytes), 1):
        if isinstance(record, Refused):
            on_refused(record)
        else:
            yield item_of_reference(record.reference, number)


def _iter_lines(
    path: Path, on_refused: Callable[[Refused], object], on_bytes: Callable[[int], None] | None
) -> Iterator[Item]:
    try:
        with TextStream(path, on_bytes) as stream:
            for number, line in stream.lines():
                item = item_of_line(line, number) if line.strip() else None
                if item is not None:
                    yield item
                elif line.strip():
                    on_refused(Refused(path.as_posix(), number, "the line is no JSON object with a title"))
    except StreamError as error:
        on_refused(Refused(path.as_posix(), 1, error.reason))
