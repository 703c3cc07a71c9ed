"""A topic that is not in `vocabulary/topics.yml`.

Topics are a controlled list: a misspelt one would open an archive of its own with one entry in it.
A topic's label or a former spelling is recognised, and `digest check --fix` writes the id in its place.

Passes:

    topics: [alliance-and-therapeutic-relationship]

Fails:

    topics: [theraputic-alliance]
"""

from collections.abc import Iterator, Mapping, Sequence

from digest.check.context import Context
from digest.check.vocabulary_guess import unknown_term
from digest.model.entry import Entry
from digest.model.identifier import fold
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.model.vocabulary import Topic
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries, training modules and studies. Without any list at all, the list is what is wrong."""
    known, by_name = context.lookup.topics, context.lookup.topics_by_name
    library = context.library
    documents: tuple[Entry | TrainingModule | Study, ...] = (*library.entries, *library.modules, *library.studies)
    for document in documents if known else ():
        unknown = [index for index, topic in enumerate(document.topics) if topic not in known]
        while unknown:
            index = unknown.pop(0)
            topic, place = document.topics[index], document.places.at("topics", index)
            last = _end_of_label(document.topics, index, by_name)
            if last > index:  # a label that holds commas was taken for several topics
                topic = ", ".join(document.topics[index : last + 1])
                place = Span(place.path, place.start, document.places.at("topics", last).end)
                unknown = [other for other in unknown if other > last]
            yield unknown_term("topic-unknown", SEVERITY, "topic", topic, place, by_name)


def _end_of_label(topics: Sequence[str], start: int, by_name: Mapping[str, Topic]) -> int:
    """The last of the items that make up one name, where a name with commas stands without quotes in a list."""
    ends = range(len(topics) - 1, start, -1)
    return next((end for end in ends if fold(", ".join(topics[start : end + 1])) in by_name), start)
