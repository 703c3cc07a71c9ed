"""A file whose name cannot be an address.

The name of a Markdown file becomes the last part of its page's address, which people type, print and read out:
small letters a to z, digits, and single hyphens between them.

Passes:

    entries/2023-01/mulch-and-water.md

Fails:

    entries/2023-01/Mulch & Water.md
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
