"""A study that an entry names in `studies`, and that has no page in `studies/` or is a draft.

Passes:

    studies: [mulch-trial]        # studies/mulch-trial.md

Fails:

    studies: [mulch-trail]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.named import check_slugs
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    return check_slugs(context, "study-unknown", "studies", context.library.entries, context.lookup.studies)
