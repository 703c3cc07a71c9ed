"""CommonMark to headings, links, images and sections with their spans, and to sanitised HTML.

The only room that imports the CommonMark library (pyromark) and the sanitiser (nh3). It knows nothing of entries
or addresses: who renders says how a link's destination becomes an address.
"""

from digest.markup.parse import parse_body
from digest.markup.render import RenderedBody, clean_inline, render_body

__all__ = ["RenderedBody", "clean_inline", "parse_body", "render_body"]
