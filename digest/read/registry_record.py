"""A record of ClinicalTrials.gov (API v2), as data, to a `Listing`.

Takes whatever a JSON document can hold; gives the listing and what was not of the expected kind, each with its place in
the record. Raises nothing. Every value that is read is taken out of a copy of the record, and whatever is left over at
the end becomes a further field of the listing: a record loses nothing because this file does not know a field.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from digest.model.listing import (
    Arm,
    Eligibility,
    Intervention,
    Listing,
    Location,
    Organisation,
    Outcome,
    Person,
    RegistryDate,
)
from digest.model.source import Key
from digest.read.registry_further import iter_further
from digest.read.registry_text import parse_criteria, parse_items, unescape
from digest.read.registry_words import say_code

DEEPEST = 24
"""Of a record's own parts; the registry's have about eight levels."""
DATES = (
    ("startDateStruct", "Start"),
    ("primaryCompletionDateStruct", "Primary completion"),
    ("completionDateStruct", "Completion"),
    ("studyFirstSubmitDate", "First submitted"),
    ("studyFirstSubmitQcDate", "First submitted in a form that the registry accepts"),
    ("studyFirstPostDateStruct", "First posted"),
    ("resultsFirstSubmitDate", "Results first submitted"),
    ("resultsFirstSubmitQcDate", "Results first submitted in a form that the registry accepts"),
    ("resultsFirstPostDateStruct", "Results first posted"),
    ("dispFirstSubmitDate", "Delay of results first submitted"),
    ("dispFirstSubmitQcDate", "Delay of results first submitted in a form that the registry accepts"),
    ("dispFirstPostDateStruct", "Delay of results first posted"),
    ("statusVerifiedDate", "Record verified"),
    ("lastUpdateSubmitDate", "Last update submitted"),
    ("lastUpdatePostDateStruct", "Last update posted"),
)


@dataclass(frozen=True)
class Fault:
    """A value that is not of the kind that its field has."""

    key: Key
    message: str


@dataclass
class _Group:
    """A group of fields, from which values are taken."""

    data: dict[str, Any]
    key: Key
    faults: list[Fault] = field(default_factory=list)

    def _fault(self, name: str, expected: str) -> None:
        self.faults.append(Fault((*self.key, name), f"'{name}' is not {expected}"))

    def raw(self, name: str) -> str:
        """A text as it is written; a number counts as its digits."""
        value = self.data.get(name)
        if value is None or isinstance(value, dict | list | bool):
            if value is None:
                self.data.pop(name, None)
            else:
                self._fault(name, "text")
            return ""
        del self.data[name]
        return str(value).strip()

    def text(self, name: str) -> str:
        """A text on one line."""
        return unescape(self.raw(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; a single one counts as a list."""
        value = self.data.get(name)
        values = value if isinstance(value, list) else [] if value is None else [value]
        if any(isinstance(each, dict | list | bool) for each in values):
            self._fault(name, "a list of texts")
            return ()
        self.data.pop(name, None)
        return tuple(unescape(str(each)) for each in values if each is not None and str(each).strip())

    def flag(self, name: str) -> bool | None:
        """Yes or no, or nothing."""
        value = self.data.get(name)
        if isinstance(value, bool) or value is None:
            self.data.pop(name, None)
            return value
        self._fault(name, "true or false")
        return None

    def group(self, name: str) -> "_Group":
        """The fields below a field; none where there are none."""
        value = self.data.get(name)
        if value is None:
            self.data.pop(name, None)
        elif not isinstance(value, dict):
            self._fault(name, "a group of fields")
        return _Group(value if isinstance(value, dict) else {}, (*self.key, name), self.faults)

    def groups(self, name: str) -> Iterator["_Group"]:
        """Each group of a list; a single one counts as a list."""
        value = self.data.get(name)
        values = [value] if isinstance(value, dict) else value
        if values is None:
            self.data.pop(name, None)
        elif not isinstance(values, list):
            self._fault(name, "a list")
        for index, each in enumerate(values if isinstance(values, list) else ()):
            if isinstance(each, dict):
                yield _Group(each, (*self.key, name, index), self.faults)
            elif each is not None:
                self.faults.append(Fault((*self.key, name, index), f"item {index + 1} of '{name}' has no fields"))


def parse_listing(record: object) -> tuple[Listing, list[Fault]]:
    """What a record says, and what in it is not as the registry writes it."""
    faults: list[Fault] = []
    data = _copy(record, DEEPEST)
    whole = _Group(data if isinstance(data, dict) else {}, (), faults)
    protocol = whole.group("protocolSection")
    status = protocol.group("statusModule")
    fields = {
        **_identification(protocol.group("identificationModule")),
        **_status(status),
        **_sponsors(protocol.group("sponsorCollaboratorsModule")),
        **_description(protocol.group("descriptionModule")),
        **_conditions(protocol.group("conditionsModule")),
        **_design(protocol.group("designModule")),
        **_arms(protocol.group("armsInterventionsModule")),
        "outcomes": tuple(_iter_outcomes(protocol.group("outcomesModule"))),
        "eligibility": _eligibility(protocol.group("eligibilityModule")),
        **_places(protocol.group("contactsLocationsModule")),
    }
    return Listing(**fields, further=tuple(iter_further(whole.data))), faults


def _copy(value: Any, depth: int) -> Any:
    """The data, to be taken apart; what is nested beyond reason becomes a mark."""
    if isinstance(value, dict):
        return {str(name): _copy(each, depth - 1) for name, each in value.items()} if depth else "…"
    if isinstance(value, list | tuple):
        return [_copy(each, depth - 1) for each in value] if depth else "…"
    return value


def _identification(module: _Group) -> dict[str, Any]:
    nct_id = module.text("nctId")
    own = module.group("orgStudyIdInfo")
    identifiers = [nct_id, _identifier(own)]
    identifiers += [_identifier(each) for each in module.groups("secondaryIdInfos")]
    identifiers += [f"{each} (former number)" for each in module.texts("nctIdAliases")]
    organisation = module.group("organization")
    return {
        "nct_id": nct_id,
        "identifiers": tuple(each for each in identifiers if each),
        "title": module.text("briefTitle"),
        "official_title": module.text("officialTitle"),
        "acronym": module.text("acronym"),
        "organisation": _named(organisation.text("fullName"), say_code(organisation.text("class"))),
    }


def _identifier(group: _Group) -> str:
    kind, about, link = say_code(group.text("type")), group.text("domain"), group.text("link")
    return _named(group.text("id"), ", ".join(each for each in (kind, about, link) if each))


def _named(name: str, about: str) -> str:
    return f"{name} ({about})" if name and about else name or about


def _status(module: _Group) -> dict[str, Any]:
    dates: dict[str, RegistryDate] = {}
    for name, label in DATES:
        if isinstance(module.data.get(name), str | int | float) and not name.endswith("Struct"):
            date = RegistryDate(label, module.text(name))
        else:
            group = module.group(name) if name.endswith("Struct") else None
            date = RegistryDate(label, group.text("date"), group.text("type")) if group else RegistryDate(label, "")
        if date.text or date.type:
            dates[name] = date

    def text(name: str) -> str:
        return dates[name].text if name in dates else ""

    return {
        "status": module.text("overallStatus"),
        "last_known_status": module.text("lastKnownStatus"),
        "why_stopped": module.text("whyStopped"),
        "start": text("startDateStruct"),
        "primary_completion": text("primaryCompletionDateStruct"),
        "completion": text("completionDateStruct"),
        "updated": text("lastUpdatePostDateStruct"),
        "dates": tuple(dates.values()),
    }


def _sponsors(module: _Group) -> dict[str, Any]:
    party = module.group("responsibleParty")
    who = [party.text("investigatorFullName"), party.text("oldNameTitle"), party.text("investigatorTitle")]
    who += [party.text("investigatorAffiliation"), party.text("oldOrganization")]
    kind = say_code(party.text("type"))
    lead = _organisation(module.group("leadSponsor"))
    return {
        "sponsor": lead if lead.name or lead.type else None,
        "collaborators": tuple(_organisation(each) for each in module.groups("collaborators")),
        "responsible": _named(", ".join(each for each in who if each), kind),
    }


def _organisation(group: _Group) -> Organisation:
    return Organisation(group.text("name"), group.text("class"))


def _description(module: _Group) -> dict[str, Any]:
    return {
        "summary": parse_items(module.raw("briefSummary")),
        "description": parse_items(module.raw("detailedDescription")),
    }


def _conditions(module: _Group) -> dict[str, Any]:
    return {"conditions": module.texts("conditions"), "keywords": module.texts("keywords")}


def _design(module: _Group) -> dict[str, Any]:
    info = module.group("designInfo")
    masking = info.group("maskingInfo")
    enrolment = module.group("enrollmentInfo")
    return {
        "study_type": module.text("studyType"),
        "phases": module.texts("phases"),
        "enrolment": enrolment.text("count"),
        "enrolment_type": enrolment.text("type"),
        "purpose": info.text("primaryPurpose"),
        "allocation": info.text("allocation"),
        "model": info.text("interventionModel") or info.text("observationalModel"),
        "model_description": info.text("interventionModelDescription"),
        "time_perspective": info.text("timePerspective"),
        "masking": masking.text("masking"),
        "masked": masking.texts("whoMasked"),
        "masking_description": masking.text("maskingDescription"),
    }


def _arms(module: _Group) -> dict[str, Any]:
    arms = [
        Arm(
            each.text("label"), each.text("type"), parse_items(each.raw("description")), each.texts("interventionNames")
        )
        for each in module.groups("armGroups")
    ]
    interventions = [
        Intervention(
            each.text("name"),
            each.text("type"),
            parse_items(each.raw("description")),
            each.texts("otherNames"),
            each.texts("armGroupLabels"),
        )
        for each in module.groups("interventions")
    ]
    return {"arms": tuple(arms), "interventions": tuple(interventions)}


def _iter_outcomes(module: _Group) -> Iterator[Outcome]:
    for kind in ("primary", "secondary", "other"):
        for each in module.groups(f"{kind}Outcomes"):
            yield Outcome(each.text("measure"), kind, parse_items(each.raw("description")), each.text("timeFrame"))


def _eligibility(module: _Group) -> Eligibility:
    # A false one is left to what is told of the rest of the record.
    is_by_gender = module.data.get("genderBased") is not False and module.flag("genderBased")
    told = module.text("genderDescription")
    return Eligibility(
        criteria=parse_criteria(module.raw("eligibilityCriteria")),
        sex=module.text("sex"),
        gender=told or ("Eligibility depends on gender" if is_by_gender else ""),
        minimum_age=module.text("minimumAge"),
        maximum_age=module.text("maximumAge"),
        age_groups=module.texts("stdAges"),
        healthy=module.flag("healthyVolunteers"),
        population=parse_items(module.raw("studyPopulation")),
        sampling=module.text("samplingMethod"),
    )


def _places(module: _Group) -> dict[str, Any]:
    return {
        "contacts": tuple(_person(each) for each in module.groups("centralContacts")),
        "officials": tuple(_person(each) for each in module.groups("overallOfficials")),
        "locations": tuple(_location(each) for each in module.groups("locations")),
    }


def _person(group: _Group) -> Person:
    extension = group.text("phoneExt")
    phone = group.text("phone")
    return Person(
        group.text("name"),
        group.text("role"),
        f"{phone} ext. {extension}" if extension else phone,
        group.text("email"),
        group.text("affiliation"),
    )


def _location(group: _Group) -> Location:
    country = group.text("country")
    place = [group.text(name) for name in ("facility", "city", "state", "zip")]
    point = group.group("geoPoint")
    where = [point.text("lat"), point.text("lon")]
    on_map = ", ".join(each for each in where if each)
    return Location(
        ", ".join(each for each in (*place, country) if each) + (f" ({on_map})" if on_map else ""),
        group.text("status"),
        tuple(_person(each) for each in group.groups("contacts")),
        country,
    )
