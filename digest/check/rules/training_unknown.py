"""A training module that an entry or a study names in `training`, and that has no file in `training/` or is a draft.

Passes:

    training: [soil-basics]        # training/soil-basics.md

Fails:

    training: [soil-basic-course]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.named import check_slugs
from digest.model.entry import Entry
from digest.model.study import Study
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries and studies."""
    documents: tuple[Entry | Study, ...] = (*context.library.entries, *context.library.studies)
    return check_slugs(context, "training-unknown", "training", documents, context.lookup.modules)
