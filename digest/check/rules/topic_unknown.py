"""A topic that is not in `vocabulary/topics.yml`.

Topics are a controlled list: a misspelt one would open an archive of its own with one entry in it.
A topic's label or a former spelling is recognised, and `digest check --fix` writes the id in its place.

Passes:

    topics: [alliance-and-therapeutic-relationship]

Fails:

    topics: [theraputic-alliance]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.vocabulary_guess import unknown_term
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries, training modules and studies."""
    lookup = context.lookup
    for document in (*context.library.entries, *context.library.modules, *context.library.studies):
        for index, topic in enumerate(document.topics):
            if topic not in lookup.topics:
                place = document.places.at("topics", index)
                yield unknown_term("topic-unknown", SEVERITY, "topic", topic, place, lookup.topics_by_name)
