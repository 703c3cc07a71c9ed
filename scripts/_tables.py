"""Figures as Markdown. Only the standard library, and only what Python 3.8 can parse."""

from __future__ import annotations


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, numbers to the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def seconds(found: dict[str, float]) -> str:
    """Median and spread."""
    return f"{found['median']:.2f} ({found['least']:.2f} to {found['most']:.2f})"
