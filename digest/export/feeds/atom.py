"""A feed in Atom (RFC 4287)."""

from collections.abc import Iterable

from digest.export.feeds.feed import FeedPlan, Item, Publisher, rfc_3339
from digest.export.xml import element, xml_text
from digest.pages.abroad import absolute
from digest.pages.feed_links import feed_address


def write_item(item: Item) -> str:
    """An `entry` (section 4.1.2)."""
    return (
        "<entry>\n"
        f"{element('id', item.id)}{_text('title', item.title)}"
        f'<link rel="alternate" type="text/html" href="{xml_text(item.url)}"/>\n'
        + (f'<link rel="related" href="{xml_text(item.about)}"/>\n' if item.about else "")
        + (element("published", rfc_3339(item.published)) if item.published else "")
        + element("updated", rfc_3339(item.as_of))
        + _authors(item.authors)
        + "".join(f'<category term="{xml_text(tag.address)}" label="{xml_text(tag.label)}"/>\n' for tag in item.tags)
        + (_text("summary", item.summary) if item.summary else "")
        + f'<content type="html">{xml_text(item.content)}</content>\n'
        "</entry>\n"
    )


def write_feed(plan: FeedPlan, publisher: Publisher, items: Iterable[tuple[Item, str]]) -> str:
    """A `feed` (section 4.1.1) of items that are written already."""
    listed = list(items)
    updated = max((item.as_of for item, _ in listed), default=publisher.as_of)
    own = absolute(feed_address(plan.page), publisher.site_url)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(publisher.language)}">\n'
        f"{element('id', absolute(plan.page, publisher.id_url))}{_text('title', plan.title)}"
        + (_text("subtitle", plan.description) if plan.description else "")
        + element("updated", rfc_3339(updated))
        + f'<link rel="self" type="application/atom+xml" href="{xml_text(own)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{xml_text(absolute(plan.page, publisher.site_url))}"/>\n'
        + _authors(publisher.authors or (publisher.title,))
        + (_text("rights", publisher.rights) if publisher.rights else "")
        + "".join(text for _, text in listed)
        + "</feed>\n"
    )


def _text(name: str, text: str) -> str:
    """A text construct (section 3.1); a title may be empty, but must be there."""
    return f'<{name} type="text">{xml_text(text)}</{name}>\n'


def _authors(names: Iterable[str]) -> str:
    return "".join(f"<author>{element('name', name).strip()}</author>\n" for name in names)
