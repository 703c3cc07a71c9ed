"""What a page is before any engine has seen it."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from digest.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the repository that is published beside a page."""

    path: str
    """In the repository."""
    address: str
    """On the site, from its root: `/2023/01/slug/figure.png`."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and where it leads now."""

    address: str
    target: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its parts are named so that any engine, or none, can put them into a frame."""

    address: str
    """From the root of the site: `/2023/01/slug/`."""
    kind: str
    """`home`, `edition`, `entry`, `topic` ...: which template made it."""
    title: str
    """Plain text."""
    description: str
    """One sentence, plain text."""
    body: str
    """HTML, its links relative to the page."""
    head: str = ""
    """HTML for the head, such as `<link rel="alternate">`."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What else the page says of itself, as plain values: takeaway, citation, topics, date."""
    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that has its address and is not rendered yet: a build renders those whose inputs changed."""

    address: str
    render: Callable[[], Page]
    """Gives the same page whenever, and in whatever order, it is called."""
    shows: Sequence[Entry] = ()
    """The entries that it shows."""
    listed: bool = True
    """Whether the sitemap has it."""

    @property
    def changed(self) -> datetime.date | None:
        """For the sitemap: the last day on which what it shows changed, as far as its content says."""
        return max((entry.changed for entry in self.shows), default=None)
