"""An entry that stands in no edition.

An entry's edition is its folder, `entries/YYYY-MM/`, and the folder is part of its address.

Passes:

    entries/2023-01/mulch-and-water.md

Fails:

    entries/mulch-and-water.md
    entries/2023-13/mulch-and-water.md
    entries/January 2023/mulch-and-water.md
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
