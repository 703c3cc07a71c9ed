"""A date that is not in the month of the entry's edition.

The edition is the folder, and both stand in the entry's address and in every list.

Passes:

    date: 2023-01-17        # in entries/2023-01/

Fails:

    date: 2023-02-17        # in entries/2023-01/
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    for entry in context.library.entries:
        if entry.date is not None and entry.date.isoformat()[:7] != entry.edition:
            yield Problem(
                "date-outside-edition",
                SEVERITY,
                entry.places.at("date"),
                f"'{entry.date}' is not in the edition {entry.edition}",
                fix=f"write a day of {entry.edition}, or move the file to entries/{entry.date.isoformat()[:7]}/",
            )
