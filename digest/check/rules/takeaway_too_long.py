"""A takeaway with more characters than `lengths.takeaway_characters` in `mkdocs.yml` allows (240 if nothing is set).

It is read in lists, on phones and in e-mail subjects, where a long one is cut or passed over.

Passes:

    takeaway: Beds with mulch needed half the water.

Fails:

    takeaway: In this study, which was carried out in several gardens over three summers, beds that ...
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    most = context.library.configuration.digest.lengths.takeaway_characters
    for entry in context.library.entries:
        length = len(entry.takeaway.strip())
        if length > most:
            yield Problem(
                "takeaway-too-long",
                SEVERITY,
                entry.places.at("takeaway"),
                f"the takeaway has {length} characters, where at most {most} are allowed",
                fix=f"say it in {length - most} characters less",
            )
