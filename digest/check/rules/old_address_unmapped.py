"""An address of an earlier site that leads nowhere, or to two places.

Old links are followed for many years. Entries name theirs in `old_urls`; the configuration has the others in
`old_addresses`, and one without `new` is a note that nobody knows yet. Whoever comes by such a link gets a page that
helps to search, not the page that was meant.

Passes:

    old_addresses:
      - {old: "/blog?cat_2=12", new: /topics/pruning/}

Fails:

    old_addresses:
      - {old: "/blog?cat_2=28"}                         # leads nowhere yet
      - {old: "/blog?cat_2=31", new: /topics/prunning/} # no page of this site
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.near import did_you_mean
from digest.model.old_address import OldAddress, Query, iter_old_addresses, parse_old_address
from digest.problem import Problem, Severity

RULE = "old-address-unmapped"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at the configuration's old addresses and at those of entries."""
    configuration = context.library.configuration
    for index, each in enumerate(configuration.digest.old_addresses):
        if parse_old_address(each.old) is None:
            span = configuration.places.at("extra", "digest", "old_addresses", index)
            fix = "write its path and query: /blog?cat_2=12"
            yield Problem(RULE, SEVERITY, span, f"'{each.old}' is no address of a page", fix=fix)
    first: dict[tuple[str, Query, bool], OldAddress] = {}
    for old in iter_old_addresses(context.library):
        earlier = first.setdefault((old.path, old.query, old.exact), old)
        if earlier.target != old.target:
            why = f"{context.where(earlier.span)} has it already, and it can lead to one page only"
            message = f"old address '{old.written}' stands here a second time"
            yield Problem(RULE, SEVERITY, old.span, message, why, "keep it where it belongs")
        elif problem := _leads_nowhere(context, old):
            yield problem


def _leads_nowhere(context: Context, old: OldAddress) -> Problem | None:
    known = context.lookup.addresses
    if not old.target:
        message = f"old address '{old.written}' leads nowhere yet"
        return Problem(
            RULE, SEVERITY, old.span, message, fix="add `new:` with an address of this site once it is known"
        )
    if old.target not in known and not old.exact:
        message = f"old address '{old.written}' leads to '{old.target}', which is no page of this site"
        return Problem(
            RULE, SEVERITY, old.span, message, fix=did_you_mean(context.destinations.nearest("", old.target))
        )
    if old.path in known - {"/"} or (old.path == "/" and not old.query):
        message = f"old address '{old.written}' has the path of a page of this site, which is shown instead"
        return Problem(RULE, SEVERITY, old.span, message, fix="delete it, or let the old host send visitors elsewhere")
    return None
