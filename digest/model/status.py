"""What the last audit learnt of references and links: `bib/status.json`. Checking and pages know nothing else of it.

Nobody can say that a work is *not* retracted: only that no notice was known on a day (`ReferenceStatus.as_of`).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from digest.model.identifier import bare_doi
from digest.model.reference import Reference

PATH = "bib/status.json"


class NoticeKind(StrEnum):
    """What a notice says about a work; the kinds of Crossref's Crossmark, near synonyms together."""

    RETRACTION = "retraction"
    PARTIAL_RETRACTION = "partial-retraction"
    WITHDRAWAL = "withdrawal"
    REMOVAL = "removal"
    CONCERN = "expression-of-concern"
    CORRECTION = "correction"
    ADDENDUM = "addendum"
    CLARIFICATION = "clarification"
    NEW_VERSION = "new-version"

    @property
    def retracts(self) -> bool:
        """Whether the work, or a part of it, does not stand any more."""
        return self in {self.RETRACTION, self.PARTIAL_RETRACTION, self.WITHDRAWAL, self.REMOVAL}

    @property
    def corrects(self) -> bool:
        """Whether the work stands, with something changed or added."""
        return self in {self.CORRECTION, self.ADDENDUM, self.CLARIFICATION}


NOTICE_SOURCES = {
    "publisher": "the publisher",
    "retraction-watch": "Retraction Watch",
    "title": "the work's title",
    "pubmed": "PubMed",
}
"""Who tells of notices, in words; in the order in which they are named."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice about a work."""

    kind: NoticeKind
    date: str = ""
    """As far as it is known: `2010-02-06`, `2010-02` or `2010`."""
    doi: str = ""
    """DOI of the notice itself; that of the work where the publisher changed it in place."""
    pmid: str = ""
    sources: tuple[str, ...] = ()
    """Who told of it: keys of `NOTICE_SOURCES`."""

    @property
    def source(self) -> str:
        """Who told of it, in words."""
        return " and ".join(NOTICE_SOURCES.get(source, source) for source in self.sources)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field in which the record in `bib/` and a service's do not agree."""

    field: str
    """`title`, `year` or `doi`."""
    ours: str
    theirs: str
    source: str


@dataclass(frozen=True, slots=True)
class OpenAccess:
    """The best copy that anybody may read."""

    url: str
    licence: str = ""
    version: str = ""
    """`publishedVersion`, `acceptedVersion` or `submittedVersion`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceStatus:
    """What was learnt of one reference."""

    asked: Mapping[str, datetime.date] = field(default_factory=dict)
    """Which service answered, and on which day."""
    doi: str = ""
    """The DOI that was asked about, and the PMID: another DOI in `bib/` is another work."""
    pmid: str = ""
    unknown: tuple[str, ...] = ()
    """Services that have no record of the DOI or PMID."""
    notices: tuple[Notice, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    better: Mapping[str, str] = field(default_factory=dict)
    """Fields that a service knows and the record lacks, by their BibTeX names."""
    open_access: OpenAccess | None = None

    @property
    def as_of(self) -> datetime.date | None:
        """The day up to which notices are known: the older one, where two services tell of them."""
        return min([day for service, day in self.asked.items() if service != "unpaywall"], default=None)

    @property
    def retraction(self) -> Notice | None:
        """The notice that retracts the work, if one is known."""
        return next((notice for notice in self.notices if notice.kind.retracts), None)

    @property
    def concern(self) -> Notice | None:
        """The expression of concern about the work, if one is known."""
        return next((notice for notice in self.notices if notice.kind is NoticeKind.CONCERN), None)

    def is_about(self, reference: Reference) -> bool:
        """Whether the reference still has the DOI and the PMID that were asked about."""
        same_doi = not self.doi or self.doi.casefold() == bare_doi(reference.DOI).casefold()
        return same_doi and (not self.pmid or self.pmid == reference.PMID)


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """What came of trying a link."""

    status: int | str
    """HTTP status, or why there was none: `no-such-host`, `time-out`, `private-address` ..."""
    date: datetime.date
    archive: str = ""
    """Address of an archived copy, where the link is dead and there is one."""

    @property
    def is_dead(self) -> bool:
        """Whether the page is surely gone; a host that refuses programs, or rests, proves nothing."""
        return self.status in {404, 410, "no-such-host"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """Everything that was learnt, by citation key and by address."""

    references: Mapping[str, ReferenceStatus] = field(default_factory=dict)
    links: Mapping[str, LinkStatus] = field(default_factory=dict)

    @property
    def asked(self) -> datetime.date | None:
        """The day on which notices were last asked for, if they ever were."""
        return max((day for status in self.references.values() if (day := status.as_of)), default=None)

    def find(self, reference: Reference) -> ReferenceStatus | None:
        """What is known of a reference; nothing if it has another DOI or PMID now."""
        status = self.references.get(reference.citation_key)
        return status if status is not None and status.is_about(reference) else None
