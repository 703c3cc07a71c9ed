"""RIS to References: what Zotero, EndNote, Mendeley, Ovid, Scopus, Web of Science, ProQuest, Embase and Rayyan export.

Takes the lines of a file; gives a Record or Refused for each record, one at a time; never raises on bad content.
A record begins with `TY  -` and ends with `ER  -`, or where the next one begins. Tags: Reference Manager's description,
https://en.wikipedia.org/wiki/RIS_(file_format), and https://github.com/zotero/translators/blob/master/RIS.js.
What the tags mean is `ris_fields`' to know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from digest.read.records.record import Outcome, Refused, accept
from digest.read.records.ris_fields import TAGS, parse_ris_fields
from digest.read.records.stream import LONGEST, TextStream

TAG = re.compile(r"[ \t\ufeff]{0,4}([A-Z][A-Z0-9])([ \t]{0,3})-([ \t]|$)?(.*)", re.DOTALL)
USUAL_GAP = "  "
"""Between a tag and its hyphen; who writes `TY` with another one must write all tags so, or text looks like tags."""
BEGINS_A_RECORD = frozenset({"A1", "AU", "T1", "TI", "ID", "DO"})
"""Tags that outside a record can only be those of one that has lost its first line."""


@dataclass(slots=True)
class RawRecord:
    """One record as it is written."""

    line: int
    gap: str
    """What stands between its first tag and the hyphen."""
    has_type: bool = True
    fields: dict[str, list[list[str]]] = field(default_factory=dict)
    """Tags, their values, and the lines of these."""
    last: list[str] | None = None
    """The lines of the value above."""
    size: int = 0

    def add(self, tag: str, value: str) -> None:
        """Take one more value; beyond the longest record nothing is kept."""
        self.size += len(value)
        if self.size <= LONGEST:
            self.last = [value]
            self.fields.setdefault(tag, []).append(self.last)

    def go_on(self, text: str) -> None:
        """Take a line that goes on with the value above it."""
        self.size += len(text) + 1
        if self.last is not None and self.size <= LONGEST:
            self.last.append(text)


def iter_ris(stream: TextStream) -> Iterator[Outcome]:
    """The records of a RIS file."""
    record: RawRecord | None = None
    for number, line in stream.lines():
        tag, value = _split(line, record.gap if record else USUAL_GAP)
        if not tag:
            if record and line and not line.isspace():
                record.go_on(line.strip())
            continue
        if record and tag in {"TY", "ER"}:
            yield _finish(record, stream)
            record = None
        if tag == "TY" or (record is None and tag in BEGINS_A_RECORD):
            record = RawRecord(number, line[line.index(tag) + 2 : line.index("-")], has_type=tag == "TY")
        if record:
            record.add(tag, value)
    if record:
        yield _finish(record, stream)


def _split(line: str, gap: str) -> tuple[str, str]:
    """Tag and value of a line; no tag where the line goes on with the value above it."""
    match = TAG.match(line)
    if match is None:
        return "", ""
    tag, own_gap, space, value = match.groups()
    sure = own_gap == USUAL_GAP or (space is not None and (tag == "TY" or (own_gap == gap and tag in TAGS)))
    return (tag, value.strip()) if sure else ("", "")


def _finish(record: RawRecord, stream: TextStream) -> Outcome:
    if record.size > LONGEST:
        return Refused(stream.path, record.line, f"the record is longer than {LONGEST:,} characters")
    if not record.has_type:
        return Refused(stream.path, record.line, "the record does not begin with its type: put `TY  - JOUR` before it")
    fields = {tag: ["\n".join(lines).strip() for lines in values] for tag, values in record.fields.items()}
    return accept(parse_ris_fields(fields, stream.path, stream.places), record.line)
