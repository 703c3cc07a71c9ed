"""A link whose text says nothing by itself: "here", "this link", "read more".

Many readers go from link to link, by keyboard or by ear, and hear only the texts.

Passes:

    Beds with mulch needed less: see [mulch and water](mulch-and-water.md).

Fails:

    For mulch, click [here](mulch-and-water.md).
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.body import Link
from digest.model.identifier import fold
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ADVICE
VAGUE = frozenset({"here", "click here", "this", "this link", "this page", "link", "more", "read more", "see here"})


def check_document(_: Context, document: Document) -> Iterator[Problem]:
    """Look at every link in a Markdown text."""
    for link in document.body.links if document.body else ():
        if " ".join(fold(link.text).strip(" .:…").split()) in VAGUE:
            message = f"the link text '{link.text}' says nothing by itself"
            fix = "name what it leads to, such as the page's title"
            yield Problem("link-text-vague", SEVERITY, _label(document, link), message, fix=fix)


def _label(document: Document, link: Link) -> Span:
    """Where its text stands, if that is as plain as it seems; else the link."""
    text, offset = (document.body.text, document.body.offset) if document.body else ("", 0)
    start = text.rfind(f"[{link.text}]", 0, link.span.start - offset) + 1
    return Span(link.span.path, offset + start, offset + start + len(link.text)) if start else link.span
