"""Free pages: about, privacy, accessibility ..."""

from dataclasses import dataclass

from digest.model.body import Body
from digest.model.fields import Fields
from digest.model.source import Places


@dataclass(frozen=True, kw_only=True, eq=False)
class FreePageFields(Fields):
    """What an editor may write at the top of a free page."""

    title: str = ""
    """Title of the page. Required."""
    description: str = ""
    """One sentence for search engines."""
    aliases: tuple[str, ...] = ()
    """Old paths that redirect here."""
    draft: bool = False
    """`true` keeps the page out of the site."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FreePage(FreePageFields):
    """One page of `pages/<slug>.md`."""

    path: str
    slug: str
    body: Body
    places: Places

    @property
    def permalink(self) -> str:
        """`/<slug>/`."""
        return f"/{self.slug}/"
