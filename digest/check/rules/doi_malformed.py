"""A DOI that is none, or that is written as an address.

A DOI begins with `10.`, four to nine figures and `/`. Pages, exports and the comparison with other records need it
bare; `digest check --fix` cuts off what stands before it.

Passes:

    doi = {10.1000/garden.2023.17},

Fails:

    doi = {https://doi.org/10.1000/garden.2023.17},
    doi = {garden.2023.17},
"""

import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.check.near import did_you_mean
from digest.model.identifier import DOI, DOI_PREFIX, bare_doi
from digest.model.reference import Reference
from digest.problem import Edit, Problem, Severity, Span

SEVERITY = Severity.ERROR
TYPESET = re.compile(r"[\u2010-\u2015\u2212]")
WILEY = re.compile(r"10\.1002/\S*[^\s.,;]")
"""Old DOIs of this publisher hold `<` and `>`: https://www.crossref.org/blog/dois-and-matching-regular-expressions/."""


def check(context: Context) -> Iterator[Problem]:
    """Look at all references."""
    for reference in context.library.references:
        written = reference.DOI
        if not written or (_is_sound(written) and not TYPESET.search(written)):
            continue
        place = reference.places.at("doi")
        doi = bare_doi(written)
        plain = "".join(TYPESET.sub("-", doi).split())
        if plain != doi and _is_sound(plain):
            message = f"'{written}' is not a DOI: it holds a blank, or a dash of a word processor"
            yield Problem("doi-malformed", SEVERITY, place, message, fix=did_you_mean(plain))
        elif _is_sound(doi):
            message = f"the DOI '{written}' is not written bare"
            edits = _cut_prefix(context, reference, place)
            fix = f"write it bare: '{doi}'"
            yield Problem("doi-malformed", Severity.WARNING, place, message, fix=fix, edits=edits)
        else:
            found = DOI.search(written)
            fix = did_you_mean(found[0] if found else "") or "a DOI looks like 10.1000/garden.2023.17"
            yield Problem("doi-malformed", SEVERITY, place, f"'{written}' is not a DOI", fix=fix)


def _is_sound(doi: str) -> bool:
    return bool(DOI.fullmatch(doi) or WILEY.fullmatch(doi))


def _cut_prefix(context: Context, reference: Reference, place: Span) -> tuple[Edit, ...]:
    """Only the beginning changes: the rest may be written for LaTeX."""
    source = context.library.sources.get(reference.path)
    match = DOI_PREFIX.match(source.text[place.start : place.end]) if source else None
    return (Edit(Span(place.path, place.start, place.start + match.end()), ""),) if match else ()
