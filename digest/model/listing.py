"""What a registry's record says of a study, field by field, in the order in which a listing tells it.

The words are the registry's own: text is plain text, lists are lists, and a value that is not there is empty. The field
list is ClinicalTrials.gov's: https://clinicaltrials.gov/data-api/about-api/study-data-structure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or an item of a list, with the items below it."""

    text: str
    items: tuple["Item", ...] = ()
    is_listed: bool = False
    """Whether it stands in a list; else it is a paragraph."""
    number: str = ""
    """Its number as it is written, `3.` or `(3)`, where its list is numbered."""

    @property
    def is_numbered(self) -> bool:
        """Whether its list is numbered."""
        return bool(self.number)

    def iter_all(self) -> Iterator["Item"]:
        """It and everything below it."""
        yield self
        for item in self.items:
            yield from item.iter_all()


@dataclass(frozen=True, slots=True)
class Criteria:
    """Criteria that stand below one heading."""

    kind: str
    """`inclusion`, `exclusion`, or empty where the text does not say."""
    heading: str
    """As the registry words it: `Inclusion Criteria`, `Exclusion criteria for therapists`."""
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who can take part."""

    criteria: tuple[Criteria, ...] = ()
    sex: str = ""
    """`ALL`, `FEMALE` or `MALE`."""
    gender: str = ""
    """What the record says of gender, if eligibility depends on it."""
    minimum_age: str = ""
    """`18 Years`."""
    maximum_age: str = ""
    age_groups: tuple[str, ...] = ()
    """`CHILD`, `ADULT`, `OLDER_ADULT`."""
    healthy: bool | None = None
    """Whether people without the condition can take part (the registry's `healthyVolunteers`)."""
    population: tuple[Item, ...] = ()
    """Of an observational study: from whom its participants come."""
    sampling: str = ""

    def iter_criteria(self) -> Iterator[tuple[str, Item]]:
        """Every criterion of the first level, with its kind."""
        for group in self.criteria:
            for item in group.items:
                yield group.kind, item


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that is given, done or watched."""

    name: str
    type: str = ""
    """`BEHAVIORAL`, `DRUG` ..."""
    description: tuple[Item, ...] = ()
    other_names: tuple[str, ...] = ()
    arms: tuple[str, ...] = ()
    """Labels of the arms that get it."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One group of a study."""

    label: str
    type: str = ""
    """`EXPERIMENTAL`, `NO_INTERVENTION` ..."""
    description: tuple[Item, ...] = ()
    gets: tuple[str, ...] = ()
    """What the group gets: `Behavioral: Virtual Training Program`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that is measured."""

    measure: str
    kind: str
    """`primary`, `secondary`, `other`."""
    description: tuple[Item, ...] = ()
    time_frame: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the record names."""

    name: str
    role: str = ""
    """`CONTACT`, `PRINCIPAL_INVESTIGATOR` ..."""
    phone: str = ""
    email: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place where the study takes place."""

    place: str
    """`Prince of Wales Hospital, Hong Kong, China`."""
    status: str = ""
    """The recruitment status of this place."""
    contacts: tuple[Person, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A sponsor or a collaborator."""

    name: str
    type: str = ""
    """The registry's class of funders: `OTHER`, `INDUSTRY`, `NIH` ..."""


@dataclass(frozen=True, slots=True)
class RegistryDate:
    """A day or a month of the record."""

    label: str
    """What happened, or is expected, then."""
    text: str
    """`2026-12-05`, `2026-12`."""
    type: str = ""
    """`ACTUAL` or `ESTIMATED`."""


@dataclass(frozen=True, slots=True)
class Further:
    """A field of the record that has no place of its own on a page."""

    section: str
    """The part of the record it comes from, in words: `Oversight`."""
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A whole record."""

    nct_id: str = ""
    """The number that the record itself gives."""
    status: str = ""
    """`RECRUITING`, as the record says it: possibly no value that the registry has."""
    last_known_status: str = ""
    why_stopped: str = ""
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    study_type: str = ""
    """`INTERVENTIONAL`, `OBSERVATIONAL`, `EXPANDED_ACCESS`."""
    phases: tuple[str, ...] = ()
    sponsor: Organisation | None = None
    collaborators: tuple[Organisation, ...] = ()
    responsible: str = ""
    identifiers: tuple[str, ...] = ()
    title: str = ""
    official_title: str = ""
    acronym: str = ""
    organisation: str = ""
    summary: tuple[Item, ...] = ()
    description: tuple[Item, ...] = ()
    enrolment: str = ""
    enrolment_type: str = ""
    eligibility: Eligibility = field(default_factory=Eligibility)
    purpose: str = ""
    allocation: str = ""
    model: str = ""
    """Interventional or observational model."""
    model_description: str = ""
    time_perspective: str = ""
    masking: str = ""
    masked: tuple[str, ...] = ()
    masking_description: str = ""
    arms: tuple[Arm, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    locations: tuple[Location, ...] = ()
    contacts: tuple[Person, ...] = ()
    officials: tuple[Person, ...] = ()
    start: str = ""
    primary_completion: str = ""
    completion: str = ""
    updated: str = ""
    dates: tuple[RegistryDate, ...] = ()
    """All dates, in order of what happens first."""
    further: tuple[Further, ...] = ()
    """Everything else that the record holds, so that nothing of it is lost."""

    @property
    def is_observational(self) -> bool:
        """Whether people are watched rather than given something."""
        return self.study_type == "OBSERVATIONAL"

    def iter_contacts(self) -> Iterator[Person]:
        """Everybody who answers questions: of the study, then of its places."""
        yield from self.contacts
        for location in self.locations:
            yield from location.contacts
