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
            pieces.append(f"<{tag}>{''.join(f'<li{_value(item)}>{_render(item)}</li>' for item in run)}</{tag}>")
        else:
            pieces += [f"<p>{escape(item.text)}</p>{render_items(item.items)}" for item in run]
    return Markup("\n".join(pieces))  # noqa: S704 - every text is escaped


def render_item(item: Item) -> Markup:
    """One criterion with its number and what stands below it."""
    number = f"{escape(item.number)} " if item.number else ""
    return Markup(number + _render(item))  # noqa: S704 - as above


def _value(item: Item) -> str:
    """The number that the registry gives, in case a list does not begin at one."""
    digits = item.number.strip("().")
    return f' value="{digits}"' if digits.isascii() and digits.isdigit() else ""


def _render(item: Item) -> str:
    return f"{escape(item.text)}{render_items(item.items)}"


def plain_text(item: Item) -> str:
    """The same on one line."""
    below = "; ".join(plain_text(each) for each in item.items)
    return f"{item.text} {below}".strip()
