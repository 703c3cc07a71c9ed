"""The one dialect of the digest: CommonMark with tables, footnotes and strikethrough, as GitHub previews it."""

import pyromark

from digest.model.identifier import slugify

DIALECT = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
)

INLINE_TAGS_ALLOWED = frozenset({"sub", "sup", "br", "abbr", "cite", "kbd"})
"""Raw HTML that says what Markdown cannot; everything else is shown as text."""


def footnote_anchor(label: str) -> str:
    """The id of a footnote, kept apart from those of headings."""
    return f"fn-{slugify(label) or 'note'}"


class Anchors:
    """Gives each heading its id: the text as a slug, `-2`, `-3` ... behind one that was there already."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, text: str) -> str:
        """The id of the next heading with this text."""
        base = slugify(text) or "section"
        anchor, number = base, 2
        while anchor in self.taken:
            anchor, number = f"{base}-{number}", number + 1
        self.taken.add(anchor)
        return anchor
