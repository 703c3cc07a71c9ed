"""Crossref: the record of a DOI, and the notices about it. https://api.crossref.org/swagger-ui/index.html

A retracted work carries `updated-by: [{DOI, type, source, updated}]`, its notice `update-to`; `source` says `publisher`
or `retraction-watch`. Whatever is missing, null or of another type is taken for missing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from digest.fetch.body import Unusable, decode_json
from digest.fetch.client import Answer, Client, Service
from digest.fetch.notices import merge_notices
from digest.model.identifier import bare_doi
from digest.model.reference import Reference
from digest.model.status import Notice, NoticeKind
from digest.read.crossref import parse_crossref_work

JSON = "application/json"
KINDS = {
    "retraction": NoticeKind.RETRACTION,
    "partial_retraction": NoticeKind.PARTIAL_RETRACTION,
    "withdrawal": NoticeKind.WITHDRAWAL,
    "removal": NoticeKind.REMOVAL,
    "expression_of_concern": NoticeKind.CONCERN,
    "correction": NoticeKind.CORRECTION,
    "corrigendum": NoticeKind.CORRECTION,
    "erratum": NoticeKind.CORRECTION,
    "addendum": NoticeKind.ADDENDUM,
    "clarification": NoticeKind.CLARIFICATION,
    "new_version": NoticeKind.NEW_VERSION,
    "new_edition": NoticeKind.NEW_VERSION,
}
"""Types of updates: https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/."""
RETRACTED_TITLE = re.compile(
    r"\W*(?:(?i:retracted(?:\s+(?:article|chapter|paper))?)|WITHDRAWN|REMOVED)\b\s*[:\]–—-]+\s*"
)
"""What publishers write before the title of a work that does not stand any more: `RETRACTED: ...`."""
SOURCE = re.compile(r"[a-z][a-z-]{0,30}")
DATES = ("issued", "published", "published-print", "published-online", "posted")
FIRST_YEAR, LAST_YEAR = 1000, 2999
LAST_MONTH, LAST_DAY = 12, 31


@dataclass(frozen=True, slots=True)
class CrossrefWork:
    """A work as Crossref has it."""

    reference: Reference
    doi: str
    """As Crossref has it: another one than was asked for where that is an alias."""
    years: frozenset[int]
    """Every year in which a version of it appeared."""
    notices: tuple[Notice, ...] = ()
    notice_about: tuple[str, ...] = ()
    """DOIs of other works, if this one is itself a notice about them."""


def crossref_service(base: str, contact: str) -> Service:
    """Five questions a second until its headers say what it allows."""
    return Service("crossref", "Crossref", base, 0.2, {"mailto": contact} if contact else {})


def fetch_work(client: Client, service: Service, doi: str) -> Answer[CrossrefWork]:
    """The work with this DOI; its data is None where Crossref has no such record."""

    def decode(body: bytes, content_type: str) -> CrossrefWork:
        return parse_work(decode_json(body, content_type), doi)

    return client.ask(service, f"works/{quote(bare_doi(doi), safe='')}", {}, decode, accept=JSON)


def fetch_agency(client: Client, service: Service, doi: str) -> str:
    """Who registered a DOI, such as `DataCite`; nothing where nobody did."""
    path = f"works/{quote(bare_doi(doi), safe='')}/agency"
    return client.ask(service, path, {}, _decode_agency, accept=JSON).data or ""


def _decode_agency(body: bytes, content_type: str) -> str:
    message = _mapping(_mapping(decode_json(body, content_type)).get("message"))
    agency = _mapping(message.get("agency"))
    label = agency.get("label") or agency.get("id")
    return label[:60] if isinstance(label, str) else ""


def parse_work(data: object, doi: str) -> CrossrefWork:
    """The work in an answer to a question about this DOI. Raises Unusable where there is none in it."""
    work = _mapping(_mapping(data).get("message"))
    if not work:
        raise Unusable("holds no record")
    reference = parse_crossref_work(work)
    has_doi = isinstance(work.get("DOI"), str)
    if not reference.title and not has_doi:
        raise Unusable("holds no record: neither a title nor a DOI")
    own = reference.DOI if has_doi else bare_doi(doi)
    about = [update["DOI"] for update in _iter_updates(work, "update-to") if not _same(update["DOI"], own)]
    return CrossrefWork(
        reference=reference,
        doi=own,
        years=frozenset(year for field in DATES if (year := _year(work.get(field)))),
        notices=tuple(merge_notices([*_iter_notices(work, own), *notices_of_title(reference.title, "title")])),
        notice_about=tuple(dict.fromkeys(about)),
    )


def _iter_notices(work: Mapping[str, Any], own: str) -> Iterator[Notice]:
    """Notices by other works, and of the work about itself where the publisher changed it in place."""
    for field in ("updated-by", "update-to"):
        for update in _iter_updates(work, field):
            kind = KINDS.get(str(update.get("type")).lower().replace("-", "_").replace(" ", "_"))
            if kind is None or (field == "update-to" and not _same(update["DOI"], own)):
                continue
            source = update.get("source")
            known = isinstance(source, str) and SOURCE.fullmatch(source)
            doi = bare_doi(update["DOI"])
            yield Notice(kind, _partial_date(update.get("updated")), doi, "", (str(source) if known else "publisher",))


def notices_of_title(title: str, source: str) -> Iterator[Notice]:
    """What a title says by itself."""
    if match := RETRACTED_TITLE.match(title):
        withdrawn = "WITHDRAWN" in match[0]
        yield Notice(NoticeKind.WITHDRAWAL if withdrawn else NoticeKind.RETRACTION, sources=(source,))


def _iter_updates(work: Mapping[str, Any], field: str) -> Iterator[Mapping[str, Any]]:
    value = work.get(field)
    for update in value if isinstance(value, list) else []:
        if isinstance(update, Mapping) and isinstance(update.get("DOI"), str) and len(update["DOI"]) < 300:  # noqa: PLR2004 - no DOI is that long
            yield update


def _same(one: str, other: str) -> bool:
    return bare_doi(one).casefold() == bare_doi(other).casefold()


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _parts(value: object) -> list[int]:
    """The numbers of `{"date-parts": [[2010, 2, 6]]}`, as far as they make a date."""
    parts = _mapping(value).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else []
    numbers: list[int] = []
    for number, (low, high) in zip(
        first if isinstance(first, list) else [],
        ((FIRST_YEAR, LAST_YEAR), (1, LAST_MONTH), (1, LAST_DAY)),
        strict=False,
    ):
        if not isinstance(number, int) or isinstance(number, bool) or not low <= number <= high:
            break
        numbers.append(number)
    return numbers


def _year(value: object) -> int:
    parts = _parts(value)
    return parts[0] if parts else 0


def _partial_date(value: object) -> str:
    """`2010-02-06`, as far as it is known."""
    return "-".join(f"{part:02d}" for part in _parts(value))
