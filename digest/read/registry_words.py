"""The registry's codes and the names of its fields, in words: `NO_INTERVENTION`, `ipdSharingStatement`."""

import re

WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
CODE = re.compile(r"[A-Z0-9_]+")
ABBREVIATIONS = {"fda": "FDA", "ipd": "IPD", "dmc": "DMC", "us": "US", "url": "address", "pmid": "PMID"}
CODES = {
    "NA": "Not applicable",
    "NIH": "NIH",
    "FED": "Other US federal agency",
    "OTHER_GOV": "Other government agency",
    "INDIV": "Individual",
    "EARLY_PHASE1": "Early phase 1",
    "PHASE1": "Phase 1",
    "PHASE2": "Phase 2",
    "PHASE3": "Phase 3",
    "PHASE4": "Phase 4",
    "NON_RANDOMIZED": "Non-randomized",
    "NONE": "None (open label)",
    "ECT": "Educational, counselling or training",
    "NON_PROBABILITY_SAMPLE": "Non-probability sample",
    "DIAGNOSTIC_TEST": "Diagnostic test",
    "ACTIVE_NOT_RECRUITING": "Active, not recruiting",
}
"""Values whose words are not simply their letters. `NONE` is a value of masking."""


def say_code(code: str) -> str:
    """A value of one of the registry's lists, in words: `NO_INTERVENTION` gives `No intervention`."""
    if not CODE.fullmatch(code):
        return code
    return CODES.get(code) or code.replace("_", " ").capitalize()


def say_name(name: str) -> str:
    """A field's name in words: `ipdSharingStatement` gives `IPD sharing statement`."""
    words = " ".join(ABBREVIATIONS.get(word.lower(), word.lower()) for word in WORDS.findall(name)) or name
    return words[:1].upper() + words[1:]
