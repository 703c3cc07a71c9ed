"""A section of practice implications with nothing in it.

The page would promise what to do and then say nothing.

Passes:

    ## Practice implications

    Water in the evening.

Fails:

    ## Practice implications
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.implications import find_implications, implications_headings
from digest.model.entry import Entry
from digest.model.lookup import Document
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at entries."""
    if not isinstance(document, Entry):
        return
    headings = implications_headings(context.library.configuration)
    index = find_implications(document.body, headings)
    if index is None:
        return
    section = document.body.sections[index]
    if section.heading is not None and section.words == 0:
        message = f"nothing stands under '{section.heading.text}'"
        fix = "say below it what the study means for practice"
        yield Problem("practice-implications-empty", SEVERITY, section.heading.span, message, fix=fix)
