"""A field that nothing reads, most often a misspelt one.

What it says would be lost in silence. `digest check --fix` corrects the spelling where one known field is near.

Passes:

    takeaway: Beds with mulch needed half the water.

Fails:

    takeawy: Beds with mulch needed half the water.
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
