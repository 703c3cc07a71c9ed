"""Studies that recruit, and what the registry says of them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from digest.model.body import Body
from digest.model.fields import Fields
from digest.model.source import Places


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
    """Last day on which it is shown."""
    source: str = ""
    """Where the address was stated."""


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
class StudyFields(Fields):
    """What an editor may write at the top of a recruitment page."""

    title: str = ""
    """Title of the page. Required."""
    audiences: tuple[str, ...] = ()
    """For whom it is: therapists, clients ..."""
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
