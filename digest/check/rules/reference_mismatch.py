"""A reference whose title or year is not the one that Crossref or PubMed has for its DOI or PMID.

Either the DOI is another work's, or the record has a mistake. Case, accents, punctuation and a missing subtitle are
no difference, and a year may lie between the day when the work was online and the day when it was printed.

Passes:

    @article{bloom2023mulch, title = {Mulch and water}, year = {2023}, doi = {10.1000/garden.17}}

Fails, where Crossref has "Shade and water" of 2021 under that DOI:

    @article{bloom2023mulch, title = {Mulch and water}, year = {2023}, doi = {10.1000/garden.17}}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.known import iter_known
from digest.model.reference import Reference
from digest.model.status import Mismatch
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
NAMES = {"crossref": "Crossref", "pubmed": "PubMed"}


def check(context: Context) -> Iterator[Problem]:
    for reference, known in iter_known(context):
        for mismatch in known.mismatches:
            if _is_still_there(reference, mismatch):
                yield _problem(reference, mismatch)


def _is_still_there(reference: Reference, mismatch: Mismatch) -> bool:
    """Whether the record says what it said when the audit compared it."""
    return {
        "title": mismatch.ours in {reference.title, reference.original_title},
        "year": mismatch.ours == reference.year,
        "doi": mismatch.ours.casefold() == reference.DOI.casefold(),
    }.get(mismatch.field, False)


def _problem(reference: Reference, mismatch: Mismatch) -> Problem:
    who = NAMES.get(mismatch.source, mismatch.source)
    number = "PMID" if mismatch.source == "pubmed" and reference.PMID else "DOI"
    message = f"'{reference.citation_key}': {who} has the {mismatch.field} '{mismatch.theirs}', not '{mismatch.ours}'"
    fix = f"see which of the two is right: the {mismatch.field} in this record, or its {number}"
    return Problem("reference-mismatch", SEVERITY, reference.places.at(mismatch.field), message, fix=fix)
