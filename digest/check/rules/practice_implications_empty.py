"""A section of practice implications with nothing in it.

The page would promise what to do and then say nothing.

Passes:

    ## Practice implications

    Water in the evening.

Fails:

    ## Practice implications
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.implications import find_implications, implications_headings
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    headings = implications_headings(context.library.configuration)
    for entry in context.library.entries:
        index = find_implications(entry.body, headings)
        if index is None:
            continue
        section = entry.body.sections[index]
        if section.heading is not None and section.words == 0:
            message = f"nothing stands under '{section.heading.text}'"
            fix = "say below it what the study means for practice"
            yield Problem("practice-implications-empty", SEVERITY, section.heading.span, message, fix=fix)
