"""A `Body` to sanitised HTML, cut into its sections."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

import nh3

from digest.markup.dialect import DIALECT, INLINE_TAGS_ALLOWED, footnote_anchor
from digest.markup.raw_html import hide_raw_html
from digest.model.body import Body

TAGS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br"),
    *("em", "strong", "del", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "div"),
    *INLINE_TAGS_ALLOWED,
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"style"},
    "td": {"style"},
    "div": {"id", "class"},
    "sup": {"class"},
    "abbr": {"title"},
    "code": {"class"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
SCHEMES = {"https", "http", "mailto"}
ALIGNMENTS = frozenset({"text-align: left", "text-align: center", "text-align: right"})
HEADING = re.compile(r"<h([1-6])>")
FOOTNOTE_LINK = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">')
FOOTNOTE = re.compile(r'<div class="footnote-definition" id="([^"]*)">')

Resolve = Callable[[str], str]
"""How a destination as written (`../2022-12/slug.md`) becomes an address (`../../2022/12/slug/`)."""


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """One section of a body as HTML; `anchor` is empty for the text before the first heading."""

    anchor: str
    heading: str
    html: str
    """Without the heading itself."""


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """A body as HTML."""

    sections: tuple[RenderedSection, ...]

    @property
    def html(self) -> str:
        """Everything, headings included."""
        return "".join(
            (f'<h2 id="{section.anchor}">{escape(section.heading)}</h2>\n' if section.anchor else "") + section.html
            for section in self.sections
        )


def render_body(body: Body, resolve: Resolve = str) -> RenderedBody:
    """Render CommonMark to HTML that is safe to put into any page.

    Raw HTML beyond a few inline tags is shown as text; addresses other than http, https, mailto and relative ones
    are dropped. Headings carry the anchors of `body.headings`; links and images go through `resolve`.
    """
    hidden = hide_raw_html(body.text)
    html = DIALECT.html(hidden.text)
    # Until the raw HTML is back, every tag in here is the renderer's own.
    anchors = iter(body.headings)
    html = HEADING.sub(lambda match: _with_anchor(match, next(anchors, None)), html)
    html = _with_footnote_anchors(html)
    return RenderedBody(tuple(_cut(body, _sanitise(hidden.restore(html), resolve))))


def clean_inline(text: str) -> str:
    """One line of CommonMark (a takeaway, a note) as text for HTML: escaped, never interpreted."""
    return escape(text, quote=True)


def _with_anchor(match: re.Match[str], heading: object) -> str:
    anchor = getattr(heading, "anchor", "")
    return f'<h{match[1]} id="{anchor}">' if anchor else match[0]


def _with_footnote_anchors(html: str) -> str:
    """Of two footnotes with one label the first is the one that references lead to."""
    seen: set[str] = set()

    def open_footnote(match: re.Match[str]) -> str:
        anchor = footnote_anchor(unescape(match[1]))
        place = "" if anchor in seen else f' id="{anchor}"'
        seen.add(anchor)
        return f'<div class="footnote-definition"{place}>'

    def refer(match: re.Match[str]) -> str:
        return f'<sup class="footnote-reference"><a href="#{footnote_anchor(unescape(match[1]))}">'

    return FOOTNOTE_LINK.sub(refer, FOOTNOTE.sub(open_footnote, html))


def _sanitise(html: str, resolve: Resolve) -> str:
    raised: list[BaseException] = []

    def allow(_tag: str, attribute: str, value: str) -> str | None:
        try:
            if attribute in {"href", "src"}:
                return _address(value, resolve)
            if attribute == "style":
                return value if value in ALIGNMENTS else None
        except BaseException as error:  # noqa: BLE001 - Ctrl+C too: nh3 swallows all, and leaves the attribute out
            raised.append(error)
        return value

    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        attribute_filter=allow,
        link_rel=None,
        strip_comments=True,
    )
    if raised:
        raise raised[0]
    return clean


def _address(destination: str, resolve: Resolve) -> str | None:
    """Addresses that name a host and no scheme are dropped; a browser reads a backslash there as a slash."""
    if destination.replace("\\", "/").startswith("//"):
        return None
    return destination if destination.startswith("#") else resolve(destination)


def _cut(body: Body, html: str) -> list[RenderedSection]:
    """Cut the HTML where `body.sections` begin: each opens with the heading that carries its anchor."""
    sections = []
    rest = html
    cuts = [section.heading for section in body.sections if section.heading is not None]
    anchor, text = "", ""
    for heading in cuts:
        before, found, after = rest.partition(f'<h{heading.level} id="{heading.anchor}">')
        if not found:
            continue
        sections.append(RenderedSection(anchor, text, before))
        _, _, rest = after.partition(f"</h{heading.level}>")
        anchor, text = heading.anchor, heading.text
    sections.append(RenderedSection(anchor, text, rest))
    return sections
