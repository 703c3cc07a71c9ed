"""Feeds as pages name them: in which formats, at which addresses, announced how in a page's head."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class FeedKind:
    """One format of a feed."""

    label: str
    media_type: str
    """https://www.iana.org/assignments/media-types; RSS never registered its own."""


FEED_KINDS: Mapping[str, FeedKind] = {
    "xml": FeedKind("Atom", "application/atom+xml"),
    "rss": FeedKind("RSS", "application/rss+xml"),
    "json": FeedKind("JSON Feed", "application/feed+json"),
}
"""By the ending of the file: `feed.xml`, `feed.rss`, `feed.json`."""


FED = frozenset({"home", "topic", "research-type", "module", "studies"})
"""Kinds of pages beside which feeds stand."""


def feed_address(page: str, ending: str = "xml") -> str:
    """`/topics/training/` gives `/topics/training/feed.xml`."""
    return f"{page}feed.{ending}"


def feed_title(title: str, digest_title: str) -> str:
    """What a reader's program calls a feed: its page's title, and whose it is."""
    return f"{title} – {digest_title}" if digest_title and title != digest_title else title


def announce_feeds(title: str) -> str:
    """Links for the head of the page beside which a feed stands."""
    return "".join(
        f'<link rel="alternate" type="{kind.media_type}" href="feed.{ending}" title="{escape(title)} ({kind.label})">\n'
        for ending, kind in FEED_KINDS.items()
    )
