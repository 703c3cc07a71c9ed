"""The one dialect of the digest: CommonMark with tables, footnotes and strikethrough, as GitHub previews it."""

import hashlib

import pyromark

from digest.model.identifier import slugify

DIALECT = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_STRIKETHROUGH
)

INLINE_TAGS_ALLOWED = frozenset({"sub", "sup", "br", "abbr", "cite", "kbd"})
"""Raw HTML that says what Markdown cannot; everything else is shown as text."""


def footnote_anchor(label: str) -> str:
    """The id of a footnote. Labels that differ only in what a slug leaves out get a sign of their own."""
    slug = slugify(label)
    folded = label.casefold()
    sign = "" if slug == folded else hashlib.sha256(folded.encode()).hexdigest()[:6]
    return "-".join(part for part in ("fn", slug, sign) if part)


class Anchors:
    """Gives each heading its id: the text as a slug, `-2`, `-3` ... behind one that was there already."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, text: str) -> str:
        """The id of the next heading with this text."""
        base = slugify(text) or "section"
        if base.startswith("fn-"):  # a footnote's
            base = f"section-{base}"
        anchor, number = base, self._next.get(base, 2)
        while anchor in self.taken:
            anchor, number = f"{base}-{number}", number + 1
        self._next[base] = number
        self.taken.add(anchor)
        return anchor
