"""Addresses that were published once and are promised for ever."""

from dataclasses import dataclass

from digest.problem import Span


@dataclass(frozen=True)
class Permalinks:
    """`entries/permalinks.txt`: one path a line, in the order of the file."""

    path: str
    spans: dict[str, Span]
    """Permalink to its place in the file."""
    end: Span
    """Where a new line is added."""
    ends_with_newline: bool = True
    is_readable: bool = True
    """False if the file is there but could not be read: then nobody knows what was promised."""
