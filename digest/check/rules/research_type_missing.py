"""An entry without a type of research.

The type tells readers what the study can and cannot show.

Passes:

    research_types: [field-trial]

Fails:

    research_types: []
"""

from collections.abc import Iterator

from digest.check.absent import is_left_out
from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    for entry in context.library.entries:
        if is_left_out(entry, "research_types", context.library.sources):
            place = entry.places.key_at("research_types")
            fix = "add `research_types: [...]` with an id of vocabulary/research-types.yml"
            yield Problem("research-type-missing", SEVERITY, place, "the entry has no type of research", fix=fix)
