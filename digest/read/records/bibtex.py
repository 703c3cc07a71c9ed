"""A `.bib` file from elsewhere to References; the reading itself is `digest.read.bibliography`'s.

Takes a stream; gives a Record for each record and a Refused for each that is lost. A long file is read in slices, cut
where a line begins a block; one with macros or `crossref`, which reach over the whole file, is read as a whole. Faults
inside a record that is still read are the editor's to see once the record stands in `bib/`: `digest check` tells them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from digest.model.reference import Reference
from digest.model.source import Source
from digest.read.bibliography import parse_bibliography
from digest.read.bibtex_faults import UNREADABLE
from digest.read.bibtex_values import BLOCK_LINE
from digest.read.records.record import Outcome, Refused, accept
from digest.read.records.stream import StreamError, TextStream
from digest.read.records.text import clean, find_doi

SLICE = 8_000_000
LONGEST_FILE = 256_000_000
"""Characters; of the second, some 200,000 records are made in 2 GB of memory."""
MAY_HOLD_MARKUP = ("title", "container_title", "collection_title", "publisher", "abstract")
NEEDS_ALL = re.compile(r"@\s*string\b|\bcrossref\s*=|@\s*comment\s*\{(?!\s*jabref)", re.IGNORECASE)
BLOCK_BEGINS = re.compile(BLOCK_LINE, re.MULTILINE)


def iter_bibtex(stream: TextStream) -> Iterator[Outcome]:
    """The records of a BibTeX file, in its order."""
    text, above = "", 0
    needs_all = False
    for chunk in stream.chunks():
        text += chunk
        needs_all = needs_all or bool(NEEDS_ALL.search(text, max(0, len(text) - len(chunk) - 64)))
        if len(text) > LONGEST_FILE:
            raise StreamError(f"the file is longer than {LONGEST_FILE:,} characters: split it")
        if len(text) > SLICE and not needs_all and (end := _last_block(text)):
            yield from _parse(stream.path, text[:end], above)
            above += text.count("\n", 0, end)
            text = text[end:]
    yield from _parse(stream.path, text, above)


def _last_block(text: str) -> int:
    """Where the last line begins that begins a block."""
    position = end = max(0, len(text) - SLICE // 8)
    while match := BLOCK_BEGINS.search(text, position):
        end, position = match.start(), match.end()
    return end if position > end else 0


def _parse(path: str, text: str, above: int) -> Iterator[Outcome]:
    """The records of a text that so many lines stand above."""
    source = Source(path, text)
    references, problems = parse_bibliography(source, keys_required=False)
    found: list[tuple[int, Outcome]] = []
    for reference in references:
        start = reference.places.whole.start
        found.append((start, accept(_tidy(reference), above + source.line_column(start)[0])))
    for problem in problems:
        if problem.rule == UNREADABLE:
            line = above + source.line_column(problem.span.start)[0]
            why = f": {problem.why}" if problem.why else ""
            found.append((problem.span.start, Refused(path, line, f"{problem.message}{why}")))
    found.sort(key=lambda item: item[0])
    yield from (outcome for _, outcome in found)


def _tidy(reference: Reference) -> Reference:
    """The reference with bare DOI, and texts without the markup that exporters leave in them."""
    changed: dict[str, Any] = {
        field: text
        for field in MAY_HOLD_MARKUP
        if (written := getattr(reference, field))
        and ("<" in written or "&" in written or not written.isprintable())
        and (text := clean(written)) != written
    }
    if reference.DOI and not reference.DOI.startswith("10.") and (doi := find_doi(reference.DOI)):
        changed["DOI"] = doi
    return replace(reference, **changed) if changed else reference
