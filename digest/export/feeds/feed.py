"""A feed and its items, as every format needs them."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NEVER = datetime.date(1970, 1, 1)
"""As of when a digest is that has no day at all."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic or a type of research of an item."""

    label: str
    address: str
    """Its page, whole."""


@dataclass(frozen=True, slots=True)
class Item:
    """One summary, or one study that looks for participants."""

    id: str
    """An address that stays when the page moves; never shown."""
    url: str
    title: str
    summary: str
    content: str
    """HTML that stands alone."""
    published: datetime.date | None
    updated: datetime.date | None
    """Not before `published`."""
    authors: tuple[str, ...]
    tags: tuple[Tag, ...]
    as_of: datetime.date
    """`updated`; where nobody knows it, what the publisher says instead."""
    about: str = ""
    """Address of the work summarised."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that may stand in feeds, with what puts it in order; it becomes an Item only where it does."""

    key: str
    updated: datetime.date | None
    published: datetime.date | None
    make: Callable[[], Item]


@dataclass(frozen=True, slots=True)
class Publisher:
    """What all feeds of a digest say of it."""

    title: str
    site_url: str
    """With `/` at its end."""
    id_url: str
    """What ids begin with, likewise."""
    language: str
    rights: str
    authors: tuple[str, ...]
    as_of: datetime.date
    """The newest day that the digest's content names: it stands where a format wants a day and nobody knows one. What a
    digest says of an open study it still said then."""


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """One list that can be followed; who stands in it is found when it is written."""

    page: str
    """Address of the page beside which it stands."""
    title: str
    description: str
    group: str
    """What a list of feeds puts it under; empty for that of everything."""
    find: Callable[[], Sequence[Candidate]]
    """Newest first."""


def moment(day: datetime.date) -> datetime.datetime:
    """A day as a moment: noon UTC, which is the same day for readers from Alaska to Japan."""
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def rfc_3339(day: datetime.date) -> str:
    """`2023-01-01T12:00:00Z`."""
    return moment(day).isoformat().replace("+00:00", "Z")
