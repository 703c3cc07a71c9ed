"""A work to read of which no open copy is known.

Learners without a library's account cannot read it. Open are works of which the record names an open copy, which are
in PubMed Central or under a Creative Commons licence, or of which Unpaywall knew a copy when `digest audit` asked. A
reading that names an entry is never closed: what is read is the summary. Where nobody has asked yet, that is told as
advice.

Passes:

    - citation: bloom2023mulch        # its record: repository-copies = {https://... | accepted version | open}

Fails:

    - citation: petal2020seeds        # Unpaywall was asked, and knows of none
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.access import AccessKind, access_to
from digest.model.reading_list import place_readings
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at the works that modules let learners read themselves."""
    for module in context.library.modules:
        for placed in place_readings(module, context.lookup):
            if placed.reference is None:
                continue
            access = access_to(placed.reference, context.library.status.find(placed.reference))
            place, key = module.places.at("readings", placed.index), placed.reference.citation_key
            if access.kind is AccessKind.CLOSED:
                asked = f" as of {access.as_of}" if access.as_of else ""
                message = f"no open copy of '{key}' is known{asked}"
                summary = next((e for e in context.library.entries if e.citations[:1] == (key,)), None)
                fix = "ask the authors for a copy that they may share, and add it to the record's `repository-copies`"
                if summary is not None:
                    fix = f"let learners read '{summary.slug}', which summarises it, or {fix}"
                yield Problem("reading-closed", SEVERITY, place, message, fix=fix)
            elif access.kind is AccessKind.UNKNOWN:
                message = f"whether there is an open copy of '{key}' is not known"
                fix = "look for one, and add it to the record's `repository-copies`"
                fix = "`digest audit` asks Unpaywall" if placed.reference.DOI else fix
                yield Problem("reading-closed", Severity.ADVICE, place, message, fix=fix)
