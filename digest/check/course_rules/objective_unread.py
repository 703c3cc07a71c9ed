"""An objective that no reading of its module serves.

Learners are told what they can do afterwards, and nothing on the list leads there. A reading names the objectives that
it serves by their numbers; its page and the entry's then say so.

Passes:

    objectives: [Say what mulch does., Choose a mulch.]
    readings:
      - entry: mulch-and-water
        objectives: [1, 2]

Fails:

    objectives: [Say what mulch does., Choose a mulch.]
    readings:
      - entry: mulch-and-water
        objectives: [1]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at the objectives of every module."""
    for module in context.library.modules:
        served = {number for reading in module.readings for number in reading.objectives}
        for index, objective in enumerate(module.objectives):
            if index + 1 not in served:
                message = f"no reading serves objective {index + 1}, '{objective}'"
                fix = f"add `objectives: [{index + 1}]` to the reading that does, or find one that does"
                yield Problem("objective-unread", SEVERITY, module.places.at("objectives", index), message, fix=fix)
