"""The same item twice in a list.

The page would show it twice, and counts of entries would be wrong.

Passes:

    topics: [soil, watering]

Fails:

    topics: [soil, watering, soil]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.entry import Entry
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
LISTS = ("citations", "topics", "research_types", "authors", "related", "training", "studies", "audiences")


def check(context: Context) -> Iterator[Problem]:
    """Look at the lists in the front matter of entries, training modules and studies."""
    library = context.library
    documents: tuple[Entry | TrainingModule | Study, ...] = (*library.entries, *library.modules, *library.studies)
    for document in documents:
        for name in LISTS:
            items = getattr(document, name, ())
            if len(set(items)) < len(items):
                for index, item in enumerate(items):
                    if item in items[:index]:
                        message = f"'{item}' stands in '{name}' a second time"
                        place = document.places.at(name, index)
                        yield Problem("item-duplicate", SEVERITY, place, message, fix="keep one of the two")
