"""A file or folder that cannot be part of the digest.

It is not UTF-8, holds a NUL character, is too large (2 MB for text, 16 MB for JSON, 64 MB for `.bib`), may not be
opened, has a name that cannot be shown, or is a link that leads nowhere, in a circle or out of the repository.

Passes:

    entries/2023-01/mulch-and-water.md        # saved as UTF-8

Fails:

    entries/2023-01/mulch-and-water.md        # saved as Windows-1252, with "café" in it
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
