"""A `.bib` file to References and Problems.

Takes a `Source`; gives (references, problems); never raises, whatever the text. Each block is a reference or a problem,
or one of BibTeX's own (`@comment`, `@preamble`, `@string`), and reading goes on behind whatever cannot be read. Never
writes: a `.bib` file is its editor's. Here macros are resolved and repeated fields noticed; `bibtex_blocks` splits the
text (and says why bibtexparser does not), `bibtex_fields` knows what fields mean, `names` asks bibtexparser for people.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

from digest.model.reference import Reference
from digest.model.source import Places, Source, Spans
from digest.problem import Problem, Span
from digest.read.bibtex_blocks import RawMacro, RawRecord, split_blocks
from digest.read.bibtex_faults import BibtexFaults, quote
from digest.read.bibtex_fields import PARTS_OF_BOOKS, Record, parse_record
from digest.read.bibtex_values import Piece, RawField

MONTH_MACROS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Every style of BibTeX defines them."""
INHERITED = frozenset({
    "address", "booksubtitle", "booktitle", "date", "edition", "editor", "eventtitle", "institution", "isbn", "issn",
    "journal", "journaltitle", "location", "month", "number", "organization", "publisher", "school", "series", "venue",
    "volume", "year",
})  # fmt: skip
"""What a record takes over from the one that its `crossref` names, where it says nothing itself."""
CITATION_KEY = "citation_key"
_GROWTH = 8
_SMALL = 100_000
"""Macros may put in this many characters and eight times the file's own: a few lines could else fill the memory."""
_MOST_GUESSES = 50
_MOST_COMPARED = 500


def parse_bibliography(source: Source, *, keys_required: bool = True) -> tuple[list[Reference], list[Problem]]:
    """Parse the text of one file, in its order; two records of one key are two references.

    Without `keys_required`, a record may lack its key, as in what is yet to be imported.
    """
    blocks, problems = split_blocks(source, keys_required=keys_required)
    reader = _Reader(BibtexFaults(source, problems), _Macros(_SMALL + _GROWTH * len(source.text)))
    records = []
    for block in blocks:
        if isinstance(block, RawMacro):
            reader.define(block.definition)
        else:
            records.append(reader.read(block))
    by_key = {record.key: record for record in reversed(records) if record.key}
    references = []
    for record in records:
        if "crossref" in record.raw:
            reader.inherit(record, by_key)
        references.append(parse_record(record, reader.faults))
    return references, problems


@dataclass
class _Macros:
    """What `@string` defined so far."""

    budget: int
    texts: dict[str, str] = field(default_factory=lambda: {month: month for month in MONTH_MACROS})
    guesses: dict[str, str] = field(default_factory=dict)
    """What an undefined name may have meant; comparing is slow, so for the first of them only."""

    def spend(self, length: int) -> bool:
        """Whether text of this length may still be put in."""
        self.budget -= length
        return self.budget >= 0

    def guess(self, name: str) -> str:
        """The defined name that is nearest to this one, if any is near."""
        if name not in self.guesses and len(self.guesses) < _MOST_GUESSES:
            close = difflib.get_close_matches(name, islice(self.texts, _MOST_COMPARED), 1, 0.8)
            self.guesses[name] = close[0] if close else ""
        return self.guesses.get(name, "")


@dataclass
class _Reader:
    """Raw blocks of one file to records."""

    faults: BibtexFaults
    macros: _Macros

    def define(self, definition: RawField) -> None:
        """Take note of a macro."""
        self.macros.texts[definition.name.lower()] = self._resolve(definition)

    def read(self, block: RawRecord) -> Record:
        """A record with its macros resolved."""
        raw: dict[str, str] = {}
        fields: dict[str, RawField] = {}
        for entry in block.fields:
            name = entry.name.lower()
            text = self._resolve(entry) if entry.pieces else entry.text
            if name in raw:
                self._note_repeated(entry, text, raw[name], fields[name])
                continue
            raw[name], fields[name] = text, entry
        return Record(block.type.lower(), block.key, raw, raw, self._places(block, fields))

    def _places(self, block: RawRecord, fields: Mapping[str, RawField]) -> Places:
        path, key_end = self.faults.source.path, block.key_start + len(block.key)
        values = {name: (entry.start, entry.end) for name, entry in fields.items()}
        values[CITATION_KEY] = (block.key_start, key_end)
        keys = [(entry.name_start, entry.name_start + len(entry.name)) for entry in fields.values()]
        return Places(
            Span(path, block.start, key_end),
            Spans(path, tuple(values), tuple(chain.from_iterable(values.values()))),
            Spans(path, tuple(fields), tuple(chain.from_iterable(keys))),
        )

    def _resolve(self, entry: RawField) -> str:
        """The text of a value that is put together with `#`, or that names macros."""
        if not entry.pieces:
            return entry.text
        texts = [self._text_of(piece) for piece in entry.pieces]
        length = sum(map(len, texts))
        if not self.macros.spend(length):
            self.faults.malform(
                self.faults.source.span(entry.start, entry.end),
                f"field '{entry.name}' grows to {length} characters, and is left out",
                why="macros that name each other can fill any memory",
                fix="write the text itself",
            )
            return ""
        return "".join(texts)

    def _text_of(self, piece: Piece) -> str:
        if not piece.is_macro:
            return piece.text
        text = self.macros.texts.get(piece.text.lower())
        if text is not None:
            return text
        close = self.macros.guess(piece.text.lower())
        guess = f"did you mean '{close}'? Else " if close else ""
        self.faults.malform(
            self.faults.source.span(piece.start, piece.start + len(piece.text)),
            f"macro {quote(piece.text)} is not defined",
            why="a word without braces is the name of a macro; its own name is taken for the text",
            fix=f'{guess}put the text in braces, or define it before: @string{{{piece.text} = "..."}}',
        )
        return piece.text

    def _note_repeated(self, entry: RawField, text: str, first: str, first_entry: RawField) -> None:
        line = self.faults.source.line_column(first_entry.name_start)[0]
        span = self.faults.source.span(entry.name_start, entry.name_start + len(entry.name))
        message = f"field '{entry.name}' stands here a second time"
        if text == first:
            self.faults.doubt(span, message, why=f"line {line} says the same", fix="delete one of the two")
        else:
            why = f"line {line} says {quote(first)}, which holds; {quote(text)} is not read"
            self.faults.malform(span, message, why=why, fix="keep one of the two")

    def inherit(self, record: Record, by_key: Mapping[str, Record]) -> None:
        """Give a record what it takes over from the one that it names in `crossref`."""
        key = record.raw["crossref"].strip()
        parent = by_key.get(key)
        if parent is None or parent is record:
            message = f"field 'crossref': there is no other record '{key}' in this file"
            self.faults.doubt(
                record.places.at("crossref"), message, fix="put that record into this file, below this one"
            )
            return
        inherited = {name: text for name, text in parent.raw.items() if name in INHERITED}
        if record.type in PARTS_OF_BOOKS:
            inherited |= _renamed(parent.raw, {"title": "booktitle", "subtitle": "booksubtitle"})
        elif record.type == "article":
            inherited |= _renamed(parent.raw, {"title": "journaltitle", "subtitle": "journalsubtitle"})
        if record.type == "inbook" and "author" in parent.raw:
            inherited["author"] = parent.raw["author"]
        record.fields = {**inherited, **record.raw}


def _renamed(raw: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {new: raw[old] for old, new in names.items() if old in raw}
