"""An entry with more topics than `lengths.topics_most` in `mkdocs.yml` allows (six if nothing is set).

An archive of everything helps nobody: an entry belongs where a reader would look for it.

Passes:

    topics: [soil, watering]

Fails:

    topics: [soil, watering, pests, seeds, pruning, compost, light]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries; the mark stands under the topics beyond the limit."""
    most = context.library.configuration.digest.lengths.topics_most
    for entry in context.library.entries:
        number = len(entry.topics)
        if number > most:
            start, end = entry.places.at("topics", most).start, entry.places.at("topics", number - 1).end
            yield Problem(
                "topic-too-many",
                SEVERITY,
                Span(entry.path, start, end),
                f"{number} topics, where at most {most} are allowed",
                fix="keep those under which a reader would look for it",
            )
