"""A text in front matter that a `#` cuts off.

In YAML a blank and a `#` begin a comment: what follows is not part of the value, and readers would miss it without
anybody noticing. A text that holds ` #` goes into quotes. Comments behind lists and on lines of their own are fine.

Passes:

    title: "Study #2 of many"
    topics: [soil]    # a comment

Fails:

    title: Study #2 of many
"""

import dataclasses
import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING
COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at the texts at the top of every document."""
    source = context.library.sources.get(document.path)
    if source is None or document.places is None:
        return
    front_matter = source.text if document.body is None else source.text[: document.body.offset]
    if not COMMENT.search(front_matter):  # finding the places would read every file again
        return
    texts = {field.name for field in dataclasses.fields(document) if type(getattr(document, field.name)) is str}
    for key, span in document.places.values.items():
        name = key[0] if len(key) == 1 else ""
        if name not in texts or span.start == span.end:
            continue
        match = COMMENT.match(source.text, span.end)
        if match is not None:
            cut = Span(span.path, match.end() - len(match[0].lstrip()), match.end())
            yield Problem(
                "comment-in-text",
                SEVERITY,
                cut,
                f"'{match[0].strip()[:60]}' is a comment and not part of the {name}",
                why="in YAML a blank and a # begin a comment",
                fix='put the whole value in quotes: "..."',
            )
