"""A link by reference, `[text][name]`, whose name is nowhere explained.

Markdown then takes it for plain text, and readers see the brackets. A name is explained on a line of its own, such as
`[name]: https://example.org/`, anywhere in the same file.

Passes:

    See [mulch and water][mulch].

    [mulch]: mulch-and-water.md

Fails:

    See [mulch and water][mulhc].

    [mulch]: mulch-and-water.md
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.markup import iter_unresolved_links
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING


def check_document(_: Context, document: Document) -> Iterator[Problem]:
    """Look at every Markdown text."""
    body = document.body
    if body is None or ("][" not in body.text and "]\n[" not in body.text):
        return
    for start, end, name in iter_unresolved_links(body.text):
        shown = " ".join(body.text[start:end].split())
        message = f"'{shown}' is shown as typed: nothing in this file explains '[{name}]'"
        fix = f"write [text](address), or add a line `[{name}]: address`"
        span = Span(body.path, body.offset + start, body.offset + end)
        yield Problem("link-reference-missing", SEVERITY, span, message, fix=fix)
