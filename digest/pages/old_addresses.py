"""Pages at the addresses of an earlier site, whose pages differed in their queries alone.

A static host cannot see a query, so a page stands at each old path: a small script in it finds the rule that the query
fits and goes there; without it the page lists what was there. An old address without a query is a plain redirect.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from digest.model.entry import Entry
from digest.model.library import Library
from digest.model.old_address import OldAddress, by_strength, iter_old_addresses
from digest.model.page import FreePage
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.model.vocabulary import ResearchType, Topic
from digest.pages.frame import Frame
from digest.pages.json_block import json_block
from digest.pages.page import Page, PlannedPage

FOR_HOME = "/old-addresses/"
"""Where the queries of the home page are answered: `/?p=17`."""


def iter_old_address_pages(frame: Frame) -> Iterator[PlannedPage]:
    """A page for each old path that was asked with queries."""
    for path, known in old_queries(frame.library).items():
        address = FOR_HOME if path == "/" else path
        yield PlannedPage(address, partial(_render_old_address, frame, address, known), listed=False)


def iter_old_paths(library: Library) -> Iterator[tuple[str, str]]:
    """Old addresses without a query, at paths that no query was asked of, and where they lead."""
    asked = old_queries(library)
    for old in iter_old_addresses(library):
        if old.target and not old.query and old.path not in asked:
            yield old.path, old.target


def old_queries(library: Library) -> Mapping[str, Sequence[OldAddress]]:
    """What is known of each path that was asked with queries, in the order in which rules are tried."""
    found: dict[str, list[OldAddress]] = defaultdict(list)
    for old in iter_old_addresses(library):
        found[old.path].append(old)
    return {path: by_strength(known) for path, known in sorted(found.items()) if any(old.query for old in known)}


def names_asked_of_home(library: Library) -> list[str]:
    """Names of the values that the earlier site's front page was asked with."""
    return sorted({name for old in old_queries(library).get("/", ()) for name, _ in old.query if " " not in name})


def _render_old_address(frame: Frame, address: str, known: Sequence[OldAddress]) -> Page:
    depth = address.count("/") - 1
    rules = [
        [old.query, "../" * depth + old.target.lstrip("/"), old.exact] for old in known if old.target.startswith("/")
    ]
    names = _names(frame.library)
    targets = sorted((names[target], target) for target in {old.target for old in known} & names.keys())
    return frame.page(
        address,
        "old-address",
        "Looking for something older?",
        "Where the pages of an earlier site are now",
        targets=targets,
        rules=json_block(rules),
        head='<meta name="robots" content="noindex">\n',
    )


def _names(library: Library) -> Mapping[str, str]:
    """What the pages are called to which an earlier site's may lead, by their addresses."""
    terms: list[Topic | ResearchType] = [*library.topics, *library.research_types]
    documents: list[Entry | TrainingModule | Study | FreePage] = [*library.entries, *library.modules]
    documents += [*library.studies, *library.pages]
    names = {term.permalink: term.label for term in terms}
    return names | {document.permalink: document.title for document in documents}
