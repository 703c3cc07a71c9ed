"""How to follow the digest: feeds for people who never used one, the newsletter, and where mistakes are reported."""

from digest.model.entry import Edition
from digest.pages.abroad import absolute
from digest.pages.addresses import is_web_address, mail_link
from digest.pages.frame import Frame
from digest.pages.mistakes import report_link
from digest.pages.page import Page


def render_follow(frame: Frame) -> Page:
    """The page to which every feed's page leads."""
    configuration, links = frame.library.configuration, frame.links
    subscribe = configuration.digest.subscribe
    is_link = is_web_address(subscribe) or bool(mail_link(subscribe.removeprefix("mailto:")))
    newest: Edition | None = links.editions[0] if links.editions else None
    return frame.page(
        "/follow/",
        "follow",
        "Follow",
        "How to hear of new summaries: by feed, by newsletter; and how to report a mistake",
        feed_address=absolute("/feed.xml", configuration.site.site_url),
        subscribe=subscribe if is_link else "",
        newest=newest,
        report=report_link(configuration),
        contact=configuration.digest.contact,
        topics=sorted(links.lookup.topics.values(), key=lambda topic: topic.label.casefold()),
        types=links.lookup.research_types.values(),
        modules=frame.library.modules,
        digest=configuration.digest,
    )
