"""Studies that recruit, and what the registry says of them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from digest.model.body import Body
from digest.model.fields import Fields
from digest.model.listing import Listing
from digest.model.source import Places

REGISTRY = "studies/registry"
"""Where the registry's records are kept."""


class RecruitmentStatus(StrEnum):
    """The registry's values: https://clinicaltrials.gov/data-api/about-api/study-data-structure (OverallStatus)."""

    NOT_YET_RECRUITING = "NOT_YET_RECRUITING"
    RECRUITING = "RECRUITING"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION"
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING"
    COMPLETED = "COMPLETED"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    WITHDRAWN = "WITHDRAWN"
    UNKNOWN = "UNKNOWN"


RECRUITMENT_STATUSES = frozenset(str(status) for status in RecruitmentStatus) | {
    *("AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "APPROVED_FOR_MARKETING", "WITHHELD")
}
"""Every value that the registry has: the last five are of expanded access, which recruits nobody for a study."""


class CriterionKind(StrEnum):
    """What a criterion does when it is true of somebody."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, kw_only=True, eq=False)
class SignUp(Fields):
    """Where a person says that they would take part."""

    url: str = ""
    """Address of the sign-up form (https, on a host of the configuration's list)."""
    email: str = ""
    """Address to write to, where there is no form."""
    label: str = ""
    """Words on the link."""
    opens: datetime.date | None = None
    """First day on which it is shown."""
    closes: datetime.date | None = None
    """Last day on which it is shown; the registry's primary completion date if left out."""
    source: str = ""
    """Where the address was stated, and when."""
    seen_by: str = ""
    """Who sees what a visitor writes there, in a sentence."""
    audiences: tuple[str, ...] = ()
    """Who signs up here, if not everybody whom the study is for: some of its `audiences`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ethics(Fields):
    """The clearance of an ethics board."""

    board: str = ""
    """Name of the board."""
    statement: str = ""
    """The board's exact clearance sentence."""
    version_date: datetime.date | None = None
    """Version date of the approved text."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Contact(Fields):
    """Who answers questions about the study."""

    name: str = ""
    """Name of the person."""
    role: str = ""
    """Investigator, coordinator ..."""
    email: str = ""
    """Address, if it is public."""
    phone: str = ""
    """Number, if it is public."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PlainCriterion(Fields):
    """A criterion in the study team's plain words."""

    plain: str = ""
    """The criterion as a sentence about the reader: `You are at least 18 years old.`"""
    registry: str = ""
    """The criterion of the record that it puts plainly: its first words, exactly; or `ages`, or `sex`."""
    kind: CriterionKind = CriterionKind.INCLUSION
    """`inclusion`, or `exclusion` if nobody of whom it is true can take part; the record's word if it has one."""
    question: str = ""
    """The same as a question with yes or no, for the self-check."""
    audiences: tuple[str, ...] = ()
    """For whom it counts, if not for everybody: some of the study's `audiences`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PlainArm(Fields):
    """A group of the study in the study team's plain words."""

    arm: str = ""
    """The record's label of the group, or its first words."""
    plain: str = ""
    """What happens in this group."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Poster(Fields):
    """What the printable poster says, besides title, address and who to ask."""

    purpose: str = ""
    """What the study wants to find out, in one or two sentences."""
    who: str = ""
    """Who can take part."""
    tasks: str = ""
    """What participants do."""
    time_and_place: str = ""
    """How long it takes, and where."""
    compensation: str = ""
    """What participants receive, stated plainly."""
    version_date: datetime.date | None = None
    """Day of this version of the poster; that of the ethics approval if left out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class StudyFields(Fields):
    """What an editor may write at the top of a recruitment page."""

    title: str = ""
    """Title of the page. Required."""
    audiences: tuple[str, ...] = ()
    """For whom it is: therapists, clients ... A section `## For therapists` of the text tells that audience's way."""
    registry: str = ""
    """Number in the registry, e.g. NCT07087730."""
    status: RecruitmentStatus | None = None
    """The study team's word on recruitment, in the registry's values; shown beside the registry's."""
    sign_up: SignUp | None = None
    """How to take part."""
    ethics: Ethics | None = None
    """Who approved it."""
    contacts: tuple[Contact, ...] = ()
    """Who answers questions."""
    conditions: tuple[str, ...] = ()
    """Conditions studied, in the study team's words."""
    interventions: tuple[str, ...] = ()
    """What is tried out, in the study team's words."""
    enrolment: int | None = None
    """Number of participants."""
    sex: str = ""
    """Who is eligible by sex, if the team words it differently from the registry."""
    ages: str = ""
    """Who is eligible by age, likewise."""
    sponsor: str = ""
    """Who is responsible for the study."""
    locations: tuple[str, ...] = ()
    """Where it takes place."""
    criteria: tuple[PlainCriterion, ...] = ()
    """Criteria in plain words, shown beside the registry's and asked in the self-check."""
    arms: tuple[PlainArm, ...] = ()
    """Groups in plain words, shown beside the registry's."""
    words_by: str = ""
    """Whose words this page's are, if not the study team's: `This digest`."""
    poster: Poster | None = None
    """What the printable poster says."""
    topics: tuple[str, ...] = ()
    """Ids of topics in `vocabulary/topics.yml`."""
    training: tuple[str, ...] = ()
    """Slugs of training modules that the study belongs to."""
    aliases: tuple[str, ...] = ()
    """Old paths that redirect here."""
    draft: bool = False
    """`true` keeps the page out of the site."""


@dataclass(frozen=True, kw_only=True)
class RegistryRecord:
    """A ClinicalTrials.gov API v2 record as it was fetched."""

    nct_id: str
    path: str
    record: Mapping[str, Any]
    """The JSON as it is: `protocolSection` and the rest."""
    listing: Listing = field(default_factory=Listing)
    """What it says, field by field."""
    fetched: datetime.date | None = None
    source: str = ""
    kind: str = ""
    """`api`, or `reconstructed` where it was put together from listings."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Study(StudyFields):
    """One recruitment page: `studies/<slug>.md`."""

    path: str
    slug: str
    body: Body
    places: Places
    record: RegistryRecord | None = None

    @property
    def permalink(self) -> str:
        """`/studies/<slug>/`."""
        return f"/studies/{self.slug}/"

    @property
    def poster_address(self) -> str:
        """`/studies/<slug>/poster/`."""
        return f"{self.permalink}poster/"

    @property
    def listing(self) -> Listing:
        """What the registry's record says; empty without one."""
        return self.record.listing if self.record else Listing()
