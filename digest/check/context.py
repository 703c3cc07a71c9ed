"""What a rule may look at."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from digest.check.destinations import Destinations
from digest.model.glossary import GlossaryWords
from digest.model.identifier import slugify
from digest.model.library import Library
from digest.model.lookup import Lookup
from digest.problem import Span
from digest.read.library import IMAGES, MEANT


@dataclass(frozen=True)
class Context:
    """The library, the same by name, and the day."""

    library: Library
    lookup: Lookup
    today: datetime.date

    @cached_property
    def published(self) -> Lookup:
        """The library as readers will find it: without drafts."""
        return Lookup(self.library.published())

    @cached_property
    def destinations(self) -> Destinations:
        """What a link may have meant."""
        return Destinations(self.library, self.lookup)

    @cached_property
    def images(self) -> Destinations:
        """What the address of an image may have meant."""
        return Destinations(self.library, self.lookup, IMAGES)

    @cached_property
    def glossary(self) -> GlossaryWords:
        """The words that an entry's page explains."""
        return GlossaryWords(self.library.glossary)

    @cached_property
    def unread(self) -> frozenset[str]:
        """Slugs of Markdown files that stand in their place and could not be read, and the months of such entries.

        Their own problem was told while reading: that others name them is no second mistake.
        """
        meant = ((path, MEANT.search(path)) for path in self.library.files)
        paths = {path for path, found in meant if found and found["page"]} - self.lookup.documents.keys()
        parts = (MEANT.sub("", path).split("/") for path in paths)
        return frozenset(name for _, *folders, slug in parts for name in (*folders, slug, slugify(slug)))

    def is_unread(self, address: str) -> bool:
        """Whether the file or the list that an address comes from is there and could not be read."""
        section, *rest = address.strip("/").split("/")
        if section == "topics":
            return not self.library.topics
        if section == "research":
            return not self.library.research_types
        return (rest or [section])[-1] in self.unread or "-".join((section, *rest)) in self.unread

    def where(self, span: Span) -> str:
        """A place to name in a message: `entries/2023-01/a-title.md:5`."""
        source = self.library.sources.get(span.path)
        return f"{span.path}:{source.line_column(span.start)[0]}" if source else span.path
