"""A type of research that is not in `vocabulary/research-types.yml`.

Types of research are a controlled list, each with what it can and cannot show: a misspelt one would come without
that. A type's label or a former spelling is recognised, and `digest check --fix` writes the id in its place.

Passes:

    research_types: [field-trial]

Fails:

    research_types: [feild-trial]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.vocabulary_guess import unknown_term
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries. Without any list at all, the list is what is wrong."""
    known, by_name = context.lookup.research_types, context.lookup.research_types_by_name
    for entry in context.library.entries if known else ():
        for index, kind in enumerate(entry.research_types):
            if kind not in known:
                place = entry.places.at("research_types", index)
                yield unknown_term("research-type-unknown", SEVERITY, "type of research", kind, place, by_name)
