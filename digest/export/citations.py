"""The works cited, to take away: BibTeX, RIS and CSL-JSON beside entries, lists of entries and training modules.

An entry's file holds the works that the entry cites; a list's file holds those that its entries summarise, each once.
A module's file holds the works that it reads, or reads summaries of, in the order of its list; the course's holds those
of all modules.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from digest.cite import CITATION_FORMATS
from digest.export.file import ExportedFile
from digest.link import Links, with_note, works_of_course
from digest.model.entry import Entry
from digest.model.reference import Reference


def iter_citation_files(links: Links) -> Iterator[ExportedFile]:
    """Every file of citations of a site."""
    written = _Written(links)
    for entry in links.entries:
        if links.references_of(entry):
            yield from written.files(f"{entry.permalink}citation", partial(links.references_of, entry))
    for edition in links.editions:
        yield from written.files_of_list(edition.permalink, links.entries_of_edition(edition.month))
    for topic in links.lookup.topics.values():
        yield from written.files_of_list(topic.permalink, links.entries_on_topic(topic.id))
    for kind in links.lookup.research_types.values():
        yield from written.files_of_list(kind.permalink, links.entries_of_research_type(kind.id))
    for module in links.library.modules:
        if links.works_of_module(module):
            yield from written.files(f"{module.permalink}readings", partial(links.works_of_module, module))
    if works_of_course(links):
        yield from written.files("/training/readings", partial(works_of_course, links))
    yield from written.files_of_list("/data/", links.entries)


def write_works(links: Links, references: Iterable[Reference], ending: str) -> bytes:
    """These works in one format; what was retracted says so."""
    return _Written(links).write(lambda: list(references), ending)


class _Written:
    """References written in each format: once, however many lists they stand in."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._texts: dict[tuple[str, str], str] = {}

    def files_of_list(self, address: str, entries: Sequence[Entry]) -> Iterator[ExportedFile]:
        """The works that these entries summarise, by their keys; a list without any has no file."""
        if any(map(self._links.references_of, entries)):
            yield from self.files(f"{address}citations", partial(self._summarised, entries))

    def _summarised(self, entries: Iterable[Entry]) -> Sequence[Reference]:
        found = (self._links.references_of(entry)[:1] for entry in entries)
        references = {reference.citation_key: reference for first in found for reference in first}
        return [references[key] for key in sorted(references)]

    def files(self, stem: str, references: Callable[[], Sequence[Reference]]) -> Iterator[ExportedFile]:
        """The files of a list, one a format."""
        for ending in CITATION_FORMATS:
            yield ExportedFile(f"{stem}.{ending}", partial(self.write, references, ending))

    def write(self, references: Callable[[], Sequence[Reference]], ending: str) -> bytes:
        """All of them, as one file."""
        text = CITATION_FORMATS[ending].join(self._text(reference, ending) for reference in references())
        return text.encode("utf-8", "replace")

    def _text(self, reference: Reference, ending: str) -> str:
        """One reference; a work that was retracted says so."""
        key = (reference.citation_key, ending)
        if key not in self._texts:
            noted = with_note(reference, self._links.standing_of(reference))
            self._texts[key] = CITATION_FORMATS[ending].write_one(noted)
        return self._texts[key]
