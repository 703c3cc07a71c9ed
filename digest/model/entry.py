"""Entries and editions: what an issue of the digest is made of."""

import datetime
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest.model.body import Body
from digest.model.fields import Fields
from digest.model.source import Places


@dataclass(frozen=True, kw_only=True, eq=False)
class Coverage(Fields):
    """News about the study that an entry summarises."""

    title: str
    """Title of the news item."""
    publisher: str
    """Who published it."""
    date: datetime.date | None = None
    """Day it appeared, if known."""
    url: str = ""
    """Where to read it, if known (https)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Correction(Fields):
    """A dated note on what was changed in a published page."""

    date: datetime.date
    """Day of the correction."""
    note: str
    """What was wrong and what it says now."""


@dataclass(frozen=True, kw_only=True, eq=False)
class EntryFields(Fields):
    """What an editor may write at the top of an entry."""

    title: str = ""
    """Title of the summary, in the digest's own words. Required."""
    takeaway: str = ""
    """One sentence to act on or remember; shown in lists, feeds and search results. Required."""
    citations: tuple[str, ...] = ()
    """Keys of references in `bib/`, at least one; the first is the work summarised. Required."""
    topics: tuple[str, ...] = ()
    """Ids of topics in `vocabulary/topics.yml`, one to six. Required."""
    research_types: tuple[str, ...] = ()
    """Ids in `vocabulary/research-types.yml`, at least one. Required."""
    date: datetime.date | None = None
    """Day of publication within the edition's month (YYYY-MM-DD); the first of the month if left out."""
    authors: tuple[str, ...] = ()
    """Who wrote the summary, if not the authors in the configuration."""
    draft: bool = False
    """`true` keeps the entry out of the site."""
    aliases: tuple[str, ...] = ()
    """Old paths on this site, such as `/blog/old-name/`, that redirect here."""
    old_urls: tuple[str, ...] = ()
    """Old addresses elsewhere that led to this entry, queries included."""
    disclosure: str = ""
    """What a reader should know about interests, e.g. that a study's author is close to the digest."""
    limitations: str = ""
    """What the study cannot show, in a sentence or two."""
    coverage: tuple[Coverage, ...] = ()
    """News about the study."""
    training: tuple[str, ...] = ()
    """Slugs of training modules to link, beyond those whose reading lists name this entry."""
    studies: tuple[str, ...] = ()
    """Slugs of recruitment pages to link."""
    related: tuple[str, ...] = ()
    """Slugs of entries to list first among the related ones."""
    corrections: tuple[Correction, ...] = ()
    """Dated notes on corrections, shown on the page."""
    guessed: tuple[str, ...] = ()
    """Names of fields that the program filled in by guessing; delete a name once you have confirmed the field."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Entry(EntryFields):
    """One summary of the digest: `entries/<edition>/<slug>.md`."""

    path: str
    edition: str
    """The month it belongs to, `YYYY-MM`: its folder."""
    slug: str
    body: Body
    places: Places

    @cached_property
    def permalink(self) -> str:
        """`/2023/01/<slug>/`."""
        return f"{edition_permalink(self.edition)}{self.slug}/"

    @property
    def year(self) -> str:
        """The year of its edition."""
        return self.edition[:4]

    @cached_property
    def published(self) -> datetime.date:
        """The day it counts as published: its date, else the first of its month."""
        return self.date or edition_day(self.edition)

    @property
    def changed(self) -> datetime.date:
        """The day of its newest correction, else the one on which it was published."""
        return max([self.published, *(correction.date for correction in self.corrections)])


@dataclass(frozen=True, kw_only=True, eq=False)
class EditionFields(Fields):
    """What an editor may write at the top of an edition's `index.md`."""

    title: str = ""
    """A title for the edition, if not just its month."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Edition(EditionFields):
    """One month of the digest: `entries/<month>/`, with an introduction if there is an `index.md`."""

    path: str
    """Of its `index.md`, whether or not there is one."""
    month: str
    """`YYYY-MM`."""
    body: Body | None = None
    places: Places | None = None

    @property
    def permalink(self) -> str:
        """`/2023/01/`."""
        return edition_permalink(self.month)

    @property
    def day(self) -> datetime.date:
        """The first day of its month."""
        return edition_day(self.month)


@lru_cache(maxsize=1000)
def edition_permalink(month: str) -> str:
    """`2023-01` gives `/2023/01/`."""
    year, _, number = month.partition("-")
    return f"/{year}/{number}/"


@lru_cache(maxsize=1000)
def edition_day(month: str) -> datetime.date:
    """The first day of a month written `YYYY-MM`."""
    year, _, number = month.partition("-")
    return datetime.date(int(year), int(number), 1)
