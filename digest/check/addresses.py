"""Addresses of the site: which are taken, and which lead elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.model.entry import Entry
from digest.model.library import Library
from digest.model.page import FreePage
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.problem import Span

FIXED = frozenset(
    {
        *("archive", "data", "feed", "feeds", "follow", "map", "newsletter", "research", "search", "studies", "topics"),
        *("training", "old-addresses", "pagefind", "assets", "javascripts", "stylesheets", "sitemap", "index", "404"),
    }
)
"""First parts of addresses that every digest, or the engine below it, uses itself."""
FILES = re.compile(
    r"(?:index|404)\.html|sitemap\.xml|(?:citations?|readings)\.(?:bib|ris|json)|(?:course|module)(?:-1\.3)?\.imscc|[^/]{121,}"
)
"""Names that files of a site have, and names that are too long for one."""
YEAR = re.compile(r"\d{4}")
ALIAS = re.compile(r"/(?:(?!\.\.?/)[^/\s?#\\<>\"|*:]+/)+")


@dataclass(frozen=True, slots=True)
class Alias:
    """An old address that redirects."""

    address: str
    span: Span
    leads_to: str
    """The permalink it redirects to."""


def iter_aliases(library: Library) -> Iterator[Alias]:
    """Former ids of topics and of types of research, then those of entries, modules, studies and pages."""
    yield from iter_vocabulary_aliases(library)
    documents: tuple[Entry | TrainingModule | Study | FreePage, ...] = (
        *library.entries,
        *library.modules,
        *library.studies,
        *library.pages,
    )
    for document in documents:
        for index, address in enumerate(document.aliases):
            yield Alias(address, document.places.at("aliases", index), document.permalink)


def iter_vocabulary_aliases(library: Library) -> Iterator[Alias]:
    """Addresses of former ids."""
    for section, terms in (("topics", library.topics), ("research", library.research_types)):
        for term in terms:
            for index, former in enumerate(term.aliases):
                yield Alias(f"/{section}/{former}/", term.places.at("aliases", index), term.permalink)
