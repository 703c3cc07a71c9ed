"""A sentence with more words than `lengths.sentence_words` in `mkdocs.yml` advises (35 if nothing is set).

Most readers lose the beginning of a long sentence before its end, and those who listen to a page cannot look back.

Passes:

    Covered beds needed half the water. Whether that holds in wet years is not known.

Fails:

    Covered beds, which in this study were those where straw had been laid before the first hot week, needed, in the
    first as well as in the second summer, and in gardens on sand as well as on clay, half the water that ...
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.sentences import count_words, has_run_of, iter_sentences
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ADVICE
SHOWN = 40
"""Characters of the sentence in the message."""


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at every Markdown text."""
    most = context.library.configuration.digest.lengths.sentence_words
    body = document.body
    if body is None or not has_run_of(body.text, most):
        return
    for start, end in iter_sentences(body.text, 0, len(body.text)):
        words = count_words(body.text[start:end])
        if words > most:
            shown = " ".join(body.text[start:end].split())[:SHOWN]
            yield Problem(
                "sentence-too-long",
                SEVERITY,
                Span(body.path, body.offset + start, body.offset + end),
                f"the sentence '{shown}…' has {words} words; up to {most} are easy to follow",
                fix="make two of it",
            )
