"""The registry's paragraphs and lists as HTML: every text escaped, lists as lists, however deep."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

from digest.model.listing import Item


def render_items(items: Sequence[Item]) -> Markup:
    """Paragraphs, and lists where the registry has lists."""
    pieces = []
    for (is_listed, is_numbered), run in groupby(items, lambda item: (item.is_listed, item.is_numbered)):
        if is_listed:
            tag = "ol" if is_numbered else "ul"
            pieces.append(f"<{tag}>{''.join(f'<li>{_render(item)}</li>' for item in run)}</{tag}>")
        else:
            pieces += [f"<p>{escape(item.text)}</p>{render_items(item.items)}" for item in run]
    return Markup("\n".join(pieces))  # noqa: S704 - every text is escaped


def render_item(item: Item) -> Markup:
    """One criterion with what stands below it."""
    return Markup(_render(item))  # noqa: S704 - as above


def _render(item: Item) -> str:
    return f"{escape(item.text)}{render_items(item.items)}"


def plain_text(item: Item) -> str:
    """The same on one line."""
    below = "; ".join(plain_text(each) for each in item.items)
    return f"{item.text} {below}".strip()
