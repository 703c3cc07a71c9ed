"""What is related to an entry, an article or a text: by works cited, topics and words, each with its reason.

"Have we covered this?" is answered by the first reason: an entry that summarises the article itself. Pages list related
entries by other means (`link/`), since a page may not depend on words of all others.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digest.link import Links
from digest.model.entry import Entry
from digest.model.identifier import DOI, bare_doi
from digest.search.document import make_document, terms_of
from digest.search.index import EntryIndex
from digest.search.quiet import query

WEIGHTS = {"article": 100.0, "references": 10.0, "topics": 1.0}
"""Of each work or topic in common."""
WORDS_WEIGHT = 4.0
"""Of the entry that has most words in common; the others have their part of it."""
KEY_WORDS = 25
SHOWN_WORDS = 6
DOI_IN_TEXT = re.compile(r"(?i)\b" + DOI.pattern)


@dataclass(frozen=True)
class Subject:
    """What others may be related to."""

    text: str = ""
    entry: Entry | None = None
    """Itself an entry, which is not related to itself."""
    keys: frozenset[str] = frozenset()
    """Citation keys of the works it cites."""
    articles: frozenset[str] = frozenset()
    """Citation keys of the works it is, or is about."""
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """One thing in common."""

    kind: str
    """`article`, `references`, `topics` or `words`."""
    values: tuple[str, ...]
    """Citation keys, ids of topics, or words."""


@dataclass(frozen=True)
class Related:
    """An entry and why it is related."""

    entry: Entry
    score: float
    reasons: tuple[Reason, ...]


def subject_of_entry(links: Links, entry: Entry) -> Subject:
    """An entry as a subject."""
    document = make_document(entry, terms_of(links.library))
    return Subject(
        document["words"], entry, frozenset(entry.citations), frozenset(entry.citations[:1]), frozenset(entry.topics)
    )


def subject_of_doi(links: Links, doi: str) -> Subject:
    """An article by its DOI: as far as `bib/` knows it, title and abstract are its words."""
    keys = _keys_of({bare_doi(doi).lower()}, links)
    references = [links.lookup.references[key] for key in sorted(keys)]
    topics = {topic for entry in links.entries if keys & set(entry.citations[:1]) for topic in entry.topics}
    text = " ".join(f"{reference.title} {reference.abstract}" for reference in references)
    return Subject(text, None, keys, keys, frozenset(topics))


def subject_of_text(links: Links, text: str) -> Subject:
    """A text: its words, and the works whose DOI stands in it."""
    keys = _keys_of({match.group().lower() for match in DOI_IN_TEXT.finditer(text)}, links)
    return Subject(text, None, keys, frozenset())


def _keys_of(dois: set[str], links: Links) -> frozenset[str]:
    return frozenset(
        key for key, each in links.lookup.references.items() if each.DOI and bare_doi(each.DOI).lower() in dois
    )


def find_related(opened: EntryIndex, links: Links, subject: Subject, most: int = 10) -> list[Related]:
    """At most so many entries, those with most in common first; of equals the newest."""
    words = _entries_by_words(opened, subject.text)
    related = []
    for entry in links.entries:
        if subject.entry is not None and entry.path == subject.entry.path:
            continue
        score, shared = words.get(entry.path, (0.0, ()))
        found = Related(entry, *_score(subject, entry, score, shared))
        if found.reasons:
            related.append(found)
    return sorted(related, key=lambda each: -each.score)[:most]


def _score(subject: Subject, entry: Entry, by_words: float, shared: Sequence[str]) -> tuple[float, tuple[Reason, ...]]:
    article = subject.articles & set(entry.citations[:1])
    in_common = {
        "article": tuple(sorted(article)),
        "references": tuple(
            key for key in dict.fromkeys(entry.citations) if key in subject.keys and key not in article
        ),
        "topics": tuple(topic for topic in dict.fromkeys(entry.topics) if topic in subject.topics),
    }
    reasons = [Reason(kind, values) for kind, values in in_common.items() if values]
    score = sum(WEIGHTS[kind] * len(values) for kind, values in in_common.items())
    if shared:
        reasons.append(Reason("words", tuple(shared[:SHOWN_WORDS])))
    return round(score + WORDS_WEIGHT * by_words, 3), tuple(reasons)


def _entries_by_words(opened: EntryIndex, text: str) -> Mapping[str, tuple[float, Sequence[str]]]:
    """By path: how much of the best entry's words in common, and the words, the most telling first."""
    if not text.strip():
        return {}
    with opened.whoosh.searcher() as searcher:
        if not searcher.doc_count_all():  # Whoosh divides by it
            return {}
        # As they are: to put them in relation Whoosh divides by the largest, which is 0 where it knows no word.
        terms_of_text = searcher.key_terms_from_text("words", text, numterms=KEY_WORDS, normalize=False)
        weights: dict[str, float] = dict(terms_of_text)
        terms = [query.Term("words", word, boost=weight) for word, weight in weights.items()]
        results = searcher.search(query.Or(terms), limit=None, terms=True) if terms else []
        best = max((float(result.score) for result in results), default=0.0) or 1.0
        return {
            result["path"]: (float(result.score) / best, _in_common(result.matched_terms(), weights))
            for result in results
        }


def _in_common(terms: Iterable[Any], weights: Mapping[str, float]) -> list[str]:
    words = {text.decode("utf-8", "replace") for _, text in terms}
    return sorted(words, key=lambda word: (-weights.get(word, 0.0), word))
