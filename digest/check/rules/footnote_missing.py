"""A mark of a footnote, `[^1]`, without its note.

Markdown then takes it for plain text, and readers see the brackets. The note stands on a line of its own, anywhere in
the same file: `[^1]: The note.`

Passes:

    Half the water.[^1]

    [^1]: In one dry summer.

Fails:

    Half the water.[^1]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.markup import iter_unresolved_footnotes
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING


def check_document(_: Context, document: Document) -> Iterator[Problem]:
    """Look at every Markdown text."""
    body = document.body
    if body is None or "[^" not in body.text:
        return
    for start, end, name in iter_unresolved_footnotes(body.text):
        message = f"'[{name}]' is shown as typed: its note is not in this file"
        fix = f"add a line `[{name}]: the note`, or delete the mark"
        span = Span(body.path, body.offset + start, body.offset + end)
        yield Problem("footnote-missing", SEVERITY, span, message, fix=fix)
