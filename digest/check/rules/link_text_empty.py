"""A link without a text.

Nothing of it shows, and a screen reader reads its address out, letter by letter. A picture that is a link needs a
description, which is then the link's text.

Passes:

    [Mulch and water](mulch-and-water.md)

Fails:

    [](mulch-and-water.md)
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.lookup import Document
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check_document(_: Context, document: Document) -> Iterator[Problem]:
    """Look at every link in a Markdown text."""
    for link in document.body.links if document.body else ():
        if not link.text.strip():
            message = f"the link to '{link.destination}' has no text"
            fix = "say between the brackets where it leads"
            yield Problem("link-text-empty", SEVERITY, link.span, message, fix=fix)
