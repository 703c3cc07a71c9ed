"""A `.bib` file from elsewhere to References; the reading itself is `digest.read.bibliography`'s.

Takes a stream, and holds the whole of it, since macros and `crossref` reach over the whole file; gives a Record for
each record and a Refused for each that is lost. Faults inside a record that is still read are the editor's to see once
the record stands in `bib/`, where `digest check` tells them.
"""

from collections.abc import Iterator

from digest.model.source import Source
from digest.read.bibliography import parse_bibliography
from digest.read.bibtex_faults import UNREADABLE
from digest.read.records.record import Outcome, Refused, accept
from digest.read.records.stream import StreamError, TextStream

LONGEST_FILE = 256_000_000
"""Characters; some 200,000 records."""


def iter_bibtex(stream: TextStream) -> Iterator[Outcome]:
    """The records of a BibTeX file, in its order."""
    chunks: list[str] = []
    length = 0
    for chunk in stream.chunks():
        chunks.append(chunk)
        length += len(chunk)
        if length > LONGEST_FILE:
            raise StreamError(f"the file is longer than {LONGEST_FILE:,} characters: split it")
    source = Source(stream.path, "".join(chunks))
    references, problems = parse_bibliography(source, keys_required=False)
    found: list[tuple[int, Outcome]] = []
    for reference in references:
        start = reference.places.whole.start
        found.append((start, accept(reference, source.line_column(start)[0])))
    for problem in problems:
        if problem.rule == UNREADABLE:
            line = source.line_column(problem.span.start)[0]
            why = f": {problem.why}" if problem.why else ""
            found.append((problem.span.start, Refused(stream.path, line, f"{problem.message}{why}")))
    found.sort(key=lambda item: item[0])
    yield from (outcome for _, outcome in found)
