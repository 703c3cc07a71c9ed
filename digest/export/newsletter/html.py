"""A newsletter as HTML that any mail program shows: styles on the elements, nothing loaded, under 100 KB.

Above some 100 KB programs cut a message off, and with it the way to leave.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from digest.export.newsletter.contents import Contents, Summary
from digest.pages.frame import fill_template

MOST_BYTES = 95_000
"""Room is left for what a sending service adds."""
STYLES = {
    "p": "margin:0 0 16px",
    "ul": "margin:0 0 16px;padding:0 0 0 24px",
    "ol": "margin:0 0 16px;padding:0 0 0 24px",
    "li": "margin:0 0 8px",
    "blockquote": "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #d5dddd",
    "a": "color:#10596a;text-decoration:underline",
    "table": "margin:0 0 16px;border-collapse:collapse;font-size:16px;line-height:22px",
    "th": "padding:8px 12px 8px 0;text-align:left;border-bottom:1px solid #d5dddd",
    "td": "padding:8px 12px 8px 0;border-bottom:1px solid #d5dddd",
    "pre": "margin:0 0 16px;white-space:pre-wrap;font-size:15px;line-height:22px",
    "code": "font-size:15px",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "margin:0 0 8px;font-size:16px;line-height:22px"),
}
TAG = re.compile(rf'<({"|".join(STYLES)})(?=[\s>])(?: style="([^"]*)")?')
"""An opening tag in rendered Markdown, where `<` of a text is escaped."""


def write_html(contents: Contents) -> str:
    """The whole document. What would make it too large is left on the site, last things first."""
    styled = replace(
        contents,
        introduction=with_styles(contents.introduction),
        summaries=tuple(replace(each, implications=with_styles(each.implications)) for each in contents.summaries),
    )
    summaries = list(styled.summaries)
    html = _fill(styled, summaries)
    while len(html.encode()) > MOST_BYTES and (summaries or styled.introduction):
        if any(summary.implications for summary in summaries):
            _leave_out_implications(summaries, len(html.encode()) - MOST_BYTES)
        elif summaries:
            summaries = summaries[: len(summaries) * 3 // 4]
        else:
            styled = replace(styled, introduction="")
        html = _fill(styled, summaries)
    return html


def with_styles(html: str) -> str:
    """Rendered Markdown with the style of each element on it."""
    return TAG.sub(_with_style, html)


def _with_style(match: re.Match[str]) -> str:
    own = f";{match[2]}" if match[2] else ""
    return f'<{match[1]} style="{STYLES[match[1]]}{own}"'


def _leave_out_implications(summaries: list[Summary], excess: int) -> None:
    """From the end, as many as weigh what is too much."""
    for index in reversed(range(len(summaries))):
        if excess <= 0:
            return
        excess -= len(summaries[index].implications.encode())
        summaries[index] = replace(summaries[index], implications="")


def _fill(contents: Contents, summaries: Sequence[Summary]) -> str:
    html = fill_template(
        "_newsletter",
        language=contents.language,
        subject=contents.subject,
        preview="; ".join(summary.title for summary in summaries[:3]),
        digest_title=contents.digest_title,
        heading=contents.heading,
        introduction=Markup(contents.introduction),  # noqa: S704 - sanitised by markup/
        edition_address=contents.edition_address,
        items=[replace(each, implications=Markup(each.implications)) for each in summaries],  # noqa: S704 - as above
        left_out=len(contents.summaries) - len(summaries),
        studies=contents.studies,
        footer=contents.footer,
    )
    return html.strip() + "\n"
