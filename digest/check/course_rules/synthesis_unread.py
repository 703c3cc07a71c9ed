"""A module that does not read the newest meta-analysis on one of its topics.

Which types of research put many studies together is data: `synthesis: true` in `vocabulary/research-types.yml`. The
newest is the entry about the newest work of such a type. The module may read the entry, or the work itself. It is
advice: whether the newest on a broad topic belongs into this course is the teacher's to judge.

Passes:

    topics: [soil]
    readings:
      - entry: nine-studies-of-mulch

Fails:

    topics: [soil]        # 'nine-studies-of-mulch' is the newest synthesis on it
    readings:
      - entry: mulch-and-water
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.course_topics import CourseTopics
from digest.model.entry import Entry
from digest.model.reading_list import place_readings
from digest.problem import Problem, Severity

SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Problem]:
    """Look at the topics of every module."""
    syntheses = {kind.id: kind.label for kind in context.library.research_types if kind.synthesis}
    topics = CourseTopics(context.lookup)

    def is_synthesis(entry: Entry) -> bool:
        return any(kind in syntheses for kind in entry.research_types)

    for module in context.library.modules if syntheses else ():
        works = {placed.work.citation_key for placed in place_readings(module, context.lookup) if placed.work}
        told: set[str] = set()
        for index, topic in enumerate(module.topics):
            newest = topics.newest((topic,), is_synthesis)
            if newest is None or newest.path in told or works.intersection(newest.citations[:1]):
                continue
            told.add(newest.path)
            kind = next(syntheses[each] for each in newest.research_types if each in syntheses)
            known = context.lookup.topics.get(topic)
            message = (
                f"the newest on '{known.label if known else topic}' is not read: '{newest.title}' ({kind.lower()})"
            )
            fix = f"add `- entry: {newest.slug}` to the readings"
            yield Problem("synthesis-unread", SEVERITY, module.places.at("topics", index), message, fix=fix)
