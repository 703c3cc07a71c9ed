"""Blanks at the end of a line of front matter, or a tab in it.

They are invisible, and they show as changes when the next editor's program removes them. `digest check --fix` does
so. In the text below the front matter, two blanks at a line's end are Markdown for a line break, so nothing is said
there.

Passes:

    title: Mulch and water

Fails:

    title: Mulch and water··        # each · a blank
"""

import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.model.lookup import Document
from digest.model.source import Source
from digest.problem import Edit, Problem, Severity

SEVERITY = Severity.ADVICE
AT_END = re.compile(r"[ \t]+$")
TABS = re.compile(r"(?<=[^ \t])[ \t]*\t[ \t]*")
"""Within a line; at its beginning YAML refuses them, and the reader says so."""


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at the front matter of every document."""
    source = context.library.sources[document.path]
    body = document.body
    end = body.offset if body is not None else 0
    text = source.text
    if text.find(" \n", 0, end) != -1 or text.find("\t", 0, end) != -1 or text.find(" \r\n", 0, end) != -1:
        yield from _check_lines(source, end)


def _check_lines(source: Source, end: int) -> Iterator[Problem]:
    last, _ = source.line_column(max(0, end - 1))
    for number in range(1, last + 1):
        line, start = source.line(number), source.line_start(number)
        blanks = AT_END.search(line)
        if blanks:
            span = source.span(start + blanks.start(), start + blanks.end())
            message = f"{len(blanks[0])} blank{'s' if len(blanks[0]) > 1 else ''} at the end of the line"
            yield Problem(
                "white-space", SEVERITY, span, message, fix="delete what is behind the text", edits=(Edit(span, ""),)
            )
            line = line[: blanks.start()]
        for match in TABS.finditer(line):
            span = source.span(start + match.start(), start + match.end())
            yield Problem("white-space", SEVERITY, span, "a tab", fix="use blanks instead", edits=(Edit(span, " "),))
