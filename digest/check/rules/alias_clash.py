"""An alias that is another page's address, that two pages have, or that is no path.

An alias is an old path on this site; whoever follows it is sent to the page that names it. It can lead to one page
only, and never away from one that exists. An old address with a query (`/?p=17`) goes into `old_urls`.

Passes:

    aliases: [/blog/mulch/]

Fails:

    aliases: [/2023/01/shade-and-water/]        # another entry's address
    aliases: [blog/mulch]
"""

from collections.abc import Iterator

from digest.check.addresses import ALIAS, FILES, FIXED, Alias, iter_aliases
from digest.check.context import Context
from digest.check.near import did_you_mean
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR
KEPT = ("/assets/", "/pagefind/", "/data/", "/search/", "/%")
"""What an address may not begin with: folders that the program fills."""


def check(context: Context) -> Iterator[Problem]:
    """Look at the aliases of entries, training modules, studies and pages; those of vocabularies are seen there."""
    taken = {address.casefold(): path for address, path in context.lookup.permalinks.items()}
    built = {address.casefold() for address in context.lookup.addresses}
    first: dict[str, Alias] = {}
    for alias in iter_aliases(context.library):
        address = alias.address.casefold()
        earlier = first.setdefault(address, alias)
        if alias.span.path.startswith("vocabulary/"):
            continue
        if not ALIAS.fullmatch(alias.address):
            yield _not_a_path(alias)
        elif address in taken:
            message = f"alias '{alias.address}' is the address of '{taken[address]}'"
            if address == alias.leads_to.casefold():
                message = f"alias '{alias.address}' is this page's own address"
            yield Problem("alias-clash", SEVERITY, alias.span, message, fix="delete it from the list")
        elif any(FILES.fullmatch(part) for part in address.strip("/").split("/")) or address.startswith(KEPT):
            message = f"alias '{alias.address[:80]}' is the address of a file that the site has"
            yield Problem("alias-clash", SEVERITY, alias.span, message, fix="delete it from the list")
        elif address in built or address.strip("/") in FIXED:
            message = f"alias '{alias.address}' is the address of a page that every digest has"
            yield Problem("alias-clash", SEVERITY, alias.span, message, fix="delete it from the list")
        elif earlier is not alias:
            message = f"alias '{alias.address}' stands here a second time"
            why = f"{context.where(earlier.span)} has it already, and it can lead to one page only"
            yield Problem("alias-clash", SEVERITY, alias.span, message, why, "keep it where it belongs")


def _not_a_path(alias: Alias) -> Problem:
    guess = f"/{alias.address.strip('/')}/"
    fix = (
        did_you_mean(guess)
        if ALIAS.fullmatch(guess)
        else "a path looks like /blog/old-name/; queries go into `old_urls`"
    )
    return Problem("alias-clash", SEVERITY, alias.span, f"alias '{alias.address}' is not a path of this site", fix=fix)
