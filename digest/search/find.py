"""Questions to the index: words, phrases, fields, dates; answers with snippets, and nearly the same words.

A query is Whoosh's language: `rupture repair` (both), `"working alliance"`, `author:tasca`, `title:alliance OR
journal:psychotherapy`, `date:2023-01`, `date:[2021 to 2022]`, `rupt*`, `NOT cbt`.
"""

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest.check.near import Names
from digest.errors import DigestError
from digest.model.identifier import fold
from digest.search.document import PLAIN, SCHEMA
from digest.search.index import VOCABULARY, EntryIndex, OnProgress, open_index
from digest.search.quiet import qparser, query
from digest.search.snippet import Snippet, make_snippet

SEARCHED = ("title", "takeaway", "implications", "body", "authors", "article", "journal", "topic", "type")
ALIASES = {
    "authors": ["author", "by"],
    "topic": ["topics"],
    "type": ["types"],
    "implications": ["practice"],
    "body": ["text", "summary"],
}
LONGEST = 1000
"""Characters of a query."""
MOST_SPELLINGS = 3
SHORTEST_MISSPELT = 4
PLAIN_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Asked:
    """A query, and what narrows it."""

    text: str
    topics: Sequence[str] = ()
    """Ids, labels or synonyms; an entry needs one of them."""
    types: Sequence[str] = ()
    since: datetime.date | None = None
    limit: int = 10


@dataclass(frozen=True)
class Hit:
    """An entry that was found."""

    path: str
    title: str
    takeaway: str
    permalink: str
    edition: str
    date: str
    draft: bool
    topics: tuple[str, ...]
    types: tuple[str, ...]
    score: float
    snippet: Snippet


@dataclass(frozen=True)
class Found:
    """The answer to a query."""

    hits: tuple[Hit, ...]
    number: int
    """Of all entries that match, shown or not."""
    did_you_mean: tuple[str, ...] = field(default=())
    """The query with words that stand in no entry replaced by near ones."""


def find_entries(root: Path, asked: Asked, on_progress: OnProgress | None = None) -> Found:
    """Search the entries of a digest. Raises DigestError for a query, topic or type that means nothing."""
    opened = open_index(root, on_progress)
    parsed = _parse(asked, opened)
    try:
        return _search(opened, parsed, asked)
    except Exception:  # noqa: BLE001 - what the disk has damaged shows when it is read: once more, from the files
        opened.close()
        return _search(open_index(root, on_progress, fresh=True), parsed, asked)


def _parse(asked: Asked, opened: EntryIndex) -> Any:
    if len(asked.text) > LONGEST:
        message = f"the query is longer than {LONGEST} characters"
        raise DigestError(message, "search for fewer words, or use `digest related --text FILE`")
    parser = qparser.MultifieldParser(SEARCHED, SCHEMA, group=qparser.AndGroup)
    parser.remove_plugin_class(qparser.SingleQuotePlugin)  # an apostrophe is part of a word
    parser.add_plugin(qparser.FieldAliasPlugin(ALIASES))
    try:
        parsed = parser.parse(asked.text)
    except Exception as error:
        message = f"the query cannot be understood: {error}"
        raise DigestError(message, 'write words, "a phrase", field:word or date:2023-01') from error
    if any(getattr(leaf, "error", None) for leaf in parsed.leaves()):
        message = "the query has a date that is none"
        raise DigestError(message, "write date:2023, date:2023-01, date:2023-01-15 or date:[2021 to 2022]")
    return query.And([parsed if asked.text.strip() else query.Every(), *_narrowing(asked, opened)])


def _narrowing(asked: Asked, opened: EntryIndex) -> Iterator[Any]:
    for name, values in (("topic", asked.topics), ("type", asked.types)):
        if values:
            ids = [_id_of(name, value, opened) for value in values]
            yield query.ConstantScoreQuery(query.Or([query.Term(f"{name}_id", each) for each in ids]))
    if asked.since is not None:
        since = datetime.datetime.combine(asked.since, datetime.time())
        yield query.ConstantScoreQuery(query.DateRange("date", since, None))


def _id_of(name: str, value: str, opened: EntryIndex) -> str:
    names = opened.names[name]
    found = names.get(fold(value))
    if found is not None:
        return found
    near = Names(names).nearest(value)
    what, path = ("topic", VOCABULARY[0]) if name == "topic" else ("type of research", VOCABULARY[1])
    message = f"unknown {what} '{value}'"
    raise DigestError(message, f"did you mean '{names[near]}'?" if near else f"{path} lists every {what}")


def _search(opened: EntryIndex, parsed: Any, asked: Asked) -> Found:
    with opened.whoosh.searcher() as searcher:
        options = {} if asked.text.strip() else {"sortedby": "date", "reverse": True}
        results = searcher.search(parsed, limit=max(1, asked.limit), **options)
        stems = set(_stems(parsed, searcher.reader()))
        hits = tuple(_hit(result, stems) for result in results)
        number = len(results) if hits else 0
        return Found(hits, number, tuple(_spellings(searcher, asked.text)))


def _stems(parsed: Any, reader: Any) -> Iterator[str]:
    """The words that a query looks for, as the index has them; what `rupt*` stands for too."""
    for leaf in parsed.leaves():
        for name, text in leaf.expanded_terms(reader, phrases=True):
            if name in SEARCHED:
                yield text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


def _hit(result: Any, stems: set[str]) -> Hit:
    shown = json.loads(result["shown"])
    text = shown.pop("text")
    topics, types = tuple(shown.pop("topics")), tuple(shown.pop("types"))
    score = round(float(result.score or 0), 3)
    return Hit(**shown, topics=topics, types=types, score=score, snippet=make_snippet(text, stems))


def _spellings(searcher: Any, text: str) -> list[str]:
    """The query with each unknown word replaced by those that are nearest to it and stand in most entries."""
    found: dict[str, None] = {}
    for word in _unknown(searcher, text):
        for other in searcher.suggest("words", fold(word), limit=MOST_SPELLINGS, maxdist=2, prefix=1):
            found[other.join(re.split(rf"\b{re.escape(word)}\b", text))] = None
    return list(found)[:MOST_SPELLINGS]


def _unknown(searcher: Any, text: str) -> Iterable[str]:
    """Words of a query that stand in no entry, as written; names of fields and operators aside."""
    reader = searcher.reader()
    fields = {*SCHEMA.names(), *(alias for aliases in ALIASES.values() for alias in aliases)}
    for match in PLAIN_WORD.finditer(text):
        word, after = match.group(), text[match.end() : match.end() + 1]
        if len(word) < SHORTEST_MISSPELT or after == "*" or (after == ":" and word in fields) or word in {"AND", "NOT"}:
            continue
        known = [token.text for token in PLAIN(word)]
        stems = {token.text for token in SCHEMA["body"].analyzer(word)}
        in_text = any((name, stem) in reader for name in SEARCHED for stem in stems)
        if known and not in_text and not any(("words", each) in reader for each in known):
            yield word
