"""Inline text in runs, some italic, some a link: what a formatted reference is made of.

Gives the same runs as safe HTML, as plain text and as CommonMark. Never lets a character of a record through as
markup, in any of the three.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NamedTuple

MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]<>&~|$!#])")
"""Characters that CommonMark, its tables, its footnotes or its mathematics could take for markup."""
MARKDOWN_BLOCK = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")
"""What would open a list, a rule or a definition at the start of a line."""
LINK_LIKE = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):|\b(www)\.|@")
"""Where GitHub's dialect would make a link by itself."""
AUTOLINK = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$'()*+,;=%-]+")
"""An address that stands safely between `<` and `>`."""


class Run(NamedTuple):
    """Some text in one style."""

    text: str
    italic: bool = False
    href: str = ""
    """Where it leads, percent-encoded; empty for text that is no link."""


@dataclass(frozen=True)
class Citation:
    """A formatted reference, in the three forms that pages, feeds and the command line want."""

    runs: tuple[Run, ...]

    @cached_property
    def html(self) -> str:
        """Safe HTML: everything escaped, `<i>` for italics, `<a>` for the DOI or address."""
        parts = []
        for text, italic, href in self.runs:
            safe = escape(text, quote=False)
            if href:
                safe = f'<a href="{escape(href)}">{safe}</a>'
            parts.append(f"<i>{safe}</i>" if italic else safe)
        return "".join(parts)

    @cached_property
    def text(self) -> str:
        """Plain text, as it would be pasted into a letter."""
        return "".join([run.text for run in self.runs])

    @cached_property
    def markdown(self) -> str:
        """CommonMark that renders to the same text, whatever characters the record holds."""
        line = "".join([_markdown_run(run) for run in self.runs])
        return MARKDOWN_BLOCK.sub(lambda match: f"{match[1] or ''}\\{match[2] or match[3]}", line)


def join_runs(groups: Iterable[Iterable[Run]], separator: str) -> list[Run]:
    """Groups of runs one after the other, with text between them; empty groups leave no trace."""
    joined: list[Run] = []
    for group in groups:
        runs = list(group)
        if joined and runs:
            joined.append(Run(separator))
        joined += runs
    return joined


def _markdown_run(run: Run) -> str:
    if run.href:
        if run.text == run.href and AUTOLINK.fullmatch(run.href):
            return f"<{run.href}>"
        return f"[{_markdown_text(run.text)}](<{run.href}>)"
    if not run.italic:
        return _markdown_text(run.text)
    inner = run.text.strip()
    if not inner:
        return run.text
    before, _, after = run.text.partition(inner)
    return f"{before}*{_markdown_text(inner)}*{after}"


def _markdown_text(text: str) -> str:
    escaped = MARKDOWN_MARKS.sub(r"\\\1", text)
    return LINK_LIKE.sub(_without_link, escaped) if LINK_LIKE.search(escaped) else escaped


def _without_link(match: re.Match[str]) -> str:
    return f"{match[1]}\\:" if match[1] else f"{match[2]}\\." if match[2] else "\\@"
