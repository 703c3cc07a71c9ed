"""What a record and a page say of a study, as rows in the order in which listings are read.

Takes a study; gives rows, each with the registry's words and, where both exist, the study team's beside them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from digest.model.identifier import fold
from digest.model.listing import Criteria, Item, Listing, Organisation, Person
from digest.model.plain_words import PlainWords
from digest.model.sign_up import email_fault
from digest.model.study import Contact, Study
from digest.pages.addresses import is_web_address
from digest.pages.study_items import render_item, render_items
from digest.pages.study_words import say_ages, say_codes, say_date, say_sex
from digest.pages.words import say_day
from digest.read.registry_words import say_code

SHOWN_AT_ONCE = 6
"""Of a long list; the rest opens on request."""


@dataclass(frozen=True)
class Fact:
    """One row."""

    name: str
    registry: Sequence[Markup] = ()
    team: Sequence[Markup] = ()

    def __bool__(self) -> bool:
        return bool(self.registry or self.team)


@dataclass(frozen=True)
class Pair:
    """The registry's exact words and the plain ones."""

    exact: Markup
    plain: str


@dataclass(frozen=True)
class Group:
    """Criteria below one heading."""

    heading: str
    pairs: Sequence[Pair]
    has_plain: bool


@dataclass(frozen=True)
class ArmRow:
    """A group of the study."""

    label: str
    type: str
    description: Markup
    gets: Sequence[str]
    plain: str


def _texts(*values: str) -> list[Markup]:
    return [escape(value) for value in values if value]


def fact(name: str, registry: Iterable[str] = (), team: Iterable[str] = ()) -> Fact:
    """A row of plain texts; what both sides say in the same words is said once."""
    there, own = _texts(*registry), _texts(*team)
    is_same = [fold(each) for each in there] == [fold(each) for each in own]
    return Fact(name, there, [] if is_same else own)


def overview(study: Study) -> list[Fact]:
    """Status, conditions, treatments, study type, funder, identifiers: what a listing begins with."""
    listing = study.listing
    status = [say_code(listing.status)]
    status += [f"Last known status: {say_code(listing.last_known_status)}"] * bool(listing.last_known_status)
    status += [f"Why it stopped: {listing.why_stopped}"] * bool(listing.why_stopped)
    treatments = [_treatment(listing, index) for index in range(len(listing.interventions))]
    rows = [
        fact("Status", status, [say_code(study.status) if study.status else ""]),
        fact("Conditions", listing.conditions, study.conditions),
        Fact("Treatments", [each for each in treatments if each], _texts(*study.interventions)),
        fact("Study type", [say_code(listing.study_type)]),
        fact("Phase", [say_codes(listing.phases)]),
        fact("Funder", _organisations([listing.sponsor] if listing.sponsor else []), [study.sponsor]),
        fact("Collaborators", _organisations(listing.collaborators)),
        fact("Responsible", [listing.responsible]),
        fact("Organization", [listing.organisation]),
        fact("Identifiers", listing.identifiers or ([study.registry] if study.registry else [])),
        fact("Title", _unique(listing.title, listing.official_title)),
        fact("Acronym", [listing.acronym]),
        fact("Keywords", ["; ".join(listing.keywords)]),
    ]
    return [row for row in rows if row]


def _unique(*texts: str) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _organisations(organisations: Iterable[Organisation]) -> list[str]:
    return [
        f"{each.name} ({say_code(each.type)})" if each.name and each.type else each.name or say_code(each.type)
        for each in organisations
    ]


def _treatment(listing: Listing, index: int) -> Markup:
    each = listing.interventions[index]
    name = f"{say_code(each.type)}: {each.name}" if each.type and each.name else each.name or say_code(each.type)
    lines = [f"Also called: {'; '.join(each.other_names)}"] * bool(each.other_names)
    lines += [f"Groups: {'; '.join(each.arms)}"] * bool(each.arms)
    parts = [escape(name), render_items(each.description), *(Markup("<p>{}</p>").format(line) for line in lines)]
    return Markup("\n").join(part for part in parts if part)


def who(study: Study) -> list[Fact]:
    """Enrolment, sex, ages, healthy participants, and from whom participants come."""
    listing, eligibility = study.listing, study.listing.eligibility
    words = PlainWords(study)
    plain = {name: [found.plain] if (found := words.of_field(name)) else [] for name in ("ages", "sex")}
    enrolment = f"{listing.enrolment} participants" if listing.enrolment else ""
    enrolment += f" ({say_code(listing.enrolment_type).lower()})" if enrolment and listing.enrolment_type else ""
    rows = [
        fact("Enrolment", [enrolment], [f"{study.enrolment:,} participants" if study.enrolment is not None else ""]),
        fact("Sex", [say_sex(eligibility)], [study.sex, *plain["sex"]]),
        fact("Ages", [say_ages(eligibility)], [study.ages, *plain["ages"]]),
        fact("Age groups", [say_codes(eligibility.age_groups)]),
        fact("Healthy participants", [{True: "Yes", False: "No", None: ""}[eligibility.healthy]]),
        Fact("Study population", [render_items(eligibility.population)] if eligibility.population else []),
        fact("Sampling", [say_code(eligibility.sampling)]),
    ]
    return [row for row in rows if row]


def criteria(study: Study) -> list[Group]:
    """The registry's criteria with the plain words beside them, then the study team's own."""
    words = PlainWords(study)
    groups = [_group(each, words) for each in study.listing.eligibility.criteria]
    own = [Pair(Markup(), each.plain) for each in words.iter_own_criteria() if each.plain]
    if own:
        groups.append(Group("Besides, in plain words" if groups else "In plain words", own, has_plain=True))
    return groups


def _group(found: Criteria, words: PlainWords) -> Group:
    headings = {"inclusion": "Inclusion criteria", "exclusion": "Exclusion criteria", "": "Criteria"}
    pairs = [Pair(render_item(item), _plain_below(item, words)) for item in found.items]
    return Group(found.heading or headings[found.kind], pairs, any(pair.plain for pair in pairs))


def _plain_below(item: Item, words: PlainWords) -> str:
    """Plain words for a criterion, else those for what stands below it."""
    found = words.of_criterion(item)
    if found is not None:
        return found.plain
    return " ".join(text for each in item.items if (text := _plain_below(each, words)))


def design(study: Study) -> list[Fact]:
    """Purpose, allocation, model, masking."""
    listing = study.listing
    model = "Observational model" if listing.is_observational else "Interventional model"
    rows = [
        fact("Primary purpose", [say_code(listing.purpose)]),
        fact("Allocation", [say_code(listing.allocation)]),
        fact(model, [say_code(listing.model), listing.model_description]),
        fact("Time perspective", [say_code(listing.time_perspective)]),
        fact(
            "Masking",
            [
                say_code(listing.masking)
                if listing.masking != "NONE"
                else "None (open label: everybody knows who gets what)",
                f"Who does not know: {say_codes(listing.masked).lower()}" if listing.masked else "",
                listing.masking_description,
            ],
        ),
    ]
    return [row for row in rows if row]


def arms(study: Study) -> list[ArmRow]:
    """Every group: what it gets by the record, and what happens in it in plain words."""
    words = PlainWords(study)
    rows = []
    for arm in study.listing.arms:
        plain = words.of_arm(arm)
        rows.append(
            ArmRow(arm.label, say_code(arm.type), render_items(arm.description), arm.gets, plain.plain if plain else "")
        )
    rows += [ArmRow(each.arm, "", Markup(), (), each.plain) for each in words.iter_own_arms()]
    return rows


def outcomes(study: Study) -> list[Fact]:
    """What is measured: first what the study was planned for."""
    rows = []
    for kind, name in (("primary", "Main measurements"), ("secondary", "Further measurements"), ("other", "Others")):
        values = [
            Markup("\n").join(
                part for part in (escape(_timed(each.measure, each.time_frame)), render_items(each.description)) if part
            )
            for each in study.listing.outcomes
            if each.kind == kind
        ]
        rows.append(Fact(name, values))
    return [row for row in rows if row]


def _timed(measure: str, time_frame: str) -> str:
    return f"{measure} (when: {time_frame})" if time_frame else measure


def where(study: Study) -> list[Fact]:
    """Locations, each with its own status and contacts."""
    places = []
    for each in study.listing.locations:
        status = f": {say_code(each.status)}" if each.status else ""
        people = [Markup("<p>{}</p>").format(person) for person in _people(each.contacts)]
        parts = [escape(each.place + status), *people]
        places.append(Markup("\n").join(part for part in parts if part))
    row = Fact("Locations", [place for place in places if place], _texts(*study.locations))
    return [row] if row else []


def answers(study: Study) -> list[Fact]:
    """For a visitor who wants to ask: who answers questions, and who approved the study."""
    ethics = study.ethics
    rows = [
        Fact("Contact", [] if study.contacts else _people(study.listing.contacts), _people(study.contacts)),
        fact("Ethics board", team=[ethics.board] if ethics else []),
        fact("Ethics clearance", team=[ethics.statement] if ethics else []),
        fact("Text approved on", team=[say_day(ethics.version_date)] if ethics and ethics.version_date else []),
    ]
    return [row for row in rows if row]


def contacts(study: Study) -> list[Fact]:
    """Whom the record names, and beside it whom the page names."""
    if study.record is None:
        return []
    rows = [
        Fact("Contact", _people(study.listing.contacts), _people(study.contacts)),
        Fact("In charge", _people(study.listing.officials)),
    ]
    return [row for row in rows if row]


def _people(people: Iterable[Person | Contact]) -> list[Markup]:
    return [found for each in people if (found := _person(each))]


def _person(person: Person | Contact) -> Markup:
    """Name, role and affiliation as text; the address as a link where it is one."""
    role = say_code(person.role) if isinstance(person, Person) else person.role
    affiliation = person.affiliation if isinstance(person, Person) else ""
    parts = _texts(person.name, role, affiliation, person.phone)
    if person.email and not email_fault(person.email):
        href = f"mailto:{quote(person.email, safe='@+')}"
        parts.append(Markup('<a href="{}">{}</a>').format(href, person.email))
    else:
        parts += _texts(person.email)
    return Markup(", ").join(parts)


def dates(study: Study) -> list[Fact]:
    """Every date of the record, with the record's word on whether it is past or expected."""
    kinds = {"ACTUAL": " (actual)", "ESTIMATED": " (estimated)"}
    return [
        fact(each.label, [say_date(each.text) + kinds.get(each.type, f" ({each.type})" if each.type else "")])
        for each in study.listing.dates
    ]


def source(study: Study, record_file: str) -> list[Fact]:
    """Where the record comes from, and as of which day: what a listing ends with."""
    record = study.record
    if record is None:
        return []
    link = Markup('<a class="written-out" href="{0}">{0}</a>')
    kinds = {"reconstructed": "Put together from listings of the study, not fetched from the registry"}
    rows = [
        Fact("Source", [link.format(record.source)] if is_web_address(record.source) else _texts(record.source)),
        fact("As of", [say_day(record.fetched)] if record.fetched else []),
        fact("How it came here", [kinds.get(record.kind, "")]),
        Fact("Kept here", [link.format(record_file)]),
    ]
    return [row for row in rows if row]


def further(study: Study) -> Iterator[tuple[str, list[Fact]]]:
    """Everything else that the record holds, by its section."""
    sections: dict[str, list[Fact]] = {}
    for each in study.listing.further:
        sections.setdefault(each.section, []).append(fact(each.label, each.values))
    yield from sections.items()


def record_note(study: Study) -> str:
    """Where the registry's part comes from, and as of when."""
    record = study.record
    if record is None:
        return ""
    day = f", as of {say_day(record.fetched)}" if record.fetched else "; nobody noted on which day it was fetched"
    updated = f" The registry updated it last on {say_date(study.listing.updated)}." if study.listing.updated else ""
    if record.kind == "reconstructed":
        return (
            f"The registry's words on this page are a reconstruction of its record {record.nct_id}, put together from "
            f"listings of the study{day}: the wording of the record itself may differ.{updated}"
        )
    return f"The registry's words on this page come from its record {record.nct_id}{day}.{updated}"
