"""A line of `entries/permalinks.txt` that is not a permalink.

The file lists one address a line, as a path that begins and ends with `/`. Empty lines and lines that begin with
`#` are passed over.

Passes:

    /2023/01/mulch-and-water/

Fails:

    2023/01/mulch-and-water
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
