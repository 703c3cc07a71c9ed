"""Two things that would have one address, or a page at an address that the digest uses itself.

One would overwrite the other.

Passes:

    pages/about.md

Fails:

    pages/topics.md
    pages/2023.md
"""

from collections.abc import Iterator

from digest.check.addresses import FIXED, YEAR
from digest.check.context import Context
from digest.model.lookup import Document
from digest.model.page import FreePage
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at everything with a page of its own; ids of vocabularies are seen there."""
    library = context.library
    first: dict[str, str] = {}
    things: tuple[Document, ...] = (
        *library.entries,
        *library.editions,
        *library.modules,
        *library.studies,
        *library.pages,
    )
    for thing in things:
        other = first.setdefault(thing.permalink, thing.path)
        if other != thing.path:
            message = f"'{thing.permalink}' is the address of '{other}' already"
            yield Problem("permalink-clash", SEVERITY, Span(thing.path), message, fix="rename one of the two files")
    for thing in things:
        what = _kept_for(thing)
        if what:
            message = f"'{thing.permalink}' is kept for {what}"
            yield Problem("permalink-clash", SEVERITY, Span(thing.path), message, fix="give the file another name")


def _kept_for(thing: Document) -> str:
    """What else has, or may come to have, the address of a file."""
    name = thing.permalink.strip("/").rpartition("/")[2]
    if isinstance(thing, FreePage) and YEAR.fullmatch(name):
        return "the pages of a year"
    return "a page that every digest has" if name == "index" or (isinstance(thing, FreePage) and name in FIXED) else ""
