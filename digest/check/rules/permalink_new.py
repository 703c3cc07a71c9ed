"""A page whose address is not in `entries/permalinks.txt` yet.

The list is the digest's memory of what it published: without a line in it nobody would notice if the page disappeared
later. `digest check --fix` adds the lines. Drafts have none.

Passes:

    /2023/01/mulch-and-water/        # in entries/permalinks.txt

Fails:

    entries/2023-01/mulch-and-water.md, published, without that line
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.lookup import Lookup
from digest.model.permalink import Permalinks
from digest.model.vocabulary import ResearchType, Topic
from digest.problem import Edit, Problem, Severity, Span

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at everything that has a page of its own and is published."""
    known = context.library.permalinks
    if not known.is_readable:
        return
    for permalink, place in _iter_permalinks(context.published):
        if permalink not in known.spans:
            message = f"'{permalink}' is not in {known.path} yet"
            fix = "add it before you publish; `digest check --fix` does"
            yield Problem("permalink-new", SEVERITY, place, message, fix=fix, edits=_edits(known, permalink))


def _edits(known: Permalinks, permalink: str) -> tuple[Edit, ...]:
    """A line at the end. The line before it is ended by an edit of its own, which all new lines share."""
    line = Edit(known.end, f"{permalink}\n")
    return (line,) if known.ends_with_newline else (Edit(known.end, "\n"), line)


def _iter_permalinks(published: Lookup) -> Iterator[tuple[str, Span]]:
    library = published.library
    vocabulary: tuple[Topic | ResearchType, ...] = (*library.topics, *library.research_types)
    terms = {term.permalink: term.places.at("id") for term in vocabulary}
    folders = {edition.permalink: edition for edition in library.editions if edition.body is None}
    for permalink, path in published.permalinks.items():
        if permalink in terms:
            yield permalink, terms[permalink]
        elif permalink in folders:
            yield permalink, Span(path.rpartition("/")[0])
        else:
            yield permalink, _head(published, path)


def _head(published: Lookup, path: str) -> Span:
    """The title of a document, or its first line."""
    document = published.documents[path]
    return document.places.at("title") if document.places and document.places.has("title") else Span(path)
