"""HTML in a Markdown text, which is shown as text.

Only a few tags within a line have an effect: `<sub>`, `<sup>`, `<br>`, `<abbr>`, `<cite>` and `<kbd>`. Markdown
says the rest, and nothing in a text can run in a reader's browser.

Passes:

    The *first* summer, in m<sup>2</sup>.

Fails:

    The <em>first</em> summer.
"""

import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.model.lookup import Document
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
LONGEST = 60
TAG = re.compile(r"<!--|</?[A-Za-z][A-Za-z0-9-]*")
INSTEAD = {
    **dict.fromkeys(("<b", "<strong"), "write `**...**` for bold"),
    **dict.fromkeys(("<i", "<em"), "write `*...*` for italics"),
    "<a": "write `[text](address)` for a link",
    "<img": "write `![what it shows](file.png)` for an image",
    "<u": "delete it: only links are underlined",
    "<!--": "delete it; a note for yourself stands in the front matter, behind a #",
}


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at every Markdown text."""
    opened: list[str] = []
    for span in document.body.raw_html if document.body else ():
        html = context.library.sources[span.path].text[span.start : span.end]
        name = (TAG.match(html) or [""])[0].lower()
        if name.startswith("</") and name[2:] in opened:  # told with its beginning
            opened.remove(name[2:])
            continue
        opened.append(name[1:])
        shown = html if len(html) <= LONGEST else html[: LONGEST - 3] + "..."
        message = f"HTML is shown as text: '{shown}'"
        yield Problem("raw-html", SEVERITY, span, message, fix=INSTEAD.get(name, "say it in Markdown, or delete it"))
