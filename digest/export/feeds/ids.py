"""Ids of feeds and items: by them a reader's program knows what it has shown already.

An id is the first address that a page was ever promised at, whether or not the page, or the site, is there still. So
nothing appears anew when a page moves (`aliases`) or the site does (`first_site_url`).
"""

from collections.abc import Iterable

from digest.model.permalink import Permalinks


def lasting_address(permalinks: Permalinks, permalink: str, aliases: Iterable[str]) -> str:
    """Of a page's address and its former ones, the first in the list of promises; its own if none is in it."""
    candidates = (permalink, *(f"/{alias.strip('/')}/" for alias in aliases))
    promised = [(permalinks.spans[address].start, address) for address in candidates if address in permalinks.spans]
    return min(promised)[1] if promised else permalink
