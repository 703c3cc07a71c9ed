"""Files of references, and lines of JSON, to the records that a batch tags: one after the other, never all at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

from digest.read.records import Refused, iter_records
from digest.read.records.stream import StreamError, TextStream
from digest.suggest.batch import Item, item_of_line, item_of_reference

LINES = (".jsonl", ".jsonl.gz")


def iter_items(
    path: Path, on_refused: Callable[[Refused], object], on_bytes: Callable[[int], None] | None = None
) -> Iterator[Item]:
    """The records of a file; what cannot be read is told and passed over."""
    if path.name.lower().endswith(LINES):
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
