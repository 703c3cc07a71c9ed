"""HTML that leaves the site, for feeds and e-mails: every link whole, no anchors, no pictures where none may be.

Takes HTML of `bodies` and of the templates, whose tags are the renderer's own: what an editor wrote is escaped in it.
"""

import re
from html import unescape

from markupsafe import Markup, escape

from digest.pages.addresses import ROOT
from digest.pages.bodies import ANCHOR, TABLE_FRAME, TABLE_FRAME_END

IMAGE = re.compile(r"<img\b[^>]*>")
ALTERNATIVE = re.compile(r'\balt="([^"]*)"')


def send_abroad(html: str, permalink: str, site_url: str) -> str:
    """The HTML of a page as it stands elsewhere; its anchors stay at home, and links to them lead there."""
    html = ANCHOR.sub(r"\1", html).replace('<a href="#', f'<a href="{ROOT}{permalink}#')
    html = html.replace(TABLE_FRAME, "<table>").replace(TABLE_FRAME_END, "</table>")
    return html.replace(f'"{ROOT}/', f'"{escape(site_url.rstrip("/"))}/')


def without_images(html: str) -> str:
    """Each picture as its words: an e-mail that loads none tells nobody that it was opened."""
    return IMAGE.sub(_in_words, html)


def _in_words(match: re.Match[str]) -> str:
    found = ALTERNATIVE.search(match[0])
    words = unescape(found[1]).strip() if found else ""
    return f"[{escape(f'Picture: {words}' if words else 'Picture')}]"


def absolute(address: str, site_url: str) -> str:
    """`/2023/01/` with the site's own address before it."""
    return site_url.rstrip("/") + address


def whole_link(address: str, site_url: str) -> Markup:
    """The same for an attribute of a template."""
    return escape(absolute(address, site_url))
