"""A library to all pages of its site."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

from digest.link import Links
from digest.model.entry import Entry
from digest.model.identifier import SLUG
from digest.model.library import Library
from digest.model.page import FreePage
from digest.model.study import Study
from digest.model.training import TrainingModule
from digest.pages.bodies import Bodies
from digest.pages.data import render_data
from digest.pages.editions import iter_editions, render_archive, render_home
from digest.pages.entries import iter_entries
from digest.pages.follow import render_follow
from digest.pages.frame import Frame
from digest.pages.free import iter_free_pages
from digest.pages.map_page import render_map
from digest.pages.offers import NOTHING_MORE, Offers
from digest.pages.old_addresses import iter_old_address_pages, iter_old_paths
from digest.pages.page import Page, PlannedPage, Redirect
from digest.pages.search import render_search
from digest.pages.studies import iter_studies, render_studies
from digest.pages.terms import (
    iter_former_crossings,
    iter_research_types,
    iter_topics,
    render_research_types,
    render_topics,
)
from digest.pages.training import iter_modules, render_course


@dataclass(frozen=True)
class Site:
    """Everything that is published."""

    library: Library
    today: datetime.date
    """The day on which it is built."""
    links: Links
    """Who points at whom in it."""
    plan: tuple[PlannedPage, ...]
    """Every page, sorted by address."""
    redirects: tuple[Redirect, ...]
    bodies: Bodies
    """Rendered bodies, for what is made of them beside the pages."""

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, rendered."""
        return tuple(planned.render() for planned in self.plan)


def plan_site(library: Library, today: datetime.date, offers: Offers = NOTHING_MORE) -> Site:
    """Plan all pages of a library on a day; what the library holds is published, so leave drafts out before."""
    frame = Frame(_with_sound_names(library), today, offers)
    plan = sorted(_with_old_addresses(frame, list(_iter_plan(frame))), key=lambda planned: planned.address)
    taken = {planned.address for planned in plan}
    redirects = {
        address: target
        for address, target in _iter_redirects(library)
        if address not in taken and not {"", ".", ".."} & set(address.strip("/").split("/"))
    }
    return Site(
        library,
        today,
        frame.links,
        tuple(plan),
        tuple(Redirect(*pair) for pair in sorted(redirects.items())),
        frame.bodies,
    )


def _with_old_addresses(frame: Frame, plan: list[PlannedPage]) -> Iterator[PlannedPage]:
    """The plan, and pages for an earlier site's addresses where nothing else stands."""
    taken = {planned.address for planned in plan}
    yield from plan
    yield from (planned for planned in iter_old_address_pages(frame) if planned.address not in taken)


def _with_sound_names(library: Library) -> Library:
    """Without terms whose id is no address: a preview in spite of errors must not write where it should not."""
    return replace(
        library,
        topics=tuple(topic for topic in library.topics if SLUG.fullmatch(topic.id)),
        research_types=tuple(kind for kind in library.research_types if SLUG.fullmatch(kind.id)),
    )


def _iter_plan(frame: Frame) -> Iterator[PlannedPage]:
    newest, all_of_it = frame.links.editions[:1], frame.links.entries
    shown = [entry for edition in newest for entry in frame.links.entries_of_edition(edition.month)]
    yield PlannedPage("/", partial(render_home, frame), shown)
    yield from iter_editions(frame)
    yield from iter_entries(frame)
    yield PlannedPage("/archive/", partial(render_archive, frame), all_of_it)
    yield PlannedPage("/topics/", partial(render_topics, frame), all_of_it)
    yield from iter_topics(frame)
    yield PlannedPage("/research/", partial(render_research_types, frame), all_of_it)
    yield from iter_research_types(frame)
    yield PlannedPage("/search/", partial(render_search, frame))
    yield PlannedPage("/training/", partial(render_course, frame))
    yield from iter_modules(frame)
    yield PlannedPage("/studies/", partial(render_studies, frame))
    yield from iter_studies(frame)
    yield PlannedPage("/map/", partial(render_map, frame), all_of_it)
    yield PlannedPage("/follow/", partial(render_follow, frame))
    yield PlannedPage("/data/", partial(render_data, frame))
    yield from iter_free_pages(frame)


def _iter_redirects(library: Library) -> Iterator[tuple[str, str]]:
    """Old paths of documents, and former ids of topics and types of research."""
    documents: list[Entry | TrainingModule | Study | FreePage] = [*library.entries, *library.modules]
    documents += [*library.studies, *library.pages]
    for document in documents:
        for alias in document.aliases:
            yield f"/{alias.strip('/')}/", document.permalink
    for topic in library.topics:
        for alias in topic.aliases:
            yield f"/topics/{alias}/", topic.permalink
    for kind in library.research_types:
        for alias in kind.aliases:
            yield f"/research/{alias}/", kind.permalink
    yield from iter_former_crossings(library)
    yield from iter_old_paths(library)
