"""Two records in `bib/` for one work: the same DOI, or the same title and year.

Entries that cite one of them would not be known to cite the other. Where both have DOIs and these differ, an equal
title and year is a warning: an editorial or an erratum may share them.

Passes:

    @article{bloom2023mulch, title = {Mulch and water}, year = {2023}, ...}
    @article{bloom2022mulch, title = {Mulch and water}, year = {2022}, ...}

Fails:

    @article{bloom2023mulch, doi = {10.1000/garden.17}, ...}
    @article{bloom2023water, doi = {10.1000/GARDEN.17}, ...}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.near import bare
from digest.model.identifier import bare_doi
from digest.model.reference import Reference
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at all references; two records of one key are another rule's."""
    by_doi: dict[str, Reference] = {}
    by_title: dict[tuple[str, str], Reference] = {}
    for reference in context.library.references:
        doi, title = _doi(reference), bare(reference.title)
        same = by_doi.setdefault(doi, reference) if doi else reference
        if _are_two(same, reference):
            yield _problem(context, same, reference, f"DOI '{doi}'")
            continue
        year = reference.year
        same = by_title.setdefault((title, year), reference) if title and year else reference
        if _are_two(same, reference):
            yield _problem(context, same, reference, f"title '{reference.title}' and year {year}")


def _are_two(one: Reference, other: Reference) -> bool:
    return one is not other and one.citation_key != other.citation_key


def _doi(reference: Reference) -> str:
    return bare_doi(reference.DOI).casefold()


def _problem(context: Context, first: Reference, second: Reference, what: str) -> Problem:
    doi, other_doi = _doi(second), _doi(first)
    return Problem(
        "reference-duplicate",
        Severity.WARNING if doi and other_doi and doi != other_doi else SEVERITY,
        second.places.at("doi" if doi and doi == other_doi else "title"),
        f"'{second.citation_key}' has the {what} of '{first.citation_key}'",
        why=f"{context.where(first.places.whole)} holds what seems to be the same work",
        fix="keep one of the two records, and cite that one everywhere",
    )
