"""A study in the words of schema.org: a `MedicalTrial`, or a `MedicalObservationalStudy` where people are watched only.

https://schema.org/MedicalStudy has no property for who is eligible, nor for the arms of a trial. So eligibility ends
the study's `description`, and arms are subjects of the study, beside what they get.
"""

from collections.abc import Iterator
from typing import Any

from digest.model.listing import Listing
from digest.model.recruitment import Phase, recruitment
from digest.model.study import RecruitmentStatus, Study
from digest.pages.frame import Frame
from digest.pages.linked_data import Node, absolute
from digest.pages.study_check import checklists
from digest.pages.study_items import plain_text
from digest.pages.study_words import say_ages, say_sex
from digest.pages.words import shorten

STATUSES = {
    RecruitmentStatus.NOT_YET_RECRUITING: "NotYetRecruiting",
    RecruitmentStatus.RECRUITING: "Recruiting",
    RecruitmentStatus.ENROLLING_BY_INVITATION: "EnrollingByInvitation",
    RecruitmentStatus.ACTIVE_NOT_RECRUITING: "ActiveNotRecruiting",
    RecruitmentStatus.COMPLETED: "Completed",
    RecruitmentStatus.SUSPENDED: "Suspended",
    RecruitmentStatus.TERMINATED: "Terminated",
    RecruitmentStatus.WITHDRAWN: "Withdrawn",
}
"""https://schema.org/MedicalStudyStatus."""
DESIGNS = {
    "RANDOMIZED": "RandomizedTrial",
    "DOUBLE": "DoubleBlindedTrial",
    "SINGLE": "SingleBlindedTrial",
    "TRIPLE": "TripleBlindedTrial",
    "NONE": "OpenTrial",
}
"""https://schema.org/MedicalTrialDesign."""
OBSERVATIONS = {"COHORT": "CohortStudy", "CROSS_SECTIONAL": "CrossSectional", "CASE_CONTROL": "Observational"}
"""https://schema.org/MedicalObservationalStudyDesign."""
KINDS = {
    "DRUG": "Drug",
    "DEVICE": "MedicalDevice",
    "PROCEDURE": "MedicalProcedure",
    "BEHAVIORAL": "MedicalTherapy",
    "BIOLOGICAL": "Drug",
}
MOST = 1500
"""Characters of a description."""


def study_linked_data(study: Study, frame: Frame) -> Node:
    """The study as page and record know it on the day of the build; what nobody says is left out."""
    listing, configuration = study.listing, frame.library.configuration
    names = dict.fromkeys((listing.title, listing.official_title, listing.acronym))
    address = absolute(configuration, study.permalink)
    record = f"https://clinicaltrials.gov/study/{study.registry}" if study.registry else ""
    node: Node = {
        "@type": "MedicalObservationalStudy" if listing.is_observational else "MedicalTrial",
        "@id": f"{address}#study" if address else "",
        "url": address,
        "name": study.title,
        "alternateName": [each for each in names if each and each != study.title],
        "description": shorten(_description(study), MOST),
        "sameAs": record,
        "identifier": list(listing.identifiers) or study.registry,
        "code": {"@type": "MedicalCode", "codeValue": study.registry, "codingSystem": "ClinicalTrials.gov"}
        if study.registry
        else None,
        "status": _status(study, frame),
        "healthCondition": [_named("MedicalCondition", name) for name in study.conditions or listing.conditions],
        "sponsor": _sponsors(study, listing),
        "studyLocation": [_named("AdministrativeArea", name) for name in _places(study, listing)],
        "studySubject": list(_subjects(listing)),
    }
    if listing.is_observational:
        design = OBSERVATIONS.get(listing.model, "Observational" if listing.model else "")
        node["studyDesign"] = f"https://schema.org/{design}" if design else ""
    else:
        designs = [DESIGNS[each] for each in (listing.allocation, listing.masking) if each in DESIGNS]
        node["trialDesign"] = [f"https://schema.org/{each}" for each in designs]
    return node


def _status(study: Study, frame: Frame) -> str:
    """The most cautious word: never recruiting where the page offers no way to take part."""
    found = recruitment(study, frame.today)
    if found.status is not None:
        return f"https://schema.org/{STATUSES[found.status]}"
    words = {Phase.OPEN: "Recruiting", Phase.NOT_YET: "NotYetRecruiting", Phase.CLOSED: "ActiveNotRecruiting"}
    return f"https://schema.org/{words[found.phase]}" if found.phase in words else "Unknown"


def _description(study: Study) -> str:
    """What the study is about, then who is eligible."""
    about = " ".join(plain_text(item) for item in study.listing.summary)
    return " ".join(part for part in (about, eligibility(study)) if part)


def eligibility(study: Study) -> str:
    """Who can take part, on one line."""
    facts = study.listing.eligibility
    parts = [f"ages {say_ages(facts)}" if say_ages(facts) else "", f"sex {say_sex(facts)}" if facts.sex else ""]
    for checklist in checklists(study):
        whose = f" ({checklist.audience})" if checklist.audience else ""
        must = " ".join(question.statement for question in checklist.must)
        must_not = " ".join(question.statement for question in checklist.must_not)
        parts += [
            f"must be true{whose}: {must}" if must else "",
            f"must not be true{whose}: {must_not}" if must_not else "",
        ]
    said = "; ".join(part for part in parts if part)
    return f"Eligibility: {said}" if said else ""


def _sponsors(study: Study, listing: Listing) -> list[Node]:
    names = [study.sponsor or (listing.sponsor.name if listing.sponsor else "")]
    names += [each.name for each in listing.collaborators]
    return [_named("Organization", name) for name in dict.fromkeys(names) if name]


def _places(study: Study, listing: Listing) -> list[str]:
    return list(dict.fromkeys([*study.locations, *(each.place for each in listing.locations if each.place)]))


def _subjects(listing: Listing) -> Iterator[Node]:
    for intervention in listing.interventions:
        yield _named(KINDS.get(intervention.type, "MedicalEntity"), intervention.name) | {
            "description": " ".join(plain_text(item) for item in intervention.description)
        }
    for arm in listing.arms:
        described = " ".join(plain_text(item) for item in arm.description)
        gets = f"Gets: {'; '.join(arm.gets)}." if arm.gets else ""
        yield _named("MedicalEntity", arm.label) | {
            "description": " ".join(part for part in (described, gets) if part),
            "disambiguatingDescription": "A group of the study",
        }


def _named(kind: str, name: str) -> dict[str, Any]:
    return {"@type": kind, "name": name}
