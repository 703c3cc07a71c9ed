"""A reading older than ten years, with nothing newer on its topic beside it.

An old work may be the one to read; learners should then also meet what was found since. Of what the digest holds on the
topic, the newest is named.

Passes (in 2026):

    - citation: clay2009soil
    - entry: mulch-and-water        # 2023, on the same topic

Fails:

    - citation: clay2009soil
"""

from collections.abc import Iterable, Iterator, Sequence

from digest.check.context import Context
from digest.check.course_topics import CourseTopics
from digest.model.reading_list import PlacedReading, place_readings
from digest.model.training import TrainingModule
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
YEARS = 10


def check(context: Context) -> Iterator[Problem]:
    """Look at the years of the works that each module reads."""
    topics = CourseTopics(context.lookup)
    for module in context.library.modules:
        readings = place_readings(module, context.lookup)
        for placed in readings:
            if _is_old(context, placed) and not _newer(context, topics, module, placed, readings):
                yield _problem(context, topics, module, placed)


def _is_old(context: Context, placed: PlacedReading) -> bool:
    return bool(placed.work and placed.work.issued and placed.work.issued.year < context.today.year - YEARS)


def _newer(
    context: Context,
    topics: CourseTopics,
    module: TrainingModule,
    placed: PlacedReading,
    readings: Iterable[PlacedReading],
) -> bool:
    """Whether another reading is on a topic of this one and not old itself."""
    wanted = topics.of_reading(module, placed)
    return any(
        other.work is not None
        and other.work.issued is not None
        and not _is_old(context, other)
        and wanted & topics.of_reading(module, other)
        for other in readings
    )


def _problem(context: Context, topics: CourseTopics, module: TrainingModule, placed: PlacedReading) -> Problem:
    wanted = topics.of_reading(module, placed)
    labels = _labels(context, sorted(wanted))
    newest = topics.newest(wanted, lambda entry: topics.year(entry) >= context.today.year - YEARS)
    if newest is not None:
        fix = f"put '{newest.slug}' beside it, the newest on {labels} in this digest"
    else:
        fix = f"the digest has nothing newer on {labels} either: look for a newer study"
    assert placed.work is not None  # noqa: S101 - what has no work has no age
    message = f"'{placed.work.citation_key}' is of {placed.work.year}, and nothing newer on its topic is on the list"
    return Problem("reading-old", SEVERITY, module.places.at("readings", placed.index), message, fix=fix)


def _labels(context: Context, ids: Sequence[str]) -> str:
    known = context.lookup.topics
    return " or ".join(f"'{known[topic].label if topic in known else topic}'" for topic in ids) or "its topic"
