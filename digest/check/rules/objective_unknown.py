"""A reading that says that it serves an objective which its module does not have.

`objectives` of a reading are numbers, counted from 1 as the module's page counts them.

Passes:

    objectives: [Say what mulch does.]
    readings:
      - entry: mulch-and-water
        objectives: [1]

Fails:

    objectives: [Say what mulch does.]
    readings:
      - entry: mulch-and-water
        objectives: [2]
"""

from collections.abc import Iterator

from digest.check.absent import is_left_out
from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at the reading lists of training modules."""
    for module in context.library.modules:
        most = len(module.objectives)
        if not most and not is_left_out(module, "objectives", context.library.sources):
            continue
        for index, reading in enumerate(module.readings):
            for position, number in enumerate(reading.objectives):
                if not 0 < number <= most:
                    message = f"reading {index + 1} serves objective {number}, and the module has {most or 'none'}"
                    fix = f"write numbers from 1 to {most}" if most > 1 else "write 1, its only one"
                    fix = fix if most else "add `objectives` to the module"
                    place = module.places.at("readings", index, "objectives", position)
                    severity = SEVERITY if most else Severity.WARNING  # a number without any list misleads nobody
                    yield Problem("objective-unknown", severity, place, message, fix=fix)
