"""The works cited, to take away: BibTeX, RIS and CSL-JSON beside entries, editions, topics and types of research.

An entry's file holds the works that the entry cites; a list's file holds those that its entries summarise, each once.
"""

from collections.abc import Iterable, Iterator, Sequence

from digest.cite import CITATION_FORMATS
from digest.export.file import ExportedFile
from digest.link import Links
from digest.model.entry import Entry
from digest.model.reference import Reference


def iter_citation_files(links: Links) -> Iterator[ExportedFile]:
    """Every file of citations of a site."""
    for entry in links.entries:
        yield from _files(f"{entry.permalink}citation", links.references_of(entry))
    for edition in links.editions:
        yield from _files_of_list(links, edition.permalink, links.entries_of_edition(edition.month))
    for topic in links.lookup.topics.values():
        yield from _files_of_list(links, topic.permalink, links.entries_on_topic(topic.id))
    for kind in links.lookup.research_types.values():
        yield from _files_of_list(links, kind.permalink, links.entries_of_research_type(kind.id))
    yield from _files_of_list(links, "/data/", links.entries)


def _files_of_list(links: Links, address: str, entries: Iterable[Entry]) -> Iterator[ExportedFile]:
    summarised = (links.references_of(entry)[:1] for entry in entries)
    references = {reference.citation_key: reference for found in summarised for reference in found}
    yield from _files(f"{address}citations", [references[key] for key in sorted(references)])


def _files(stem: str, references: Sequence[Reference]) -> Iterator[ExportedFile]:
    if references:
        for ending, form in CITATION_FORMATS.items():
            yield ExportedFile(f"{stem}.{ending}", form.write(references).encode("utf-8", "replace"))
