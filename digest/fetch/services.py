"""All services together, and the one question that `digest new` has: what is this?"""

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from digest.errors import DigestError, NetworkFault
from digest.fetch.cache import FOLDER, Cache
from digest.fetch.client import Answer, CacheUse, Client, Limits, Service, is_of_this_machine
from digest.fetch.clinicaltrials import clinicaltrials_service
from digest.fetch.crossref import CrossrefWork, crossref_service, fetch_work
from digest.fetch.identify import Identifier, parse_identifier
from digest.fetch.links import Links, archive_service
from digest.fetch.notices import merge_notices
from digest.fetch.pace import Clock
from digest.fetch.pubmed import PMID, PubmedRecord, fetch_by_doi, fetch_records, pubmed_service
from digest.fetch.unpaywall import fetch_open_access, unpaywall_service
from digest.model.reference import Reference
from digest.model.status import Notice, OpenAccess

T = TypeVar("T")
ADDRESSES = {
    "crossref": "https://api.crossref.org",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    "unpaywall": "https://api.unpaywall.org/v2",
    "archive": "https://archive.org",
    "clinicaltrials": "https://clinicaltrials.gov/api/v2",
    "links": "",
}
"""Where the services are; `links` is empty, but for tests (`digest.fetch.links.Links.gateway`)."""
VARIABLE = "DIGEST_SERVICES"
"""For tests of the command line: JSON such as `{"crossref": "http://127.0.0.1:1234"}`, of this machine only."""
COMPLETED = (
    *("title", "author", "issued", "container_title", "volume", "issue", "abstract", "language"),
    *("PMID", "PMCID", "ISSN", "keyword", "mesh", "publication_types"),
)
"""Fields that PubMed's record fills in where Crossref's has nothing."""


@dataclass(frozen=True)
class Found:
    """What is known of a work."""

    reference: Reference
    """Crossref's record, completed by PubMed's (`publication_types`, `mesh`, `abstract` ...); its citation key is still
    to be given."""
    notices: tuple[Notice, ...] = ()
    """Gravest first."""
    notice_about: tuple[str, ...] = ()
    """DOIs or PMIDs of other works, if this one is itself a notice about them, such as a retraction."""
    open_access: OpenAccess | None = None
    sources: tuple[str, ...] = ()
    """Services that knew it: `crossref`, `pubmed`, `unpaywall`."""
    as_of: datetime.date | None = None
    """The day of the oldest answer among these: no other notice is known as of that day."""
    faults: tuple[NetworkFault, ...] = ()
    """Services that could not be asked, so that more may be known."""


@dataclass
class Services:
    """The services, and how they are asked.

    `contact` is the e-mail address of whoever runs the digest: Unpaywall answers nobody without one, and Crossref and
    PubMed are quicker with it. `addresses` replaces addresses of `ADDRESSES`, for tests.
    """

    contact: str = ""
    cache_folder: Path | None = None
    use: CacheUse = CacheUse.YOUNG
    addresses: Mapping[str, str] = field(default_factory=dict)
    limits: Limits | None = None
    clock: Clock | None = None

    def __post_init__(self) -> None:
        addresses = {**ADDRESSES, **{name: address.rstrip("/") for name, address in self.addresses.items()}}
        mail = f"; mailto:{self.contact}" if self.contact else ""
        agent = f"digest-evidence/{version('digest-evidence')} (an evidence digest{mail})"
        self.cache = Cache(self.cache_folder)
        self.client = Client(agent=agent, cache=self.cache, use=self.use, limits=self.limits, clock=self.clock)
        self.crossref: Service = crossref_service(addresses["crossref"], self.contact)
        self.pubmed: Service = pubmed_service(addresses["pubmed"], self.contact)
        self.unpaywall: Service = unpaywall_service(addresses["unpaywall"], self.contact)
        self.archive: Service = archive_service(addresses["archive"])
        self.clinicaltrials: Service = clinicaltrials_service(addresses["clinicaltrials"])
        self.links = Links(
            agent,
            self.limits or Limits(connect=10, read=15),
            self.clock or Clock(),
            gateway=addresses["links"],
            pause=0.0 if addresses["links"] else 1.0,
        )

    def close(self) -> None:
        """Close every connection, and rid the cache of what is too old."""
        self.client.close()
        self.links.close()
        self.cache.sweep(self.client.clock.now())

    @property
    def is_offline(self) -> bool:
        """Whether only what was kept is looked at."""
        return self.use is CacheUse.ONLY

    def find(self, identifier: str) -> Found | None:
        """What is known of a work, by DOI, PMID or an address with one of them; None where nobody knows it.

        Raises IdentifierUnclear, and a NetworkFault where the answer hangs on a service that could not be asked.
        """
        wanted = parse_identifier(identifier)
        return _Search(self).find(wanted)


class _Search:
    """One `find`: gathers what each service says, and the faults of those that say nothing."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._faults: list[NetworkFault] = []
        self._days: list[datetime.date] = []

    def find(self, wanted: Identifier) -> Found | None:
        services, client = self._services, self._services.client
        record = self._record(pmid=wanted.pmid) if wanted.pmid else None
        doi = wanted.doi or (record.doi if record else "")
        work = self._try(lambda: fetch_work(client, services.crossref, doi)) if doi else None
        if record is None and wanted.doi:
            pmid = work.reference.PMID if work else ""
            record = self._record(pmid=pmid) if PMID.fullmatch(pmid) else self._record(doi=doi)
        if work is None and record is None:
            if self._faults:
                raise self._faults[0]
            return None
        copy = None
        if doi and services.contact:
            copy = self._try(lambda: fetch_open_access(client, services.unpaywall, doi))
        return self._found(work, record, copy)

    def _record(self, *, pmid: str = "", doi: str = "") -> PubmedRecord | None:
        client, service = self._services.client, self._services.pubmed
        if pmid:
            return self._try(lambda: fetch_records(client, service, [pmid])[pmid])
        return self._try(lambda: next(iter(fetch_by_doi(client, service, [doi]).values())))

    def _try(self, ask: Callable[[], Answer[T]]) -> T | None:
        """What a service knows; nothing, and its fault noted, where it could not be asked."""
        try:
            answer = ask()
        except NetworkFault as fault:
            self._faults.append(fault)
            return None
        self._days.append(answer.fetched.date())
        return answer.data

    def _found(self, work: CrossrefWork | None, record: PubmedRecord | None, copy: OpenAccess | None) -> Found:
        references = [each.reference for each in (work, record) if each is not None]
        parts = (("crossref", work), ("pubmed", record), ("unpaywall", copy))
        return Found(
            reference=references[0] if len(references) == 1 else complete(*references),
            notices=tuple(merge_notices(notice for each in (work, record) if each for notice in each.notices)),
            notice_about=tuple(about for each in (work, record) if each for about in each.notice_about),
            open_access=copy,
            sources=tuple(name for name, part in parts if part is not None),
            as_of=min(self._days),
            faults=tuple(self._faults),
        )


def complete(reference: Reference, other: Reference) -> Reference:
    """A record with what another one of the same work knows besides."""
    known = {name: getattr(other, name) for name in COMPLETED if not getattr(reference, name) and getattr(other, name)}
    if not reference.page and not reference.number:
        known |= {"page": other.page, "number": other.number}
    if "volume" in known:
        known["status"] = other.status  # it is no advance publication any more
    return replace(reference, **known)


def read_addresses(variable: str | None) -> Mapping[str, str]:
    """The addresses of DIGEST_SERVICES. Raises DigestError for any that is not one of this machine."""
    if not variable:
        return {}
    try:
        addresses = json.loads(variable)
    except (ValueError, RecursionError):
        addresses = None
    if not isinstance(addresses, dict) or not all(
        name in ADDRESSES and isinstance(address, str) and is_of_this_machine(address)
        for name, address in addresses.items()
    ):
        known = ", ".join(ADDRESSES)
        raise DigestError(
            f"{VARIABLE} is for tests only, and does not name services of this machine",
            f'unset it, or write JSON such as {{"crossref": "http://127.0.0.1:1234"}}; the names are {known}',
        )
    return addresses


def cache_folder(root: Path) -> Path:
    """Where the answers of a digest are kept."""
    return root / FOLDER
