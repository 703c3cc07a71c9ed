"""A DOI that Crossref, and every other agency that it knows of, had no record of when the last audit asked.

Readers who follow it find nothing. Most often a character was lost on the way; a new article's DOI may also become
known days after it is printed.

Passes:

    "bloom2023mulch": {"doi": "10.1000/garden.17", "sources": ["crossref"]}

Fails:

    "bloom2023mulch": {"doi": "10.1000/garden.171", "sources": ["crossref"], "unknown": ["crossref"]}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.known import iter_known
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    for reference, known in iter_known(context):
        if "crossref" in known.unknown and known.doi:
            day = known.asked.get("crossref")
            message = f"Crossref did not know the DOI '{known.doi}' on {day}"
            fix = "compare it with the one on the article's page; `digest audit` asks again"
            yield Problem("doi-unknown", SEVERITY, reference.places.at("doi"), message, fix=fix)
