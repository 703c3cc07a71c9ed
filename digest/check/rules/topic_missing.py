"""An entry without a topic.

Readers find entries by topic: this one would stand in no archive.

Passes:

    topics: [soil]

Fails:

    topics: []
"""

from collections.abc import Iterator

from digest.check.absent import is_left_out
from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    for entry in context.library.entries:
        if is_left_out(entry, "topics", context.library.sources):
            place = entry.places.key_at("topics")
            fix = "add `topics: [...]` with one to six ids of vocabulary/topics.yml"
            yield Problem("topic-missing", SEVERITY, place, "the entry has no topic", fix=fix)
