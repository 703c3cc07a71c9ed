"""A type of record that looks like a misspelt one: `@artcle`.

A record of a type that neither BibTeX nor biblatex has is printed as a document: title and year, without journal or
book. Types that resemble none are left alone: reference managers have some of their own.

Passes:

    @article{bloom2023mulch, ...}

Fails:

    @artcle{bloom2023mulch, ...}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.near import Names
from digest.problem import Problem, Severity
from digest.read.bibtex_fields import TYPES

SEVERITY = Severity.WARNING
OTHERS = frozenset(
    {
        *("misc", "artwork", "audio", "bibnote", "commentary", "image", "jurisdiction", "legislation", "legal"),
        *("letter", "movie", "music", "performance", "set", "video", "xdata"),
    }
)
"""Types of BibTeX and biblatex (section 2.1) that are documents."""


def check(context: Context) -> Iterator[Problem]:
    """Look at the types of all records."""
    known = Names([*TYPES, *sorted(OTHERS)])
    for reference in context.library.references:
        kind = reference.record_type.lower()
        if kind and kind not in TYPES and kind not in OTHERS and (near := known.nearest(kind)):
            message = f"'{reference.citation_key}' is of a type that BibTeX does not have, '@{kind}'"
            why = "it is cited as a document, without its journal or book"
            fix = f"did you mean '@{near}'?"
            yield Problem("reference-type-unknown", SEVERITY, reference.places.whole, message, why, fix)
