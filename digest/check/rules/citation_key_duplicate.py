"""A citation key that two records in `bib/` have.

An entry that names the key could mean either, and only the first is found. Keys that differ in capitals alone are
told as a warning: many BibTeX tools take them for one.

Passes:

    @article{bloom2023mulch, ...}
    @article{bloom2023shade, ...}

Fails:

    @article{bloom2023, ...}
    @article{bloom2023, ...}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.reference import Reference
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at all records, whatever their file."""
    first: dict[str, Reference] = {}
    for reference in context.library.references:
        key = reference.citation_key
        other = first.setdefault(key.casefold(), reference) if key else reference
        if other is reference:
            continue
        place = reference.places.at("citation_key")
        where = context.where(other.places.at("citation_key"))
        if other.citation_key == key:
            message, why = f"citation key '{key}' stands here a second time", f"{where} has it already"
            fix = "keep one of the two records, or give one another key"
            yield Problem("citation-key-duplicate", SEVERITY, place, message, why, fix)
        else:
            message = f"citation key '{key}' differs from '{other.citation_key}' in capitals alone"
            why = f"{where} has the other, and many BibTeX tools take the two for one"
            fix = "give one of the two records another key"
            yield Problem("citation-key-duplicate", Severity.WARNING, place, message, why, fix)
