"""All files that a site offers beside its pages: one line a format."""

from collections.abc import Iterator

from digest.export.citations import iter_citation_files
from digest.export.file import ExportedFile
from digest.export.search_words import iter_search_files
from digest.pages import Site


def iter_exported_files(site: Site) -> Iterator[ExportedFile]:
    """Every file, each with an address of its own."""
    yield from iter_citation_files(site.links)
    yield from iter_search_files(site.links)
