"""HTML in a Markdown text, which is shown as text.

Only a few tags within a line have an effect: `<sub>`, `<sup>`, `<br>`, `<abbr>`, `<cite>` and `<kbd>`. Markdown
says the rest, and nothing in a text can run in a reader's browser.

Passes:

    The *first* summer, in m<sup>2</sup>.

Fails:

    The <em>first</em> summer.
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.lookup import Document
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
LONGEST = 60


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at every Markdown text."""
    for span in document.body.raw_html if document.body else ():
        html = context.library.sources[span.path].text[span.start : span.end]
        shown = html if len(html) <= LONGEST else html[: LONGEST - 3] + "..."
        message = f"HTML is shown as text: '{shown}'"
        fix = "say it in Markdown, or delete it"
        yield Problem("raw-html", SEVERITY, span, message, fix=fix)
