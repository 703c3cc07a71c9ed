"""What the search page needs beside its index: the vocabulary, and the words that a misspelt one may have meant.

`vocabulary.json`: `{"topics": [{"id", "code", "label", "address", "number", "names"}], "types": [...], "years": [...],
"bundles": [[first year, number], ...]}`. A `code` stands for the term in the names of entries; addresses are from the
site's root; `number` counts summaries; `names` are all that a term is called, folded. Bundles of the index are told
oldest first.
`words.json`: `[[word, number], ...]`, the words of titles and terms with how often they stand there, asked for only
when nothing was found.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from digest.export.file import ExportedFile
from digest.link import Links
from digest.model.entry import Entry
from digest.model.identifier import fold
from digest.model.vocabulary import ResearchType, Topic
from digest.pages import facet_codes, search_years

WORD = re.compile(r"[^\W\d_]{3,}")
"""Shorter words are rarely misspelt, and often near to one another."""


def iter_search_files(links: Links) -> Iterator[ExportedFile]:
    """The vocabulary and the words, as JSON."""
    yield ExportedFile("/search/vocabulary.json", partial(_write_vocabulary, links))
    yield ExportedFile("/search/words.json", partial(_write_words, links))


def _write_vocabulary(links: Links) -> bytes:
    topics = sorted(links.lookup.topics.values(), key=lambda topic: topic.label.casefold())
    types = links.lookup.research_types
    topic_codes, type_codes = facet_codes(links)
    vocabulary = {
        "topics": [_term(topic, topic_codes[topic.id], links.entries_on_topic(topic.id)) for topic in topics],
        "types": [_term(kind, type_codes[id_], links.entries_of_research_type(id_)) for id_, kind in types.items()],
        "years": sorted({entry.year for entry in links.entries}, reverse=True),
        "bundles": search_years(links),
    }
    return _as_json(vocabulary)


def _term(term: Topic | ResearchType, code: str, entries: Sequence[Entry]) -> dict[str, object]:
    names = dict.fromkeys(fold(name) for name in (term.label, *term.alt_labels))
    return {
        "id": term.id,
        "code": code,
        "label": term.label,
        "address": term.permalink,
        "number": len(entries),
        "names": list(names),
    }


def _write_words(links: Links) -> bytes:
    """Lower-case words of titles, takeaways and terms, the most frequent first."""
    counted: Counter[str] = Counter()
    for entry in links.entries:
        counted.update(set(WORD.findall(f"{entry.title} {entry.takeaway}".lower())))
    terms: list[Topic | ResearchType] = [*links.lookup.topics.values(), *links.lookup.research_types.values()]
    for term in terms:
        counted.update(set(WORD.findall(" ".join((term.label, *term.alt_labels)).lower())))
    return _as_json(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _as_json(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "replace")
