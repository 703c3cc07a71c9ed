"""Training modules and their reading lists."""

from dataclasses import dataclass

from digest.model.body import Body
from digest.model.fields import Fields
from digest.model.source import Places


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading(Fields):
    """One thing to read: an entry of the digest, a reference, or an address."""

    entry: str = ""
    """Slug of an entry, or its path (`2022-12/training-therapists`)."""
    citation: str = ""
    """Key of a reference in `bib/`."""
    url: str = ""
    """An https address."""
    title: str = ""
    """What the `url` leads to is called; entries and references have titles of their own."""
    required: bool = True
    """`false` for further reading."""
    note: str = ""
    """Why it is on the list."""
    objectives: tuple[int, ...] = ()
    """Numbers of the module's objectives that it serves, counted from 1: `[1, 3]`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingModuleFields(Fields):
    """What an editor may write at the top of a training module."""

    title: str = ""
    """Title of the module. Required."""
    number: int = 0
    """Its place in the course, from 1. Required."""
    objectives: tuple[str, ...] = ()
    """What a learner can do afterwards, one each."""
    format: str = ""
    """How it is taught."""
    duration: str = ""
    """How long it takes."""
    topics: tuple[str, ...] = ()
    """Ids of topics in `vocabulary/topics.yml`."""
    readings: tuple[Reading, ...] = ()
    """The reading list, in order."""
    aliases: tuple[str, ...] = ()
    """Old paths that redirect here."""
    draft: bool = False
    """`true` keeps the module out of the site."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingModule(TrainingModuleFields):
    """One module of the course: `training/<slug>.md`."""

    path: str
    slug: str
    body: Body
    places: Places

    @property
    def permalink(self) -> str:
        """`/training/<slug>/`."""
        return f"/training/{self.slug}/"

    @property
    def reader(self) -> str:
        """Address of its course reader, `/training/<slug>/reader/`."""
        return f"{self.permalink}reader/"
