"""Faults of the content, as values.

A `Problem` says where, what, why and what to do. It is never raised: reading and checking gather problems
and go on, so that a file with forty mistakes gives forty messages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error stops publishing, a warning does not, advice is a matter of style."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of characters in one file: `path` from the root with `/`, offsets in characters, end exclusive."""

    path: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `text`: what `digest check --fix` offers."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of the content."""

    rule: str
    """Kebab-case name that states the fault, e.g. `topic-unknown`: a file of `digest/check/rules/`."""
    severity: Severity
    span: Span
    message: str
    """What is wrong, quoting the offending value."""
    why: str = ""
    """Why it matters, where that is not plain."""
    fix: str = ""
    """What to do about it."""
    edits: tuple[Edit, ...] = ()
    """Safe changes that would mend it."""


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Order by place, so that a reader goes through each file from top to bottom; the same fault is told once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.span, problem.rule, problem.message))
