"""A reading of a training module that leads nowhere.

A reading names one thing: an `entry` of the digest, a `citation` key of `bib/`, or a `url`. What it names must
exist, and a published module cannot send its learners to a draft.

Passes:

    readings:
      - entry: mulch-and-water
      - citation: bloom2023mulch
        required: false

Fails:

    readings:
      - entry: mulch-and-watter
      - note: A reading that names nothing.
"""

from collections.abc import Iterator
from dataclasses import fields

from digest.check.absent import says_nothing
from digest.check.citation_keys import CitationKeys
from digest.check.context import Context
from digest.check.named import EntryNames
from digest.model.training import Reading, TrainingModule
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR
WAYS = ("entry", "citation", "url")
KNOWN = frozenset(field.name for field in fields(Reading))


def check(context: Context) -> Iterator[Problem]:
    """Look at the reading lists of training modules."""
    entries = EntryNames(context, "reading-unknown")
    keys = CitationKeys(context, "reading-unknown")
    for module in context.library.modules:
        for index, reading in enumerate(module.readings):
            place = module.places.at("readings", index)
            named = [way for way in WAYS if getattr(reading, way)]
            if len(named) > 1:
                message = f"reading {index + 1} names more than one thing: {' and '.join(named)}"
                fix = "make each a reading of its own"
                yield Problem("reading-unknown", SEVERITY, place, message, fix=fix)
            elif not named and _says_nothing(context, module, index):
                message, fix = f"reading {index + 1} names nothing", "add `entry:`, `citation:` or `url:`"
                yield Problem("reading-unknown", SEVERITY, place, message, fix=fix)
            elif reading.entry:
                place = module.places.at("readings", index, "entry")
                yield from entries.check(reading.entry, place, by_draft=module.draft)
            elif reading.citation:
                yield from keys.check(reading.citation, module.places.at("readings", index, "citation"))


def _says_nothing(context: Context, module: TrainingModule, index: int) -> bool:
    """Not so if what it names may stand in a field that could not be read: that was told already."""
    places, sources = module.places, context.library.sources
    written = {key[-1] for key in places.keys if key[:-1] == ("readings", index)}
    return written <= KNOWN and all(says_nothing(places, sources, "readings", index, way) for way in WAYS)
