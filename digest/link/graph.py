"""All links between the things of a published library."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from operator import attrgetter

from digest.cite import Citation, format_apa
from digest.link.related import RelatedEntries
from digest.link.standing import Standing, standing_of
from digest.model.access import Access, access_to
from digest.model.entry import Edition, Entry
from digest.model.library import Library
from digest.model.lookup import Lookup
from digest.model.reading_list import PlacedReading, place_readings
from digest.model.reference import Reference
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.model.vocabulary import ResearchType, Topic

MOST_KEPT = 1000
"""Written references; ten thousand would take 30 MB, in each process."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A module that has to do with an entry."""

    module: TrainingModule
    placed: PlacedReading | None
    """Where it reads the entry; None where only the entry names the module."""


@dataclass(frozen=True)
class Links:
    """Who points at whom in a library without drafts."""

    library: Library

    @cached_property
    def lookup(self) -> Lookup:
        """Things by name."""
        return Lookup(self.library)

    @cached_property
    def _apa(self) -> dict[str, Citation]:
        return {}

    def apa(self, reference: Reference) -> Citation:
        """A reference of the library in APA style, written once where there are not too many to be kept."""
        found = self._apa.get(reference.citation_key)
        if found is None:
            if len(self._apa) >= MOST_KEPT:
                self._apa.clear()
            found = self._apa[reference.citation_key] = format_apa(reference)
        return found

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """All entries, newest first; within a day by path."""
        days = [list(of_day) for _, of_day in groupby(self._by_day, key=attrgetter("published"))]
        return [entry for of_day in reversed(days) for entry in of_day]

    @cached_property
    def _by_day(self) -> Sequence[Entry]:
        """All entries, oldest first; within a day by path."""
        return sorted(self.library.entries, key=lambda entry: (entry.published, entry.path))

    @cached_property
    def editions(self) -> Sequence[Edition]:
        """Editions that have entries, newest first."""
        return [edition for edition in reversed(self.library.editions) if edition.month in self._by_edition]

    @cached_property
    def _by_edition(self) -> Mapping[str, Sequence[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._by_day:
            found[entry.edition].append(entry)
        return found

    def entries_of_edition(self, month: str) -> Sequence[Entry]:
        """The entries of a month in the order of their dates, then of their paths."""
        return self._by_edition.get(month, ())

    @cached_property
    def _by_topic(self) -> Mapping[str, Sequence[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for topic in dict.fromkeys(entry.topics):
                found[topic].append(entry)
        return found

    def entries_on_topic(self, topic_id: str) -> Sequence[Entry]:
        """The entries with a topic, newest first."""
        return self._by_topic.get(topic_id, ())

    @cached_property
    def _by_research_type(self) -> Mapping[str, Sequence[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for kind in dict.fromkeys(entry.research_types):
                found[kind].append(entry)
        return found

    def entries_of_research_type(self, type_id: str) -> Sequence[Entry]:
        """The entries of a type of research, newest first."""
        return self._by_research_type.get(type_id, ())

    @cached_property
    def _related(self) -> RelatedEntries:
        return RelatedEntries(self.entries, self.library.configuration.digest.lengths.related_entries)

    def related_entries(self, entry: Entry) -> Sequence[Entry]:
        """What the editor named first, then what shares most references and topics."""
        most = self.library.configuration.digest.lengths.related_entries
        named = [found for slug in entry.related if (found := self.lookup.find_entry(slug)) and found is not entry]
        rest = [other for other in self._related.find(entry) if other not in named]
        return [*dict.fromkeys(named), *rest][:most] if named else rest

    @cached_property
    def readings(self) -> Mapping[str, Sequence[PlacedReading]]:
        """The reading list of each module, by slug."""
        return {module.slug: place_readings(module, self.lookup) for module in self.library.modules}

    @cached_property
    def _placements_by_entry(self) -> Mapping[str, Sequence[Placement]]:
        found: dict[str, dict[str, Placement]] = defaultdict(dict)
        for module in self.library.modules:
            for placed in self.readings[module.slug]:
                if placed.entry is not None:
                    found[placed.entry.path].setdefault(module.slug, Placement(module, placed))
        for entry in self.library.entries:
            for slug in entry.training:
                named = self.lookup.modules.get(slug)
                if named is not None:
                    found[entry.path].setdefault(slug, Placement(named, None))
        return {
            path: sorted(placements.values(), key=lambda each: (each.module.number, each.module.slug))
            for path, placements in found.items()
        }

    def placements_of_entry(self, entry: Entry) -> Sequence[Placement]:
        """The training modules that read an entry, and those that it names, in the order of the course."""
        return self._placements_by_entry.get(entry.path, ())

    def modules_of_entry(self, entry: Entry) -> Sequence[TrainingModule]:
        """The same without the readings."""
        return [placement.module for placement in self.placements_of_entry(entry)]

    def newest_for_module(self, module: TrainingModule) -> Sequence[Entry]:
        """The newest entries on the topics of a module that it does not read yet."""
        most = self.library.configuration.digest.lengths.related_entries
        read = {placed.entry.path for placed in self.readings[module.slug] if placed.entry}
        on_topics = {entry.path for topic in dict.fromkeys(module.topics) for entry in self.entries_on_topic(topic)}
        return list(islice((entry for entry in self.entries if entry.path in on_topics - read), most))

    def works_of_module(self, module: TrainingModule) -> Sequence[Reference]:
        """The works that a module reads, or reads summaries of, each once, in the order of its list."""
        works = (placed.work for placed in self.readings[module.slug])
        return list({work.citation_key: work for work in works if work}.values())

    @cached_property
    def _summaries(self) -> Mapping[str, Entry]:
        found: dict[str, Entry] = {}
        for entry in self.entries:
            found.setdefault(next(iter(entry.citations), ""), entry)
        return found

    def summary_of(self, reference: Reference) -> Entry | None:
        """The newest entry that summarises a work, if there is one."""
        return self._summaries.get(reference.citation_key)

    def access_of(self, reference: Reference) -> Access:
        """Whether anybody can read a work, as far as is known."""
        return access_to(reference, self.library.status.find(reference))

    def modules_on_topic(self, topic_id: str) -> Sequence[TrainingModule]:
        """The training modules with a topic."""
        return [module for module in self.library.modules if topic_id in module.topics]

    def studies_of_entry(self, entry: Entry) -> Sequence[Study]:
        """The recruitment pages that an entry names."""
        return [study for slug in dict.fromkeys(entry.studies) if (study := self.lookup.studies.get(slug))]

    def studies_of_module(self, module: TrainingModule) -> Sequence[Study]:
        """The recruitment pages that belong to a module."""
        return [study for study in self.library.studies if module.slug in study.training]

    def topics_of(self, entry: Entry | TrainingModule) -> Sequence[Topic]:
        """The topics that a thing names, as far as the vocabulary knows them."""
        return [self.lookup.topics[topic] for topic in dict.fromkeys(entry.topics) if topic in self.lookup.topics]

    def types_of(self, entry: Entry) -> Sequence[ResearchType]:
        """The types of research that an entry names, as far as the vocabulary knows them."""
        known = self.lookup.research_types
        return [known[kind] for kind in dict.fromkeys(entry.research_types) if kind in known]

    def recommended_beside(self, reference: Reference) -> Sequence[Reference]:
        """The records that a repository recommends beside a work, as far as `bib/` has them."""
        references = self.lookup.references
        return [references[key] for key in dict.fromkeys(reference.recommended) if key in references]

    def standing_of(self, reference: Reference) -> Standing:
        """Whether a work still stands, as far as the last audit knew."""
        return standing_of(self.library.status.find(reference))

    def standing(self, entry: Entry) -> Standing:
        """Whether the work that an entry summarises still stands."""
        references = self.references_of(entry)
        return self.standing_of(references[0]) if references else Standing()

    def references_of(self, entry: Entry) -> Sequence[Reference]:
        """What an entry cites, the work summarised first; unknown keys are passed over (a rule tells them)."""
        found = self._references.get(entry.path)
        if found is None:
            known = self.lookup.references
            found = self._references[entry.path] = tuple(
                known[key] for key in dict.fromkeys(entry.citations) if key in known
            )
        return found

    @cached_property
    def _references(self) -> dict[str, Sequence[Reference]]:
        """By the entry's path: a build asks some thirty times for each."""
        return {}
