"""Which feeds a site has, and their files."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from digest.export.feeds import atom, json_feed, rss
from digest.export.feeds.feed import NEVER, Candidate, FeedPlan, Item, Publisher
from digest.export.feeds.items import Items, days_of_study
from digest.export.feeds.opml import write_opml
from digest.export.file import ExportedFile
from digest.pages import Site
from digest.pages.feed_links import FEED_KINDS, feed_address, feed_title


@dataclass(frozen=True, slots=True)
class Format:
    """How items and feeds are written."""

    write_item: Callable[[Item], str]
    write_feed: Callable[[FeedPlan, Publisher, Iterable[tuple[Item, str]]], str]


FORMATS: Mapping[str, Format] = {
    "xml": Format(atom.write_item, atom.write_feed),
    "rss": Format(rss.write_item, rss.write_feed),
    "json": Format(json_feed.write_item, json_feed.write_feed),
}
"""By the endings of `FEED_KINDS`."""


def iter_feed_files(site: Site) -> Iterator[ExportedFile]:
    """Every feed in every format, and the list of all."""
    publisher = publisher_of(site)
    plans = list(iter_feeds(site, Items(site, publisher), publisher))
    former = _former_pages(site, {plan.page for plan in plans})
    written = _Written(publisher)
    for plan in plans:
        for ending in FEED_KINDS:
            for page in (plan.page, *former.get(plan.page, ())):
                yield ExportedFile(feed_address(page, ending), partial(written.write, plan, ending))
    yield ExportedFile("/feeds.opml", partial(_write_list, plans, publisher))


def _former_pages(site: Site, pages: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Where pages with a feed stood before: who subscribed there is still told, as no feed reader follows a page."""
    found: dict[str, list[str]] = {}
    for moved in site.redirects:
        of_its_kind = moved.address.startswith(f"/{moved.target.split('/')[1]}/")  # not an address of an earlier site
        if moved.target in pages and of_its_kind:
            found.setdefault(moved.target, []).append(moved.address)
    return found


def publisher_of(site: Site) -> Publisher:
    """What the configuration says of the digest."""
    configuration = site.library.configuration
    digest = configuration.digest
    licence = f"{digest.licence} ({digest.licence_url})" if digest.licence_url else digest.licence
    return Publisher(
        title=configuration.title,
        site_url=configuration.site.site_url,
        id_url=digest.first_site_url or configuration.site.site_url,
        language=digest.language,
        rights=licence,
        authors=digest.authors,
        as_of=max(_iter_days(site), default=NEVER),
    )


def _iter_days(site: Site) -> Iterator[datetime.date]:
    """Days that the content names, none of which is still to come."""
    yield from (entry.published for entry in site.links.entries)
    yield from (day for study in site.library.studies for day in days_of_study(study) if day and day <= site.today)


def iter_feeds(site: Site, items: Items, publisher: Publisher) -> Iterator[FeedPlan]:
    """Everything; studies; each topic, type of research and training module."""
    configuration, links = site.library.configuration, site.links

    def plan(page: str, title: str, description: str, group: str, find: Callable[[], list[Candidate]]) -> FeedPlan:
        return FeedPlan(page, feed_title(title, publisher.title), description, group, find)

    tagline = configuration.site.site_description or configuration.digest.tagline
    yield plan("/", publisher.title, tagline, "", items.everything)
    yield plan("/studies/", "Studies", "Studies looking for participants", "", items.studies)
    for topic in sorted(links.lookup.topics.values(), key=lambda topic: topic.label.casefold()):
        yield plan(topic.permalink, topic.label, topic.definition, "Topics", partial(items.on_topic, topic.id))
    for kind in links.lookup.research_types.values():
        find = partial(items.of_type, kind.id)
        yield plan(kind.permalink, kind.label, kind.definition, "Types of research", find)
    for module in site.library.modules:
        description = module.objectives[0] if module.objectives else ""
        yield plan(module.permalink, module.title, description, "Training", partial(items.in_module, module.slug))


def _write_list(plans: Sequence[FeedPlan], publisher: Publisher) -> bytes:
    return write_opml(plans, publisher).encode("utf-8", "replace")


class _Written:
    """Items written in each format: once, however many feeds they stand in."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._texts: dict[tuple[str, str], str] = {}

    def write(self, plan: FeedPlan, ending: str) -> bytes:
        """One feed."""
        items = ((candidate, candidate.make()) for candidate in plan.find())
        listed = [(item, self._text(candidate.key, item, ending)) for candidate, item in items]
        return FORMATS[ending].write_feed(plan, self._publisher, listed).encode("utf-8", "replace")

    def _text(self, key: str, item: Item, ending: str) -> str:
        if (key, ending) not in self._texts:
            self._texts[key, ending] = FORMATS[ending].write_item(item)
        return self._texts[key, ending]
