"""A reference that lacks what its citation needs.

That is the title, who wrote or edited it and when it appeared; for an article the journal, its volume and the pages
or article number; for a chapter or a paper the book it stands in; a publisher for books, chapters, reports and
theses; an address for web pages. What is in press needs no year, volume or pages. A fact that nobody has verified
is better left out than guessed, so this is a warning.

Passes:

    @article{bloom2023mulch,
      author = {Bloom, F.},
      title = {Mulch and water},
      journal = {Garden Science},
      year = {2023},
      volume = {4},
      pages = {1--9},
    }

Fails:

    @article{bloom2023mulch,
      author = {Bloom, F.},
    }
"""

from collections.abc import Iterator
from typing import NamedTuple

from digest.check.context import Context
from digest.check.near import Names
from digest.model.reference import Reference
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
ARTICLES = frozenset({"article-journal", "article-magazine", "article-newspaper"})
IN_BOOKS = frozenset({"chapter", "paper-conference", "entry-encyclopedia"})
FROM_PUBLISHERS = frozenset({"book", "chapter", "report", "thesis", "entry-encyclopedia"})


class Fact(NamedTuple):
    """Something that a citation needs."""

    noun: str
    fields: tuple[str, ...]
    """The fields of BibTeX and biblatex that say it, the usual one first."""


AUTHOR = Fact("author", ("author", "editor"))
TITLE = Fact("title", ("title",))
YEAR = Fact("year", ("year", "date"))
JOURNAL = Fact("journal", ("journal", "journaltitle"))
VOLUME = Fact("volume", ("volume", "number", "issue"))
PAGES = Fact("pages or article number", ("pages", "page", "eid", "articleno", "article-number"))
BOOK = Fact("book that it stands in", ("booktitle",))
PUBLISHER = Fact("publisher", ("publisher", "school", "institution", "organization", "howpublished"))
ADDRESS = Fact("address", ("url", "howpublished", "doi"))


def check(context: Context) -> Iterator[Problem]:
    """Look at all references; what could not be read is not missing."""
    for reference in context.library.references:
        for noun, fields in _iter_missing(reference):
            if not any(reference.raw.get(field, "").strip() for field in fields):
                misspelt = Names(reference.raw).nearest(fields[0])
                yield Problem(
                    "reference-field-missing",
                    SEVERITY,
                    reference.places.key_at(misspelt) if misspelt else reference.places.whole,
                    f"'{reference.citation_key}' has no {noun}",
                    fix=f"write `{fields[0]}` for '{misspelt}', if that is meant"
                    if misspelt
                    else f"add `{fields[0]} = {{...}}` if you can verify it",
                )


def _iter_missing(reference: Reference) -> Iterator[Fact]:
    kind = reference.type
    if not reference.author and not reference.editor:
        yield AUTHOR
    if not reference.title:
        yield TITLE
    if reference.issued is None and not reference.status:
        yield YEAR
    if kind in ARTICLES | IN_BOOKS and not reference.container_title:
        yield JOURNAL if kind in ARTICLES else BOOK
    if kind == "article-journal" and not reference.status:
        yield from _iter_missing_of_issue(reference)
    if kind in FROM_PUBLISHERS and not reference.publisher:
        yield PUBLISHER
    if kind == "webpage" and not reference.URL and not reference.DOI:
        yield ADDRESS


def _iter_missing_of_issue(reference: Reference) -> Iterator[Fact]:
    if not reference.volume and not reference.issue:
        yield VOLUME
    if not reference.page and not reference.number:
        yield PAGES
