"""Entries, references, terms and studies to records of `/data/`: plain values by the names of `pages/catalogue.py`.

What nobody knows is left out. Never the texts of the summaries.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from digest.cite import reference_to_csl
from digest.link import Links
from digest.model.entry import Entry
from digest.model.identifier import bare_doi
from digest.model.recruitment import closing_day, is_open
from digest.model.reference import Reference
from digest.model.status import Notice
from digest.model.study import Study
from digest.model.vocabulary import ResearchType, Topic
from digest.pages import Site
from digest.pages.abroad import absolute

Record = dict[str, Any]


def iter_records(name: str, site: Site) -> Iterator[Record]:
    """The records of one file."""
    links = site.links
    if name == "entries":
        yield from (_entry(links, entry) for entry in links.entries)
    elif name == "references":
        summaries = _summaries_by_key(links)
        references = links.lookup.references
        yield from (_reference(links, references[key], summaries.get(key, ())) for key in sorted(references))
    elif name == "topics":
        for topic in links.lookup.topics.values():
            yield _term(links, topic, links.entries_on_topic(topic.id)) | _known(broader=topic.broader)
    elif name == "research-types":
        for kind in links.lookup.research_types.values():
            yield _term(links, kind, links.entries_of_research_type(kind.id)) | _known(strength=kind.strength)
    elif name == "studies":
        yield from (_study(links, study, site.today) for study in links.lookup.studies.values())


def _known(**fields: Any) -> Record:
    """Those fields that say something; days as text."""
    found = {name: value for name, value in fields.items() if value or value == 0}
    return {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in found.items()}


def _url(links: Links, permalink: str) -> str:
    return absolute(permalink, links.library.configuration.site.site_url)


def _entry(links: Links, entry: Entry) -> Record:
    references = links.references_of(entry)
    return {
        "id": f"{entry.edition}/{entry.slug}",
        "url": _url(links, entry.permalink),
        "title": entry.title,
        "edition": entry.edition,
        "date": entry.published.isoformat(),
        "authors": list(entry.authors or links.library.configuration.digest.authors),
        "topics": [topic.id for topic in links.topics_of(entry)],
        "research_types": [kind.id for kind in links.types_of(entry)],
        "citations": [reference.citation_key for reference in references],
        "minutes": entry.body.minutes,
    } | _known(
        takeaway=entry.takeaway,
        doi=bare_doi(references[0].DOI) if references else "",
        standing=links.standing(entry).label,
        limitations=entry.limitations,
        disclosure=entry.disclosure,
        corrections=[{"date": each.date.isoformat(), "note": each.note} for each in entry.corrections],
        training=[module.slug for module in links.modules_of_entry(entry)],
    )


def _summaries_by_key(links: Links) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in links.entries:
        for key in dict.fromkeys(entry.citations):
            found[key].append(_url(links, entry.permalink))
    return found


def _reference(links: Links, reference: Reference, summaries: Sequence[str]) -> Record:
    status = links.library.status.find(reference)
    return {
        "key": reference.citation_key,
        "csl": reference_to_csl(reference),
        "apa": links.apa(reference).text,
        "summaries": list(summaries),
    } | _known(
        notices=[_notice(notice) for notice in status.notices] if status else [],
        as_of=status.as_of if status else None,
    )


def _notice(notice: Notice) -> Record:
    return {"kind": notice.kind.value} | _known(date=notice.date, doi=notice.doi, source=notice.source)


def _term(links: Links, term: Topic | ResearchType, entries: Sequence[Entry]) -> Record:
    return {
        "id": term.id,
        "url": _url(links, term.permalink),
        "label": term.label,
        "entries": len(entries),
    } | _known(definition=term.definition, alt_labels=list(term.alt_labels))


def _study(links: Links, study: Study, today: datetime.date) -> Record:
    return {
        "id": study.slug,
        "url": _url(links, study.permalink),
        "title": study.title,
        "open": is_open(study, today),
    } | _known(closes=closing_day(study), registry=study.registry, audiences=list(study.audiences))
