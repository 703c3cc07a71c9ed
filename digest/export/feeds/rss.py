"""A feed in RSS 2.0 (https://www.rssboard.org/rss-specification), with the whole text in `content:encoded`."""

import datetime
from collections.abc import Iterable
from email.utils import format_datetime

from digest.export.feeds.feed import FeedPlan, Item, Publisher, moment
from digest.export.xml import element, xml_text
from digest.pages.abroad import absolute
from digest.pages.feed_links import FEED_KINDS, feed_address

NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def write_item(item: Item) -> str:
    """An `item`. Its `guid` stays when its address changes, so it may be no address any more."""
    return (
        "<item>\n"
        f"{element('title', item.title)}{element('link', item.url)}"
        + element("guid", item.id, f' isPermaLink="{"true" if item.id == item.url else "false"}"')
        + (element("pubDate", _day(item.published)) if item.published else "")
        + "".join(element("dc:creator", name) for name in item.authors)
        + "".join(element("category", tag.label) for tag in item.tags)
        + element("description", item.summary)
        + element("content:encoded", item.content)
        + (element("atom:updated", f"{moment(item.updated):%Y-%m-%dT%H:%M:%SZ}") if item.updated else "")
        + "</item>\n"
    )


def write_feed(plan: FeedPlan, publisher: Publisher, items: Iterable[tuple[Item, str]]) -> str:
    """An `rss` document of items that are written already."""
    listed = list(items)
    days = [day for item, _ in listed if (day := item.updated or item.published)]
    own = xml_text(absolute(feed_address(plan.page, "rss"), publisher.site_url))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<rss version="2.0" {NAMESPACES}>\n<channel>\n'
        f"<title>{xml_text(plan.title)}</title>\n{element('link', absolute(plan.page, publisher.site_url))}"
        f"<description>{xml_text(plan.description or plan.title)}</description>\n"
        f'<atom:link rel="self" type="{FEED_KINDS["rss"].media_type}" href="{own}"/>\n'
        + element("language", publisher.language)
        + element("copyright", publisher.rights)
        + (element("lastBuildDate", _day(max(days))) if days else "")
        + "".join(text for _, text in listed)
        + "</channel>\n</rss>\n"
    )


def _day(day: datetime.date) -> str:
    """`Sun, 01 Jan 2023 12:00:00 GMT` (RFC 822)."""
    return format_datetime(moment(day), usegmt=True)
