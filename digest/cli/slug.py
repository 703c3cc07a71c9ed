"""A short address from a title."""

from digest.model.identifier import slugify

STOP_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to"}
)
MOST_WORDS = 8


def short_slug(title: str) -> str:
    """At most eight telling words: `The Impact of X on Y` gives `impact-x-y`."""
    words = slugify(title).split("-")
    telling = [word for word in words if word not in STOP_WORDS] or words
    return "-".join(telling[:MOST_WORDS]) or "untitled"
