"""What the search page needs beside its index: the vocabulary, and the words that a misspelt one may have meant.

`vocabulary.json`: `{"topics": [{"id", "label", "address", "number", "names"}], "types": [...], "years": [...]}`.
Addresses are from the site's root; `number` counts summaries; `names` are all that a term is called, folded.
`words.json`: `[[word, number], ...]`, the words of titles and terms with how often they stand there, asked for only
when nothing was found.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from digest.export.file import ExportedFile
from digest.link import Links
from digest.model.entry import Entry
from digest.model.identifier import fold
from digest.model.vocabulary import ResearchType, Topic

WORD = re.compile(r"[^\W\d_]{3,}")
"""Shorter words are rarely misspelt, and often near to one another."""


def iter_search_files(links: Links) -> Iterator[ExportedFile]:
    """The vocabulary and the words, as JSON."""
    topics = sorted(links.lookup.topics.values(), key=lambda topic: topic.label.casefold())
    types = list(links.lookup.research_types.values())
    vocabulary = {
        "topics": [_term(topic, links.entries_on_topic(topic.id)) for topic in topics],
        "types": [_term(kind, links.entries_of_research_type(kind.id)) for kind in types],
        "years": sorted({entry.year for entry in links.entries}, reverse=True),
    }
    yield _as_file("/search/vocabulary.json", vocabulary)
    yield _as_file("/search/words.json", _count_words(links, [*topics, *types]))


def _term(term: Topic | ResearchType, entries: Sequence[Entry]) -> dict[str, object]:
    names = dict.fromkeys(fold(name) for name in (term.label, *term.alt_labels))
    return {
        "id": term.id,
        "label": term.label,
        "address": term.permalink,
        "number": len(entries),
        "names": list(names),
    }


def _count_words(links: Links, terms: Sequence[Topic | ResearchType]) -> list[tuple[str, int]]:
    """Lower-case words of titles, takeaways and terms, the most frequent first."""
    counted: Counter[str] = Counter()
    for entry in links.entries:
        counted.update(set(WORD.findall(f"{entry.title} {entry.takeaway}".lower())))
    for term in terms:
        counted.update(set(WORD.findall(" ".join((term.label, *term.alt_labels)).lower())))
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _as_file(address: str, data: object) -> ExportedFile:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return ExportedFile(address, f"{text}\n".encode("utf-8", "replace"))
