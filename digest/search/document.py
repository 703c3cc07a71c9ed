"""Entries to documents of the index: plain text by field."""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from digest.markup import render_body
from digest.model.entry import Entry
from digest.model.identifier import bare_doi, fold
from digest.model.library import Library
from digest.search.quiet import accent_map, analysis, fields

TAG = re.compile(r"<[^>]*>")
WORDS = r"[^\W_]+(?:['’][^\W_]+)*"
Words = dict[str, str]
"""Of one reference: `authors`, `article`, `journal`, `doi`."""


def _folding() -> Any:
    return analysis.RegexTokenizer(WORDS) | analysis.LowercaseFilter() | analysis.CharsetFilter(accent_map)


STEMMED = _folding() | analysis.StopFilter(minsize=1) | analysis.StemFilter()
"""Accents are folded before stems are cut, so that `thérapies` and `therapy` meet."""
PLAIN = _folding() | analysis.StopFilter(minsize=3)

SCHEMA = fields.Schema(
    path=fields.ID(unique=True, stored=True),
    shown=fields.STORED,
    title=fields.TEXT(STEMMED, field_boost=3.0),
    takeaway=fields.TEXT(STEMMED, field_boost=2.0),
    implications=fields.TEXT(STEMMED, field_boost=1.5),
    body=fields.TEXT(STEMMED),
    authors=fields.TEXT(_folding(), field_boost=2.0),
    article=fields.TEXT(STEMMED),
    journal=fields.TEXT(STEMMED),
    topic=fields.TEXT(STEMMED, field_boost=1.5),
    type=fields.TEXT(STEMMED),
    topic_id=fields.KEYWORD(commas=True),
    type_id=fields.KEYWORD(commas=True),
    date=fields.DATETIME(sortable=True),
    doi=fields.KEYWORD(commas=True, lowercase=True),
    words=fields.TEXT(PLAIN, phrase=False, vector=False),
)
"""`shown` is what a hit shows, as JSON; `words` are all words as written, for spellings and for telling why."""


@dataclass(frozen=True)
class Terms:
    """What an entry's references, topics and types of research are called; kept beside the index."""

    references: Mapping[str, Words]
    topics: Mapping[str, str]
    """Label by id."""
    types: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    """`topic` and `type`: id by every name, folded."""
    implications: Sequence[str]
    """Headings of the section on practice, folded."""


def terms_of(library: Library) -> Terms:
    """The terms of a library; where a name is used twice the first one counts."""
    references: dict[str, Words] = {}
    for reference in library.references:
        people = (f"{n.given} {n.non_dropping_particle} {n.family} {n.literal}".split() for n in reference.author)
        references.setdefault(
            reference.citation_key,
            {
                "authors": ", ".join(" ".join(person) for person in people),
                "article": reference.title,
                "journal": reference.container_title,
                "doi": bare_doi(reference.DOI),
            },
        )
    return Terms(
        references,
        {topic.id: topic.label for topic in reversed(library.topics)},
        {kind.id: kind.label for kind in reversed(library.research_types)},
        {
            "topic": {name: topic.id for topic in reversed(library.topics) for name in topic.names},
            "type": {name: kind.id for kind in reversed(library.research_types) for name in kind.names},
        },
        [fold(heading) for heading in library.configuration.digest.practice_implications],
    )


def make_document(entry: Entry, terms: Terms) -> dict[str, Any]:
    """The fields of one entry."""
    summary, implications = _texts(entry, terms.implications)
    cited = [terms.references[key] for key in dict.fromkeys(entry.citations) if key in terms.references]
    text = {
        "title": entry.title,
        "takeaway": entry.takeaway,
        "implications": implications,
        "body": summary,
        "authors": ", ".join([*entry.authors, *(words["authors"] for words in cited)]),
        "article": ". ".join(words["article"] for words in cited),
        "journal": ". ".join(words["journal"] for words in cited),
        "topic": ". ".join(terms.topics.get(topic, topic) for topic in entry.topics),
        "type": ". ".join(terms.types.get(kind, kind) for kind in entry.research_types),
    }
    shown = {
        "path": entry.path,
        "title": entry.title,
        "takeaway": entry.takeaway,
        "permalink": entry.permalink,
        "edition": entry.edition,
        "date": entry.published.isoformat(),
        "draft": entry.draft,
        "topics": list(entry.topics),
        "types": list(entry.research_types),
        "text": f"{summary} {implications}".strip(),
    }
    return {
        "path": entry.path,
        "shown": json.dumps(shown, ensure_ascii=False),
        **text,
        "topic_id": ",".join(entry.topics),
        "type_id": ",".join(entry.research_types),
        "date": datetime.datetime.combine(entry.published, datetime.time()),
        "doi": ",".join(words["doi"] for words in cited),
        "words": " ".join(text.values()),
    }


def stamp(document: Mapping[str, Any]) -> str:
    """A fingerprint: a document of which it is the same need not be indexed again."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _texts(entry: Entry, headings: Iterable[str]) -> tuple[str, str]:
    """The summary (and what follows the practice implications), and the practice implications, without markup."""
    practice = set(headings)
    parts: dict[bool, list[str]] = {False: [], True: []}
    for section in render_body(entry.body).sections:
        is_practice = bool(section.heading) and fold(section.heading) in practice
        if section.heading and not is_practice:
            parts[False].append(f"{section.heading}.")
        parts[is_practice].append(plain_text(section.html))
    return " ".join(parts[False]), " ".join(parts[True])


def plain_text(html: str) -> str:
    """The text of HTML that `markup/` made, white space put together."""
    return " ".join(unescape(TAG.sub(" ", html)).replace("\0", " ").split())
