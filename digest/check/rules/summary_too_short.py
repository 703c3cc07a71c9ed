"""A summary with fewer words than `lengths.summary_words` in `mkdocs.yml` asks for (120 if nothing is set).

The summary is everything before the practice implications. A very short one cannot say what was done, what was found
and how sure that is.

Passes:

    Two paragraphs on what the study did, what it found, and what it cannot show.

Fails:

    Mulch helps.
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.implications import find_implications, implications_headings
from digest.model.body import Body
from digest.model.entry import Entry
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at entries; without practice implications all of the text counts."""
    if not isinstance(document, Entry):
        return
    least = context.library.configuration.digest.lengths.summary_words
    headings = implications_headings(context.library.configuration)
    index = find_implications(document.body, headings)
    words = sum(section.words for section in document.body.sections[:index])
    if words < least:
        yield Problem(
            "summary-too-short",
            SEVERITY,
            _first_line(document.body),
            f"the summary has {words} word{'' if words == 1 else 's'}, where at least {least} are expected",
            fix="say what was done, what was found, and how sure that is",
        )


def _first_line(body: Body) -> Span:
    """Of the summary, or the heading that stands where it should begin."""
    text = body.text
    start = len(text) - len(text.lstrip())
    if start == len(text):
        return Span(body.path, body.offset, body.offset)
    end = text.find("\n", start)
    line = text[start : len(text) if end == -1 else end]
    return Span(body.path, body.offset + start, body.offset + start + len(line.rstrip()))
