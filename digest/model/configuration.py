"""What `mkdocs.yml` settles: the site, and `extra.digest`."""

from dataclasses import dataclass, field

from digest.model.fields import Fields
from digest.model.source import Places


@dataclass(frozen=True, kw_only=True, eq=False)
class Lengths(Fields):
    """How long and how many; the defaults suit most digests."""

    takeaway_characters: int = 240
    """A takeaway may have at most this many characters."""
    summary_words: int = 120
    """The text before the practice implications has at least this many words."""
    topics_most: int = 6
    """An entry has at most this many topics."""
    related_entries: int = 5
    """A page lists at most this many related entries."""
    sheet_implications: int = 5
    """A topic archive opens with this many of the newest practice implications."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DigestSettings(Fields):
    """`extra.digest` in `mkdocs.yml`."""

    title: str = ""
    """Name of the digest as its pages and citations give it; `site_name` if left out."""
    tagline: str = ""
    """One sentence under the name on the home page."""
    authors: tuple[str, ...] = ()
    """Who the summaries are by. Required."""
    contact: str = ""
    """Public e-mail address for mistakes and questions."""
    language: str = "en"
    """Language of the texts (BCP 47)."""
    time_zone: str = "UTC"
    """Time zone in which today is today, e.g. America/Toronto."""
    practice_implications: tuple[str, ...] = ("Practice implications",)
    """Headings that mark the practice implications; the first is the one shown."""
    sign_up_hosts: tuple[str, ...] = ()
    """Hosts that a study's sign-up link may lead to."""
    licence: str = ""
    """Licence of the summaries: its name."""
    licence_url: str = ""
    """Licence of the summaries: its address."""
    subscribe: str = ""
    """Address at which readers subscribe to the newsletter."""
    lengths: Lengths = field(default_factory=Lengths)
    """How long and how many."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SiteSettings(Fields):
    """The keys of `mkdocs.yml` outside `extra.digest` that the program uses; other keys change nothing."""

    site_name: str = ""
    """Name of the site. Required."""
    site_url: str = ""
    """Address under which it will be published, with `/` at the end. Required for feeds and redirects."""
    site_description: str = ""
    """One sentence for search engines."""
    copyright: str = ""
    """Line at the foot of every page, as text."""


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Everything that is settled for the whole digest."""

    site: SiteSettings = field(default_factory=SiteSettings)
    digest: DigestSettings = field(default_factory=DigestSettings)
    path: str = "mkdocs.yml"
    places: Places

    @property
    def title(self) -> str:
        """Name of the digest."""
        return self.digest.title or self.site.site_name
