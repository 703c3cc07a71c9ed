"""Records as the registry has them, of invented trials in gardens: one with every module, and ways to damage it."""

import copy
from typing import Any

NUMBER = "NCT01234567"
SCRIPT = "<script>alert(1)</script>"


def make_record(**modules: Any) -> dict[str, Any]:
    """A record of a recruiting trial with every module; a module given replaces the whole of it, None leaves it out."""
    protocol: dict[str, Any] = {
        "identificationModule": {
            "nctId": NUMBER,
            "orgStudyIdInfo": {"id": "GARDEN-17"},
            "secondaryIdInfos": [{"id": "2026-17", "type": "REGISTRY", "domain": "Garden registry"}],
            "organization": {"fullName": "Society of Gardens", "class": "OTHER"},
            "briefTitle": "Straw Against Thirst",
            "officialTitle": "A Trial of Straw on Beds That Are \\< 2 Years Old",
            "acronym": "SAT",
        },
        "statusModule": {
            "statusVerifiedDate": "2026-04",
            "overallStatus": "RECRUITING",
            "expandedAccessInfo": {"hasExpandedAccess": False},
            "startDateStruct": {"date": "2026-05-01", "type": "ACTUAL"},
            "primaryCompletionDateStruct": {"date": "2026-09-30", "type": "ESTIMATED"},
            "completionDateStruct": {"date": "2026-12", "type": "ESTIMATED"},
            "studyFirstSubmitDate": "2026-03-02",
            "lastUpdatePostDateStruct": {"date": "2026-04-17", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {
            "responsibleParty": {
                "type": "PRINCIPAL_INVESTIGATOR",
                "investigatorFullName": "Fern Bloom",
                "investigatorTitle": "Head gardener",
                "investigatorAffiliation": "Society of Gardens",
            },
            "leadSponsor": {"name": "Society of Gardens", "class": "OTHER"},
            "collaborators": [{"name": "Wells & Co", "class": "INDUSTRY"}],
        },
        "oversightModule": {"oversightHasDmc": True, "isFdaRegulatedDrug": False},
        "descriptionModule": {
            "briefSummary": "Beds dry out.\n\nThe trial compares:\n\n* straw\n* bare soil",
            "detailedDescription": "Water is measured with a \\*calibrated\\* can.",
        },
        "conditionsModule": {"conditions": ["Drought"], "keywords": ["mulch", "water"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["NA"],
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "interventionModelDescription": "Two beds side by side",
                "primaryPurpose": "PREVENTION",
                "maskingInfo": {
                    "masking": "SINGLE",
                    "whoMasked": ["OUTCOMES_ASSESSOR"],
                    "maskingDescription": "Blindfold",
                },
            },
            "enrollmentInfo": {"count": 1240, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {
                    "label": "Straw",
                    "type": "EXPERIMENTAL",
                    "description": "A hand of straw.",
                    "interventionNames": ["Behavioral: Strawing"],
                },
                {"label": "Bare soil", "type": "NO_INTERVENTION"},
            ],
            "interventions": [
                {
                    "type": "BEHAVIORAL",
                    "name": "Strawing",
                    "description": "Cover the bed.",
                    "otherNames": ["Mulching"],
                    "armGroupLabels": ["Straw"],
                }
            ],
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": "Water", "description": "Litres a week", "timeFrame": "Twelve weeks"}],
            "secondaryOutcomes": [{"measure": "Weeds", "timeFrame": "One summer"}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": (
                "Inclusion Criteria:\n\n* Two beds of \\>= 4 m2\n* A well, with:\n\n  1. a pump\n  2. a bucket\n\n"
                "Exclusion Criteria:\n\n* Use of a hose"
            ),
            "healthyVolunteers": True,
            "sex": "ALL",
            "minimumAge": "18 Years",
            "maximumAge": "80 Years",
            "stdAges": ["ADULT", "OLDER_ADULT"],
        },
        "contactsLocationsModule": {
            "centralContacts": [
                {"name": "Garden office", "role": "CONTACT", "phone": "555-0100", "email": "office@garden.example.org"}
            ],
            "overallOfficials": [
                {"name": "Fern Bloom", "affiliation": "Society of Gardens", "role": "PRINCIPAL_INVESTIGATOR"}
            ],
            "locations": [
                {
                    "facility": "Long Bed",
                    "status": "RECRUITING",
                    "city": "Gardenton",
                    "state": "Ontario",
                    "zip": "G4R 1D3",
                    "country": "Canada",
                    "contacts": [{"name": "Moss", "role": "CONTACT", "email": "moss@garden.example.org"}],
                    "geoPoint": {"lat": 45.42, "lon": -75.7},
                }
            ],
        },
        "referencesModule": {"references": [{"pmid": "11111111", "type": "BACKGROUND", "citation": "Moss I. Shade."}]},
        "ipdSharingStatementModule": {"ipdSharing": "UNDECIDED"},
    }
    protocol |= modules
    kept = {name: copy.deepcopy(module) for name, module in protocol.items() if module is not None}
    return {
        "protocolSection": kept,
        "derivedSection": {"conditionBrowseModule": {"meshes": [{"id": "D055864", "term": "Droughts"}]}},
        "hasResults": False,
    }


def places_in(value: Any, key: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every value of a record stands, groups and lists included."""
    found = [key] if key else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in items:
        found += places_in(each, (*key, name))
    return found


def replaced(record: dict[str, Any], key: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The record with one value exchanged."""
    changed = copy.deepcopy(record)
    at: Any = changed
    for part in key[:-1]:
        at = at[part]
    at[key[-1]] = value
    return changed
