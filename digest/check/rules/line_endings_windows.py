"""Lines that end as Windows ends them, with CR and LF.

The digest reads them, but every line shows as changed once somebody else saves the file. `digest check --fix` changes
them all.

Passes:

    a file saved with line endings "LF"

Fails:

    a file saved with line endings "CRLF"
"""

from digest.problem import Severity

SEVERITY = Severity.ADVICE
