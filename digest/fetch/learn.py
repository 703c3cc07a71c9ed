"""Answers of the services to what is kept of a reference: `ReferenceStatus`. No network, no disk.

Each service gives a part; parts are put together, and where a service did not answer, what it said the last time stays.
"""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from digest.check.better import still_better
from digest.fetch.client import Answer
from digest.fetch.compare import better_fields, iter_mismatches
from digest.fetch.crossref import CrossrefWork
from digest.fetch.notices import merge_notices
from digest.fetch.pubmed import PubmedRecord
from digest.model.identifier import bare_doi
from digest.model.reference import Reference
from digest.model.status import Mismatch, OpenAccess, ReferenceStatus

SERVICES = ("crossref", "pubmed", "unpaywall")
OF_PUBMED = frozenset({"pubmed"})
"""Sources of notices that PubMed is; all others came by Crossref."""


def learn_from_crossref(
    reference: Reference, answer: Answer[CrossrefWork], agency: str, today: datetime.date
) -> ReferenceStatus:
    """What Crossref says; a DOI that another agency registered is not unknown, only nothing is said of it."""
    asked = {"crossref": _day(answer, today)}
    work = answer.data
    if work is None:
        return ReferenceStatus(asked=asked, unknown=() if agency else ("crossref",))
    mismatches = list(iter_mismatches(reference, work.reference, work.years, "crossref"))
    doi = bare_doi(reference.DOI)
    if work.doi.casefold() != doi.casefold():
        mismatches.append(Mismatch("doi", doi, work.doi, "crossref"))
    return ReferenceStatus(
        asked=asked,
        notices=work.notices,
        mismatches=tuple(mismatches),
        better={} if _is_other(mismatches) else better_fields(reference, work.reference),
    )


def learn_from_pubmed(reference: Reference, answer: Answer[PubmedRecord], today: datetime.date) -> ReferenceStatus:
    """What PubMed says; it need not have every DOI, since it holds a part of the literature."""
    asked = {"pubmed": _day(answer, today)}
    record = answer.data
    if record is None:
        return ReferenceStatus(asked=asked, unknown=("pubmed",) if reference.PMID else ())
    mismatches = list(iter_mismatches(reference, record.reference, record.years, "pubmed"))
    doi = bare_doi(reference.DOI)
    if doi and record.doi and record.doi.casefold() != doi.casefold():
        mismatches.append(Mismatch("doi", doi, record.doi, "pubmed"))
    return ReferenceStatus(
        asked=asked,
        notices=record.notices,
        mismatches=tuple(mismatches),
        better={} if _is_other(mismatches) else better_fields(reference, record.reference),
    )


def learn_from_unpaywall(answer: Answer[OpenAccess], today: datetime.date) -> ReferenceStatus:
    """Where it may be read."""
    return ReferenceStatus(asked={"unpaywall": _day(answer, today)}, open_access=answer.data)


def _is_other(mismatches: list[Mismatch]) -> bool:
    """Whether it may be another work altogether, whose volume would be no better."""
    return any(mismatch.field in {"title", "year"} for mismatch in mismatches)


def _day(answer: Answer[object], today: datetime.date) -> datetime.date:
    """The day that an answer is of; a fresh one is of the day that the digest works on."""
    return min(answer.fetched.date(), today) if answer.is_kept else today


def put_together(
    reference: Reference, old: ReferenceStatus | None, parts: Mapping[str, ReferenceStatus]
) -> ReferenceStatus | None:
    """What is known now; None where nothing is known at all."""
    silent = [service for service in SERVICES if service not in parts]
    base = _of_services(reference, old, silent) if old is not None and old.is_about(reference) else ReferenceStatus()
    every = [base, *parts.values()]
    if not any(part.asked for part in every):
        return None
    better = {field: text for part in reversed(every) for field, text in part.better.items()}
    if "pages" in better:
        better.pop("eid", None)
    mismatches = tuple(dict.fromkeys(mismatch for part in every for mismatch in part.mismatches))
    copy = next((part.open_access for part in reversed(every) if part.open_access), None)
    return ReferenceStatus(
        asked={service: part.asked[service] for service in SERVICES for part in every if service in part.asked},
        doi=bare_doi(reference.DOI),
        pmid=reference.PMID,
        unknown=tuple(dict.fromkeys(service for part in every for service in part.unknown)),
        notices=tuple(merge_notices(notice for part in every for notice in part.notices)),
        mismatches=mismatches,
        better={} if _is_other(list(mismatches)) else better,
        open_access=copy,
    )


def _of_services(reference: Reference, old: ReferenceStatus, services: list[str]) -> ReferenceStatus:
    """The part of what was known that came from these services."""
    notices = []
    for notice in old.notices:
        kept = tuple(
            source for source in notice.sources if ("pubmed" if source in OF_PUBMED else "crossref") in services
        )
        if kept:
            notices.append(replace(notice, sources=kept))
    told_better = "crossref" in services or "pubmed" in services
    return ReferenceStatus(
        asked={service: day for service, day in old.asked.items() if service in services},
        unknown=tuple(service for service in old.unknown if service in services),
        notices=tuple(notices),
        mismatches=tuple(mismatch for mismatch in old.mismatches if mismatch.source in services),
        better=still_better(reference, old.better) if told_better else {},
        open_access=old.open_access if "unpaywall" in services else None,
    )
