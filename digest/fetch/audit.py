"""Ask about every DOI and PMID of a library, and about its links, and say what was learnt.

Takes a library; gives the new `Status` and the faults on the way. Writes nothing but the cache. A service that does not
answer costs its part only: what it said before stays. Raises a NetworkFault where nobody answered at all.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from digest.check.outside import iter_outside_links
from digest.errors import NetworkFault, ServiceUnreachable
from digest.fetch.client import Answer
from digest.fetch.crossref import CrossrefWork, fetch_agency, fetch_work
from digest.fetch.desk import Desk, OnProgress, Question, ask_all
from digest.fetch.learn import SERVICES, learn_from_crossref, learn_from_pubmed, learn_from_unpaywall, put_together
from digest.fetch.links import BROKEN, MALFORMED, NO_HOST, NOT_HTTPS, SLOW, find_archived
from digest.fetch.pubmed import MOST_DOIS, MOST_RECORDS, PMID, fetch_by_doi, fetch_records
from digest.fetch.services import Services
from digest.fetch.unpaywall import fetch_open_access
from digest.model.identifier import bare_doi
from digest.model.library import Library
from digest.model.reference import Reference
from digest.model.status import LinkStatus, ReferenceStatus, Status

FIRST_ERROR = 400
"""HTTP statuses from here on are none of a page that is there."""
NO_NETWORK = frozenset({NO_HOST, BROKEN, SLOW})
"""What every link gives where this machine has no network."""
UNTRIED = frozenset({NOT_HTTPS, MALFORMED})


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What came of asking."""

    status: Status
    works: int
    """References with a DOI or a PMID."""
    answered: Mapping[str, int]
    """Service to the number of works that it answered about."""
    faults: tuple[str, ...]
    """What failed, a sentence each."""
    links: int = 0
    """Links that were tried."""

    @property
    def is_complete(self) -> bool:
        """Whether everybody answered everything."""
        return not self.faults


def run_audit(
    library: Library,
    services: Services,
    today: datetime.date,
    *,
    links: bool = False,
    on_progress: OnProgress | None = None,
) -> Audit:
    """Ask about every reference with a DOI or a PMID, and with `links` try those too."""
    references = _askable(library)
    desks = {
        "crossref": Desk("crossref", 3, _crossref_questions(services, references)),
        "pubmed": Desk("pubmed", 1, _pubmed_questions(services, references)),
        "unpaywall": Desk("unpaywall", 2, _unpaywall_questions(services, references)),
        "links": Desk("links", 6, _link_questions(services, library) if links else []),
    }
    ask_all(desks.values(), on_progress)
    tried = _links(library, services, desks, today) if links else _still_there(library)
    answered = {name: len(desks[name].answers) for name in SERVICES if desks[name].questions}
    faults = [fault for desk in desks.values() for fault in _faults(desk)]
    if faults and not any(desk.answers for desk in desks.values()):
        raise _first_fault(desks)
    status = Status(references=_references(references, library, desks, today), links=tried)
    return Audit(
        status=status,
        works=len(references),
        answered=answered,
        faults=tuple(faults),
        links=sum(status not in UNTRIED for status in desks["links"].answers.values()),
    )


def _askable(library: Library) -> list[Reference]:
    """References that say under which number to ask; of two records with one key the first."""
    by_key: dict[str, Reference] = {}
    for reference in library.references:
        if _doi(reference) or PMID.fullmatch(reference.PMID):
            by_key.setdefault(reference.citation_key, reference)
    return list(by_key.values())


def _doi(reference: Reference) -> str:
    doi = bare_doi(reference.DOI).casefold()
    return doi if doi.startswith("10.") else ""


def _dois(references: Sequence[Reference]) -> list[str]:
    return list(dict.fromkeys(doi for reference in references if (doi := _doi(reference))))


def _crossref_questions(services: Services, references: Sequence[Reference]) -> list[Question]:
    def ask(doi: str) -> Mapping[str, tuple[Answer[CrossrefWork], str]]:
        answer = fetch_work(services.client, services.crossref, doi)
        agency = "" if answer.data else fetch_agency(services.client, services.crossref, doi)
        return {doi: (answer, agency)}

    return [Question((doi,), partial(ask, doi)) for doi in _dois(references)]


def _pubmed_questions(services: Services, references: Sequence[Reference]) -> list[Question]:
    """By PMID where there is one, by DOI else: PubMed takes many in one question."""
    pmids = list(dict.fromkeys(each.PMID for each in references if PMID.fullmatch(each.PMID)))
    dois = _dois([each for each in references if not PMID.fullmatch(each.PMID)])
    client, service = services.client, services.pubmed
    at_once = (1, 1) if services.is_offline else (MOST_RECORDS, MOST_DOIS)  # what is kept is kept one by one
    return [
        Question(tuple(batch), partial(fetch, client, service, batch))
        for fetch, numbers, size in ((fetch_records, pmids, at_once[0]), (fetch_by_doi, dois, at_once[1]))
        for batch in _batches(numbers, size)
    ]


def _batches(things: list[str], size: int) -> list[list[str]]:
    return [things[start : start + size] for start in range(0, len(things), size)]


def _unpaywall_questions(services: Services, references: Sequence[Reference]) -> list[Question]:
    if not services.contact:
        return []

    def ask(doi: str) -> Mapping[str, object]:
        return {doi: fetch_open_access(services.client, services.unpaywall, doi)}

    return [Question((doi,), partial(ask, doi)) for doi in _dois(references)]


def _link_questions(services: Services, library: Library) -> list[Question]:
    def ask(url: str) -> Mapping[str, int | str]:
        return {url: services.links.try_link(url)}

    urls = dict.fromkeys(link.url for link in iter_outside_links(library))
    return [Question((url,), partial(ask, url)) for url in urls]


def _references(
    references: Sequence[Reference], library: Library, desks: Mapping[str, Desk], today: datetime.date
) -> dict[str, ReferenceStatus]:
    known = {}
    for reference in references:
        parts = _parts(reference, desks, today)
        status = put_together(reference, library.status.references.get(reference.citation_key), parts)
        if status is not None:
            known[reference.citation_key] = status
    return known


def _parts(reference: Reference, desks: Mapping[str, Desk], today: datetime.date) -> dict[str, ReferenceStatus]:
    """What each service said of one reference."""
    doi = _doi(reference)
    parts = {}
    if (found := desks["crossref"].answers.get(doi)) is not None:
        answer, agency = found
        parts["crossref"] = learn_from_crossref(reference, answer, agency, today)
    if (found := desks["pubmed"].answers.get(reference.PMID if PMID.fullmatch(reference.PMID) else doi)) is not None:
        parts["pubmed"] = learn_from_pubmed(reference, found, today)
    if (found := desks["unpaywall"].answers.get(doi)) is not None:
        parts["unpaywall"] = learn_from_unpaywall(found, today)
    return parts


def _still_there(library: Library) -> dict[str, LinkStatus]:
    """What was known of links, but for those that nobody uses any more."""
    used = {link.url for link in iter_outside_links(library)}
    return {url: link for url, link in library.status.links.items() if url in used}


def _links(library: Library, services: Services, desks: dict[str, Desk], today: datetime.date) -> dict[str, LinkStatus]:
    """Links that are not in order. One that was dead and gives no clear answer now is still taken for dead."""
    tried: dict[str, Any] = desks["links"].answers
    statuses = [status for status in tried.values() if status not in UNTRIED]
    if statuses and all(status in NO_NETWORK for status in statuses) and not _is_online(desks):
        desks["links"].faults["no link could be tried: this machine seems to have no network"] = len(tried)
        tried.clear()
    known = _still_there(library)
    for url, status in tried.items():
        new, old = LinkStatus(status, today), known.get(url)
        if status in UNTRIED or (isinstance(status, int) and status < FIRST_ERROR):
            known.pop(url, None)
        elif new.is_dead or old is None or not old.is_dead:
            known[url] = new
    return _with_archives(known, tried, library, services, desks)


def _is_online(desks: Mapping[str, Desk]) -> bool:
    """Whether a service has answered just now."""
    answers = (answer for answer, _ in desks["crossref"].answers.values())
    others = (answer for name in ("pubmed", "unpaywall") for answer in desks[name].answers.values())
    return any(not answer.is_kept for answer in (*answers, *others))


def _with_archives(
    links: dict[str, LinkStatus],
    tried: Mapping[str, Any],
    library: Library,
    services: Services,
    desks: dict[str, Desk],
) -> dict[str, LinkStatus]:
    """The same, with an archived copy for each link that was found dead."""

    def ask(url: str) -> Mapping[str, str]:
        return {url: find_archived(services.client, services.archive, url)}

    dead = [url for url, link in links.items() if link.is_dead and url in tried]
    desk = desks["archive"] = Desk("archive", 1, [Question((url,), partial(ask, url)) for url in dead])
    ask_all([desk])
    for url in dead:
        old = library.status.links.get(url)
        copy = desk.answers.get(url, old.archive if old else "")
        links[url] = LinkStatus(links[url].status, links[url].date, copy)
    return links


def _faults(desk: Desk) -> list[str]:
    """What failed at one service, in a sentence or two."""
    noun = "link" if desk.name in {"links", "archive"} else "work"
    said = [f"{message} (asked about {_count(number, noun)})" for message, number in sorted(desk.faults.items())]
    if desk.unasked:
        said.append(f"after that nobody asked there about {_count(desk.unasked, 'other ' + noun)}")
    return said


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _first_fault(desks: Mapping[str, Desk]) -> NetworkFault:
    for desk in desks.values():
        if desk.first_fault is not None:
            return desk.first_fault
    return ServiceUnreachable("no link could be tried: this machine seems to have no network", "go online")
