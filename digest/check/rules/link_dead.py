"""A link that led nowhere when `digest audit --links` tried it: its page is gone (404, 410), or its host is.

A host that refuses programs, was slow or had a fault proves nothing, and is not reported.

Passes:

    [the report](https://garden.example.org/report)

Fails, where that page is gone:

    [the report](https://garden.example.org/report)
"""

from collections.abc import Iterable, Iterator

from digest.check.context import Context
from digest.check.outside import OutsideLink, iter_outside_links_of_fields, iter_outside_links_of_text
from digest.model.lookup import Document
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at fields and references."""
    if context.library.status.links:
        yield from _check(context, iter_outside_links_of_fields(context.library))


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at a text."""
    if context.library.status.links:
        yield from _check(context, iter_outside_links_of_text(context.library, document))


def _check(context: Context, outside: Iterable[OutsideLink]) -> Iterator[Problem]:
    for url, span in outside:
        known = context.library.status.links.get(url)
        if known is not None and known.is_dead:
            what = "there is no such host" if known.status == "no-such-host" else f"the page is gone ({known.status})"
            fix = "find its new address, or take the link out"
            if known.archive:
                fix = f"link to the archived copy: {known.archive}"
            yield Problem("link-dead", SEVERITY, span, f"'{url}' led nowhere on {known.date}: {what}", fix=fix)
