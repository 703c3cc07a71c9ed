"""A heading that is more than one level below the one before it, or of the first level.

People who listen to a page move by its headings, and a missing level sounds like missing text. The page's title is
its only heading of the first level, so a text begins with the second.

Passes:

    ## What was done

    ### The gardens

Fails:

    ## What was done

    #### The gardens
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.implications import find_implications, folded_heading, implications_headings
from digest.model.body import Body
from digest.model.entry import Entry
from digest.model.lookup import Document
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at every Markdown text; practice implications that stand too deep are told where they are missed."""
    if document.body is None or not document.body.headings:
        return
    missed = implications_headings(context.library.configuration) if isinstance(document, Entry) else frozenset[str]()
    yield from _check_body(document.body, missed if find_implications(document.body, missed) is None else frozenset())


def _check_body(body: Body, missed: frozenset[str]) -> Iterator[Problem]:
    before = 1
    for heading in body.headings:
        if folded_heading(heading.text) in missed:
            pass
        elif heading.level == 1:
            message = f"heading '{heading.text}' is of the first level, which is the page title's"
            fix = f"write `## {heading.text}`"
            yield Problem("heading-level-skipped", SEVERITY, heading.span, message, fix=fix)
        elif heading.level > before + 1:
            message = f"heading '{heading.text}' is of level {heading.level}, and the one before it of level {before}"
            if heading is body.headings[0]:
                message = f"heading '{heading.text}' is of level {heading.level}, and the first one must be of level 2"
            fix = f"write `{'#' * (before + 1)} {heading.text}`"
            yield Problem("heading-level-skipped", SEVERITY, heading.span, message, fix=fix)
        before = heading.level
