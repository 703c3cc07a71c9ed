"""CommonMark to headings, links, images and sections with their spans, and to sanitised HTML.

The only room that imports the CommonMark library (pyromark) and the sanitiser (nh3). It knows nothing of entries
or addresses: who renders says how a link's destination becomes an address.
"""

from digest.markup.parse import known_body, parse_body
from digest.markup.render import RenderedBody, clean_inline, render_body
from digest.markup.typed import TypedSign, iter_typed_signs
from digest.markup.unresolved import iter_unresolved_footnotes, iter_unresolved_links

__all__ = [
    "RenderedBody",
    "TypedSign",
    "clean_inline",
    "iter_typed_signs",
    "iter_unresolved_footnotes",
    "iter_unresolved_links",
    "known_body",
    "parse_body",
    "render_body",
]
