"""What other sites show when someone passes a page on: https://ogp.me."""

from html import escape

from digest.model.configuration import Configuration
from digest.pages.cards import HEIGHT, WIDTH
from digest.pages.linked_data import absolute


def open_graph(configuration: Configuration, address: str, title: str, description: str, image: str = "") -> str:
    """The `<meta>` elements of a page's head; `image` is the address of its picture from the site's root."""
    picture = absolute(configuration, image) if image else ""
    values = {
        "og:type": "article" if address.count("/") > 3 and address[1:5].isdigit() else "website",  # noqa: PLR2004 - /2023/01/slug/
        "og:title": title,
        "og:description": description,
        "og:url": absolute(configuration, address),
        "og:site_name": configuration.title,
        "og:locale": configuration.digest.language.replace("-", "_"),
        "og:image": picture,
        "og:image:width": str(WIDTH) if picture else "",
        "og:image:height": str(HEIGHT) if picture else "",
    }
    elements = (f'<meta property="{name}" content="{escape(value)}">\n' for name, value in values.items() if value)
    large = '<meta name="twitter:card" content="summary_large_image">\n' if picture else ""  # the one thing it needs
    return "".join((*elements, large))
