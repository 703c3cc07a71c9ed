"""What a page says of itself in the words of schema.org, as JSON-LD.

Takes plain nodes (`{"@type": "BlogPosting", ...}`) from `linked_data_things`; gives the `<script>` that holds them. It
is data, which no browser runs. What nobody knows is left out, and so are addresses where the site's own is not known.
"""

from collections.abc import Sequence
from typing import Any

from digest.model.configuration import Configuration
from digest.pages.addresses import is_web_address
from digest.pages.json_block import json_block

Node = dict[str, Any]

Trail = Sequence[tuple[str, str]]
"""The pages above a page, without home: their names and addresses."""

NUMBERS = (int, float)
"""Nought says something too."""
PAGES = {"WebPage", "CollectionPage", "SearchResultsPage", "AboutPage"}
"""Nodes of these types are the page itself; any other is what the page is about."""


def page_linked_data(  # noqa: PLR0913 - what every page has
    configuration: Configuration, address: str, *, title: str, description: str, node: Node, trail: Trail
) -> str:
    """The `<script>` of one page: the page, where it stands, whose it is, and what it is about."""
    page: Node = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": absolute(configuration, address),
        "url": absolute(configuration, address),
        "name": title,
        "description": description,
        "inLanguage": configuration.digest.language,
        "isPartOf": {
            "@type": "WebSite",
            "name": configuration.title,
            "url": absolute(configuration, "/"),
            "publisher": publisher(configuration),
        },
        "license": licence(configuration),
        "breadcrumb": _breadcrumb(configuration, address, title, trail) if address != "/" else None,
    }
    page |= node if node.get("@type") in PAGES or not node else {"mainEntity": node}
    return write_linked_data(page)


def write_linked_data(node: Node) -> str:
    """A node as a `<script>` that may stand in any page: no text in it can end the element."""
    return f'<script type="application/ld+json">{json_block(known(node))}</script>\n'


def known(value: Any) -> Any:
    """Without what is empty, all the way down; a node of which only the type is left goes too."""
    if isinstance(value, dict):
        kept = {}
        for key, item in value.items():
            found = item if isinstance(item, str) else known(item)  # most are
            if found or isinstance(found, NUMBERS):
                kept[key] = found
        return kept if len(kept) > ("@type" in kept) else {}
    if isinstance(value, list | tuple):
        return [found for item in value if (found := known(item)) or isinstance(found, NUMBERS)]
    return value


def absolute(configuration: Configuration, address: str) -> str:
    """The full address of something on the site, or nothing where the site's own is not known."""
    base = configuration.site.site_url
    return base.rstrip("/") + address if is_web_address(base) else ""


def publisher(configuration: Configuration) -> Node:
    """Who publishes the site."""
    return {
        "@type": "Organization",
        "@id": absolute(configuration, "/#publisher"),
        "name": configuration.title,
        "url": absolute(configuration, "/"),
        "email": configuration.digest.contact,
    }


def licence(configuration: Configuration) -> Node | str:
    """The licence of the summaries: its address, else its name."""
    digest = configuration.digest
    if is_web_address(digest.licence_url):
        return digest.licence_url
    return {"@type": "CreativeWork", "name": digest.licence}


def _breadcrumb(configuration: Configuration, address: str, title: str, trail: Trail) -> Node:
    steps = [(configuration.title, "/"), *trail, (title, address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": {"@id": absolute(configuration, step)}}
            for position, (name, step) in enumerate(steps, 1)
        ],
    }
