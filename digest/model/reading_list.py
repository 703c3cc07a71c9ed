"""A module's reading list, with what each reading stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.model.entry import Entry
from digest.model.lookup import Lookup
from digest.model.reference import Reference
from digest.model.training import Reading, TrainingModule


@dataclass(frozen=True, slots=True)
class PlacedReading:
    """One reading of a module, with what it stands for."""

    index: int
    """Where it stands on the list, from 0."""
    reading: Reading
    entry: Entry | None
    reference: Reference | None
    """The reference that a `citation` names."""
    work: Reference | None
    """The work that is read in the end: that reference, or the one that the entry summarises."""

    @property
    def identity(self) -> str:
        """What is read, whatever it is called and wherever it stands; nothing for what leads nowhere."""
        if self.entry is not None:
            return f"entry {self.entry.permalink}"
        if self.reference is not None:
            return f"citation {self.reference.citation_key}"
        return f"url {self.reading.url}" if self.reading.url else ""

    def objectives_of(self, module: TrainingModule) -> Sequence[str]:
        """The objectives of its module that it serves; numbers that stand for none are passed over (a rule tells)."""
        numbers = dict.fromkeys(self.reading.objectives)
        return [module.objectives[number - 1] for number in numbers if 0 < number <= len(module.objectives)]


def place_readings(module: TrainingModule, lookup: Lookup) -> Sequence[PlacedReading]:
    """The readings of a module in their order."""
    return list(_iter_placed(module, lookup))


def _iter_placed(module: TrainingModule, lookup: Lookup) -> Iterator[PlacedReading]:
    for index, reading in enumerate(module.readings):
        entry = lookup.find_entry(reading.entry) if reading.entry else None
        reference = lookup.references.get(reading.citation)
        keys = entry.citations if entry else ()
        summarised = next((lookup.references[key] for key in keys if key in lookup.references), None)
        yield PlacedReading(index, reading, entry, reference, reference or summarised)
