"""An entry without a section of practice implications.

They are what a reader in a hurry comes for, and topic archives open with them. The headings that mark them are set in
`mkdocs.yml`, `extra.digest.practice_implications`; capitals and accents do not matter.

Passes:

    ## Practice implications

    Water in the evening.

Fails:

    ### Practice implications        # a second-level heading has two #
"""

import difflib
import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.check.implications import find_implications, folded_heading, implications_headings
from digest.model.body import Heading
from digest.model.entry import Entry
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ERROR
NEAR = 0.75
LINE = re.compile(r"[^\n]+")
AROUND = "#*_\\ \t\r\u00a0"


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at entries; a heading that comes close is pointed at."""
    if not isinstance(document, Entry):
        return
    headings = implications_headings(context.library.configuration)
    shown = next(iter(context.library.configuration.digest.practice_implications), "")
    if shown and find_implications(document.body, headings) is None:
        near = _near(document, headings)
        bare = _bare_line(document, headings)
        message = f"the entry has no section '{shown}'"
        if bare is not None:
            why = "only a line that begins with ## and an ordinary blank is its heading"
            fix = f"write `## {shown}`"
            yield Problem("practice-implications-missing", SEVERITY, bare, message, why, fix)
        elif near is None:
            fix = f"add it at the end, below a heading `## {shown}`"
            yield Problem("practice-implications-missing", SEVERITY, document.places.whole, message, fix=fix)
        else:
            message += f": the heading here is '{near.text}', level {near.level}"
            fix = f"write `## {shown}`"
            yield Problem("practice-implications-missing", SEVERITY, near.span, message, fix=fix)


def _bare_line(entry: Entry, headings: frozenset[str]) -> Span | None:
    """What only looks like the heading: `##Practice implications`, or the words in bold, indented or alone."""
    levels = {heading.span.start for heading in entry.body.headings}
    for match in LINE.finditer(entry.body.text):
        start = entry.body.offset + match.start()
        if start not in levels and folded_heading(match[0].strip(AROUND).rstrip(":").rstrip(AROUND)) in headings:
            return Span(entry.path, start, start + len(match[0].rstrip()))
    return None


def _near(entry: Entry, headings: frozenset[str]) -> Heading | None:
    for heading in entry.body.headings:
        if difflib.get_close_matches(folded_heading(heading.text), headings, n=1, cutoff=NEAR):
            return heading
    return None
