"""A file that begins with a byte order mark.

It is invisible, UTF-8 does not need it, and some tools take it for text. The digest reads such a file, and
`digest check --fix` removes the mark.

Passes:

    a file saved as "UTF-8"

Fails:

    a file saved as "UTF-8 with BOM"
"""

from digest.problem import Severity

SEVERITY = Severity.WARNING
