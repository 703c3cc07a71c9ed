"""All feeds in one file, which a reader's program imports: OPML 2.0 (http://opml.org/spec2.opml)."""

from collections.abc import Iterable
from itertools import groupby

from digest.export.feeds.feed import FeedPlan, Publisher
from digest.export.xml import element, xml_text
from digest.pages.abroad import absolute
from digest.pages.feed_links import feed_address


def write_opml(plans: Iterable[FeedPlan], publisher: Publisher) -> str:
    """Every feed, those of a group together."""
    body = ""
    for group, of_group in groupby(plans, key=lambda plan: plan.group):
        listed = "".join(_outline(plan, publisher) for plan in of_group)
        body += f'<outline text="{xml_text(group)}">\n{listed}</outline>\n' if group else listed
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n'
        f"<head>\n{element('title', publisher.title)}</head>\n<body>\n{body}</body>\n</opml>\n"
    )


def _outline(plan: FeedPlan, publisher: Publisher) -> str:
    title = xml_text(plan.title)
    feed, page = (xml_text(absolute(address, publisher.site_url)) for address in (feed_address(plan.page), plan.page))
    return f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{feed}" htmlUrl="{page}"/>\n'
