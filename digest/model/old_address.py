"""Addresses of an earlier site, queries included, and where each leads now.

`https://old.example.org/blog?p=8&cat_2=12` is a path, `/blog/`, and what was asked of it. Whoever runs the old host
sends visitors to the same path of this site, or this site stands where the old one stood: only path and query count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from digest.model.library import Library
from digest.problem import Span

Query = tuple[tuple[str, str], ...]
"""Names and values, sorted."""


@dataclass(frozen=True, slots=True)
class OldAddress:
    """One old address, or all that ask for certain values."""

    path: str
    """From the root, with `/` at both ends."""
    query: Query
    target: str
    """Address on this site; empty while nobody knows."""
    exact: bool
    """Whether what is asked must be just this query, and not this among other values."""
    written: str
    span: Span
    """Where it is written."""


def parse_old_address(text: str) -> tuple[str, Query] | None:
    """Path and query of an old address, whatever its host; None for what is no address of a page."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    steps = unquote(parts.path).strip("/").split("/")
    if parts.scheme not in {"", "http", "https"} or {".", ".."} & set(steps) or not (parts.path or parts.query):
        return None
    path = "/".join(steps)
    return f"/{path}/" if path else "/", tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))


def iter_old_addresses(library: Library) -> Iterator[OldAddress]:
    """Those of entries (`old_urls`), then those of the configuration (`old_addresses`), as far as they can be read."""
    for entry in library.entries:
        for index, written in enumerate(entry.old_urls):
            if found := parse_old_address(written):
                yield OldAddress(*found, entry.permalink, True, written, entry.places.at("old_urls", index))
    configuration = library.configuration
    for index, each in enumerate(configuration.digest.old_addresses):
        if found := parse_old_address(each.old):
            span = configuration.places.at("extra", "digest", "old_addresses", index)
            yield OldAddress(*found, each.new, False, each.old, span)


def by_strength(addresses: Sequence[OldAddress]) -> list[OldAddress]:
    """The order in which they are tried: exact ones, then those that ask for most; else as they are written."""
    return sorted(addresses, key=lambda old: (not old.exact, -len(old.query)))
