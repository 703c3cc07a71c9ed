"""Markdown that readers see as it was typed, or as program code.

Bold that nobody closes, a link with a blank in its address, a list whose items begin with a bullet sign, a table
without its line of hyphens: CommonMark takes all of them for plain text. A paragraph that begins with a tab or four
blanks, as word processors indent them, is shown as program code. Where a sign is meant as such, write a backslash
before it.

Passes:

    Beds with mulch needed **half** the water.

Fails:

    Beds with mulch needed **half the water.
    • Water in the evening.
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.implications import folded_heading, implications_headings
from digest.markup import TypedSign, iter_typed_signs
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING
LONGEST = 40
MAKES_NO = "is shown as typed, and makes no"
MEANT = {
    TypedSign.EMPHASIS: (
        f"{MAKES_NO} emphasis",
        "close it, without a blank inside: `*words*` or `**words**`; for the sign itself write `\\*`",
    ),
    TypedSign.LINK: (
        f"{MAKES_NO} link or image",
        "let the address end with `)` and hold no blank, which a file's name may not",
    ),
    TypedSign.LINK_APART: (f"{MAKES_NO} link", "write `[text](address)`, without a blank between `]` and `(`"),
    TypedSign.LINK_REVERSED: (f"{MAKES_NO} link", "write `[text](address)`, the text in square brackets"),
    TypedSign.HEADING: (f"{MAKES_NO} heading", "write an ordinary blank behind the #"),
    TypedSign.ITEM: (f"{MAKES_NO} list", "begin each item with `- ` or `1. `, on a line of its own"),
    TypedSign.TABLE: (
        f"{MAKES_NO} table",
        "put a line of hyphens below the heading, with as many columns: `|---|---|`",
    ),
    TypedSign.CODE: ("is shown as program code", "delete the tab or the blanks before it"),
}


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at every Markdown text; a heading of practice implications is missed by a rule of its own."""
    body = document.body
    if body is None:
        return
    implications = implications_headings(context.library.configuration)
    for start, end, sign in sorted(iter_typed_signs(body.text), key=lambda found: found[:2]):
        written = body.text[start:end]
        if folded_heading(written.strip("#*_\\ \t\u00a0")) in implications:
            continue
        shown = written if len(written) <= LONGEST else written[: LONGEST - 3] + "..."
        what, fix = MEANT[sign]
        span = Span(body.path, body.offset + start, body.offset + end)
        yield Problem("markdown-unfinished", SEVERITY, span, f"'{shown}' {what}", fix=fix)
