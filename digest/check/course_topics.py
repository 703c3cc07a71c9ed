"""What readings are about, and what is the newest there is on a topic: for rules on courses."""

from collections.abc import Callable, Iterable
from functools import cached_property

from digest.model.entry import Entry
from digest.model.lookup import Lookup
from digest.model.reading_list import PlacedReading
from digest.model.training import TrainingModule


class CourseTopics:
    """Topics and years of entries, by way of the works that they summarise."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    @cached_property
    def _summaries(self) -> dict[str, Entry]:
        """Entries by the key of the work that each summarises."""
        return {key: entry for entry in self._lookup.library.entries for key in entry.citations[:1]}

    def of_reading(self, module: TrainingModule, placed: PlacedReading) -> set[str]:
        """The topics of the module that a reading is about; all of them, where nobody says which."""
        summary = placed.entry or (self._summaries.get(placed.work.citation_key) if placed.work else None)
        own = set(summary.topics) if summary else set()
        return own & set(module.topics) or own or set(module.topics)

    def year(self, entry: Entry) -> int:
        """The year of the work that an entry summarises, else that of the entry."""
        works = (self._lookup.references.get(key) for key in entry.citations[:1])
        return next((work.issued.year for work in works if work and work.issued), entry.published.year)

    def newest(self, topics: Iterable[str], is_meant: Callable[[Entry], bool]) -> Entry | None:
        """Of the entries on any of these topics that are meant, the one about the newest work."""
        wanted = set(topics)
        found = [entry for entry in self._lookup.library.entries if wanted & set(entry.topics) and is_meant(entry)]
        return max(found, key=lambda entry: (self.year(entry), entry.published, entry.path), default=None)
