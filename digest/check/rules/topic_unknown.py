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
from digest.model.entry import Entry
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries, training modules and studies. Without any list at all, the list is what is wrong."""
    known, by_name = context.lookup.topics, context.lookup.topics_by_name
    library = context.library
    documents: tuple[Entry | TrainingModule | Study, ...] = (*library.entries, *library.modules, *library.studies)
    for document in documents if known else ():
        for index, topic in enumerate(document.topics):
            if topic not in known:
                place = document.places.at("topics", index)
                yield unknown_term("topic-unknown", SEVERITY, "topic", topic, place, by_name)
