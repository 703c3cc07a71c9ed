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
    sentence_words: int = 35
    """A sentence with more words than this gets an advice."""
    topics_most: int = 6
    """An entry has at most this many topics."""
    related_entries: int = 5
    """A page lists at most this many related entries."""
    sheet_implications: int = 5
    """A topic archive opens with this many of the newest practice implications."""
    feed_entries: int = 20
    """A feed holds at most this many summaries: the newest, and those corrected last."""


@dataclass(frozen=True, kw_only=True, eq=False)
class NewsletterSettings(Fields):
    """What the e-mail edition says of itself."""

    leave: str = ""
    """How readers leave it: an https address, an e-mail address, or the mark that your sending service puts an address
    in place of, such as `*|UNSUB|*`."""
    sender: str = ""
    """Who sends it, with a postal address: the law of many countries wants it in every such e-mail."""


@dataclass(frozen=True, kw_only=True, eq=False)
class OldAddressFields(Fields):
    """An address of an earlier site that no one entry had: a page of a topic, of a list."""

    old: str
    """The old address or its path, with the query that counts: `/blog?cat_2=12`. Other values may stand beside it."""
    new: str = ""
    """Address on this site that it leads to, such as `/topics/training/`; left out while nobody knows."""


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
    """Hosts that a study's sign-up link may lead to; `*.example.org` stands for all below `example.org`."""
    licence: str = ""
    """Licence of the summaries: its name."""
    licence_url: str = ""
    """Licence of the summaries: its address."""
    subscribe: str = ""
    """Address at which readers subscribe to the newsletter: `https://...`, or `mailto:...`."""
    course: str = ""
    """Address of the training course in your learning platform: the pages of modules lead back to it."""
    newsletter: NewsletterSettings = field(default_factory=NewsletterSettings)
    """What the e-mail edition says of itself."""
    first_site_url: str = ""
    """The `site_url` of the first day, if it has changed since. Ids in feeds begin with it, so that readers' programs
    do not show everything again as new."""
    old_addresses: tuple[OldAddressFields, ...] = ()
    """Where addresses of an earlier site lead now, beyond those that entries name in `old_urls`."""
    security_contact: str = ""
    """Where a weakness of the site is reported: an e-mail or https address, for `/.well-known/security.txt`."""
    framed_by: tuple[str, ...] = ()
    """Origins of learning platforms that may show pages of the site inside theirs, such as https://learn.example.org."""
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
