"""An image without a description.

People who cannot see it hear the description instead. Say what the image shows, not that it is one.

Passes:

    ![Water needed by beds with and without mulch, week by week](water.png)

Fails:

    ![](water.png)
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.lookup import Document
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check_document(_: Context, document: Document) -> Iterator[Problem]:
    """Look at every image in a Markdown text."""
    for image in document.body.images if document.body else ():
        if not image.text.strip():
            message = f"image '{image.destination}' has no description"
            fix = "say between the brackets what it shows: ![...](...)"
            yield Problem("image-alt-missing", SEVERITY, image.span, message, fix=fix)
