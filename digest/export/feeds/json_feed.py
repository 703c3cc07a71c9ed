"""A feed in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable

from digest.export.feeds.feed import FeedPlan, Item, Publisher, rfc_3339
from digest.pages.abroad import absolute
from digest.pages.feed_links import feed_address

VERSION = "https://jsonfeed.org/version/1.1"


def write_item(item: Item) -> str:
    """One of `items`."""
    return _as_json(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.content,
            "date_published": rfc_3339(item.published) if item.published else "",
            "date_modified": rfc_3339(item.updated) if item.updated else "",
            "authors": [{"name": name} for name in item.authors],
            "tags": [tag.label for tag in item.tags],
        }
    )


def write_feed(plan: FeedPlan, publisher: Publisher, items: Iterable[tuple[Item, str]]) -> str:
    """The document, of items that are written already."""
    top = _as_json(
        {
            "version": VERSION,
            "title": plan.title,
            "home_page_url": absolute(plan.page, publisher.site_url),
            "feed_url": absolute(feed_address(plan.page, "json"), publisher.site_url),
            "description": plan.description,
            "language": publisher.language,
            "authors": [{"name": name} for name in publisher.authors],
        }
    )
    listed = ",\n".join(text for _, text in items)
    return f'{top[:-1]},"items":[\n{listed}\n]}}\n'


def _as_json(data: dict[str, object]) -> str:
    """On one line; what nobody knows is left out."""
    return json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, separators=(",", ":"))
