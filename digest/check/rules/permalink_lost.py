"""A page that was published and is there no more.

`entries/permalinks.txt` lists every address that was ever published, and somebody may have linked to it, printed it
or cited it. When a file is renamed or moved, an alias keeps its old address alive.

Passes:

    aliases: [/2023/01/mulch/]        # in entries/2023-01/mulch-and-water.md, once entries/2023-01/mulch.md

Fails:

    /2023/01/mulch/        # in entries/permalinks.txt, when nothing leads there
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from digest.check.addresses import iter_aliases
from digest.check.context import Context
from digest.check.near import Names
from digest.problem import Problem, Severity
from digest.read.permalinks import PERMALINK

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at every line of `entries/permalinks.txt`."""
    living = context.published.addresses | {alias.address for alias in iter_aliases(context.published.library)}
    lost = [address for address in context.library.permalinks.spans if address not in living]
    successors = _Successors(context)
    for address in lost:
        if not PERMALINK.fullmatch(address) or context.is_unread(address) or _is_told_below(address, lost):
            continue
        place = context.library.permalinks.spans[address]
        message = f"'{address}' was published, and nothing is there any more"
        why = "links to it would break"
        drafts = context.lookup.permalinks.get(address, "")
        fix = successors.fix(address)
        if drafts:
            fix = f"'{drafts}' is a draft: publish it" if drafts in context.lookup.documents else "publish its drafts"
        yield Problem("permalink-lost", SEVERITY, place, message, why, fix)


def _is_told_below(address: str, lost: list[str]) -> bool:
    """Whether this is an edition of which entries are lost too: it comes back with them."""
    return _section(address) == "edition" and any(o != address and o.startswith(address) for o in lost)


class _Successors:
    """What a lost page has probably become: the one with the same name, or nearly the same, elsewhere."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @cached_property
    def _by_slug(self) -> Mapping[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for address, path in self._context.published.permalinks.items():
            found[address.split("/")[-2]].append((address, path))
        return found

    @cached_property
    def _names(self) -> Names:
        return Names(slug for slug in self._by_slug if not slug.isdigit())

    def fix(self, address: str) -> str:
        """Where to add an alias, if one guess is sure."""
        slug = address.split("/")[-2]
        found = self._by_slug.get(slug) or self._by_slug.get(self._names.nearest(slug), [])
        found = [] if slug.isdigit() else [(new, path) for new, path in found if _section(new) == _section(address)]
        if len(found) != 1:
            return "bring it back, or add the address to `aliases` of the page that takes its place"
        path = found[0][1]
        if path.startswith("vocabulary/"):
            return f"add '{slug}' to `aliases` of '{found[0][0].split('/')[-2]}' in {path}"
        return f"add `aliases: [{address}]` to {path}"


def _section(address: str) -> str:
    """`topics`, `training` ...; all editions and all free pages are one section each."""
    first, *rest = address.strip("/").split("/")
    return "edition" if first.isdigit() else first if rest else "page"
