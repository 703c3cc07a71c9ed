"""An entry without a takeaway.

Lists, feeds, newsletters and search results show it: there this entry would say nothing.

Passes:

    takeaway: Beds with mulch needed half the water.

Fails:

    takeaway:
"""

from collections.abc import Iterator

from digest.check.absent import is_left_out
from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    for entry in context.library.entries:
        if is_left_out(entry, "takeaway", context.library.sources):
            place = entry.places.key_at("takeaway")
            fix = "add `takeaway: ...`: one sentence to act on or remember"
            yield Problem("takeaway-missing", SEVERITY, place, "the entry has no takeaway", fix=fix)
