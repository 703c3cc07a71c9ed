"""Tagged works of any origin: lines of JSON, and the entries of a digest."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digest.errors import DigestError
from digest.model.entry import Entry
from digest.model.identifier import fold
from digest.model.library import Library
from digest.model.reference import Reference
from digest.suggest.work import Term, Work, make_term, terms_of_topics


@dataclass(frozen=True)
class Corpus:
    """Tagged works and the terms that they carry, called as the corpus calls them."""

    works: Sequence[Work]
    terms: Sequence[Term]


class Labels:
    """What a label of a corpus means: a term of the vocabulary by any of its names, else a term of its own."""

    def __init__(self, vocabulary: Sequence[Term]) -> None:
        self._vocabulary = vocabulary
        self._known = {name: term for term in reversed(vocabulary) for name in term.names}
        self._terms: dict[str, Term] = {}

    @property
    def terms(self) -> list[Term]:
        """All that were met, each called as it was first written."""
        return list(self._terms.values())

    @property
    def vocabulary(self) -> list[Term]:
        """The vocabulary's terms, those that were met called as they were first written."""
        return [self._terms.get(term.id, term) for term in self._vocabulary]

    def find(self, label: str) -> str:
        """The id under which the term goes."""
        known = self._known.get(fold(label))
        key = known.id if known else f"\0{label}"
        if key not in self._terms:
            readable = label.replace("::", " ").replace(":", " ")
            self._terms[key] = replace(known, id=label) if known else make_term(label, readable)
        return self._terms[key].id


def parse_corpus(lines: Iterable[str], labels: Labels, name: str) -> list[Work]:
    """`{"id"?, "title", "abstract"?, "topics": [...]}` a line; equal texts are one group.

    Raises what is wrong, and where.
    """
    works = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        record = _record(line, f"{name}:{number}")
        title, abstract = _text(record, "title"), _text(record, "abstract")
        topics = record.get("topics") or []
        if not isinstance(topics, list):
            raise DigestError(f"{name}:{number}: 'topics' is no list", 'write it as "topics": ["one", "other"]')
        found = tuple(dict.fromkeys(labels.find(str(topic)) for topic in topics))
        identifier = record.get("id")
        group = fold(f"{title}\n{abstract}")
        work = Work(str(number if identifier is None else identifier), title, abstract, found, group)
        works.append(replace(work, number=identifier) if isinstance(identifier, int) else work)
    return works


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise DigestError(f"{where}: this line is no JSON ({error})", "write one JSON object a line") from error
    if not isinstance(record, dict):
        raise DigestError(f"{where}: this line is no JSON object", 'such as {"title": "...", "topics": ["..."]}')
    return record


def _text(record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    return value if isinstance(value, str) else ""


def corpus_of_library(library: Library) -> Corpus:
    """The published entries with their topics; entries of one edition are one group."""
    published = library.published()
    references = {reference.citation_key: reference for reference in reversed(library.references)}
    return Corpus([work_of_entry(entry, references) for entry in published.entries], terms_of_topics(library.topics))


def work_of_entry(entry: Entry, references: dict[str, Reference]) -> Work:
    """An entry's own words, and title and abstract of the article that it summarises."""
    cited = references.get(entry.citations[0]) if entry.citations else None
    about = (f"{cited.title}. {cited.abstract} {_headings(cited)}",) if cited else ()
    text = "\n".join([entry.takeaway, *about, entry.body.text])
    return Work(entry.path, entry.title, text, entry.topics, entry.edition, entry.path)


def work_of_reference(reference: Reference) -> Work:
    """Title, abstract and headings of a record."""
    identifier = reference.citation_key or reference.DOI or reference.PMID
    return Work(identifier, reference.title, f"{reference.abstract} {_headings(reference)}".strip())


def _headings(reference: Reference) -> str:
    """Keywords and MeSH headings, those turned round (`Phobia, Social`) made straight."""
    headings = (*reference.mesh, *reference.keyword)
    return ". ".join(" ".join(reversed(heading.split(", "))) for heading in headings)
