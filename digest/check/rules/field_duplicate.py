"""A field that stands twice in the same place.

Only one of the two can hold, and nobody could tell which was meant.

Passes:

    title: Mulch and water

Fails:

    title: Mulch and water
    title: Water and mulch
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
