"""Files of references from elsewhere to References, a record at a time: what `digest import` and `cite --from` read.

Takes a path; gives, for every record of the file, a `Record` or a `Refused` that says why not. Never raises on bad
content, and holds one record at a time, of BibTeX one file. One format a file; none of them knows another.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from digest.read.records.apa import iter_apa, parse_citation
from digest.read.records.bibtex import iter_bibtex
from digest.read.records.endnote_xml import iter_endnote_xml
from digest.read.records.kinds import KINDS, find_kind
from digest.read.records.nbib import iter_nbib
from digest.read.records.pubmed_xml import iter_pubmed_xml
from digest.read.records.record import Outcome, Record, Refused
from digest.read.records.ris import iter_ris
from digest.read.records.stream import StreamError, TextStream
from digest.read.records.works import iter_works

__all__ = ["KINDS", "Record", "Refused", "detect_kind", "iter_records", "parse_citation"]

READERS: dict[str, Callable[[TextStream], Iterator[Outcome]]] = {
    "bibtex": iter_bibtex,
    "ris": iter_ris,
    "nbib": iter_nbib,
    "pubmed-xml": iter_pubmed_xml,
    "endnote-xml": iter_endnote_xml,
    "csl-json": iter_works,
    "crossref": iter_works,
    "jsonl": partial(iter_works, one_a_line=True),
    "apa": iter_apa,
}


def iter_records(
    path: Path, *, kind: str | None = None, on_bytes: Callable[[int], None] | None = None
) -> Iterator[Record | Refused]:
    """Every record of the file, in its order; a file that cannot be read at all is one `Refused`.

    `kind` is one of `KINDS`, by default what the file looks like. `on_bytes` is told how many bytes of the file
    have been read, for a progress bar. Raises `ValueError` only for a kind that does not exist.
    """
    if kind is not None and kind not in READERS:
        raise ValueError(f"no kind of reference file: {kind!r}; there are {', '.join(KINDS)}")
    return _iter_records(path, kind, on_bytes)


def _iter_records(path: Path, kind: str | None, on_bytes: Callable[[int], None] | None) -> Iterator[Outcome]:
    stream = None
    is_empty = True
    try:
        with TextStream(path, on_bytes) as stream:
            found, reason = (kind, "") if kind else find_kind(stream.head, path)
            for outcome in READERS[found](stream) if found else [Refused(stream.path, 1, reason)]:
                is_empty = False
                yield outcome
            if is_empty:
                yield Refused(stream.path, 1, "the file holds no record")
    except StreamError as error:
        yield Refused(path.as_posix(), stream.line if stream else 1, error.reason)


def detect_kind(path: Path) -> str | None:
    """Which of `KINDS` the file is, by its content and then by its name; None where it is none, or cannot be read."""
    try:
        with TextStream(path) as stream:
            return find_kind(stream.head, path)[0] or None
    except StreamError:
        return None
