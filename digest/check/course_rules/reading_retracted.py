"""A reading whose work was retracted, withdrawn or removed, as far as the last audit knew.

Learners would learn what does not hold. `digest audit` keeps what it learns in `bib/status.json`.

Passes:

    - citation: bloom2023mulch        # nothing is known against it

Fails:

    - citation: bloom2023mulch        # bib/status.json has a notice of its retraction
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.known import describe_notice
from digest.model.reading_list import place_readings
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at the works behind the readings of every module."""
    for module in context.library.modules:
        for placed in place_readings(module, context.lookup):
            status = context.library.status.find(placed.work) if placed.work else None
            if placed.work and status and status.retraction:
                message = f"'{placed.work.citation_key}' {describe_notice(status.retraction)}"
                fix = "take it off the list, or say in its note why learners should read it all the same"
                place = module.places.at("readings", placed.index)
                yield Problem("reading-retracted", SEVERITY, place, message, fix=fix)
