"""A file in a content folder that nothing reads.

What it says would be lost in silence. A name that ends nearly as it should (`.MD`, `.md.txt`) is an error, another file
a warning. Hidden files are passed over; images and PDF files may stand beside any text.

Passes:

    entries/2023-01/mulch-and-water.md
    entries/2023-01/water.png

Fails:

    entries/2023-01/mulch-and-water.docx
    training/old/soil-basics.md
"""

from digest.problem import Severity

SEVERITY = Severity.ERROR
