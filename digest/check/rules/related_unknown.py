"""An entry in `related` that does not exist, is a draft, or is this entry itself.

An entry is named by its file without `.md`, with the month before it where two have the same name.

Passes:

    related: [shade-and-water, 2023-01/mulch-and-water]

Fails:

    related: [shade-and-watr]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.named import EntryNames
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    names = EntryNames(context, "related-unknown")
    for entry in context.library.entries:
        for index, name in enumerate(entry.related):
            place = entry.places.at("related", index)
            if context.lookup.find_entry(name) is entry:
                message, fix = f"'{name}' is this entry itself", "delete it from the list"
                yield Problem("related-unknown", SEVERITY, place, message, fix=fix)
            else:
                yield from names.check(name, place, by_draft=entry.draft)
