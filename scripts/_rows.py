"""What is measured, as rows of one table: what of ours, against what, and how much it may cost at which size.

The only place where a floor or a goal is written. Takes figures; gives judgements.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field
from typing import Any, Sequence

SIZES = (500, 2_000, 10_000)
"""Entries: as many as there are, four times, and twenty times."""
MOST_GROWTH = 1.05
"""The exponent of what does the whole work, from the smallest to the largest of the sizes."""

REQUIRED = {
    "edit": "build",
    "hugo-again": "hugo",
    "edit-search": "build-search",
    "edit-old": "build-search",
    "unchanged": "build-search",
    "hugo-search-again": "hugo-search",
    "check-again": "check",
}
"""A job, and what must have run before it."""
HEAVY = {"build", "build-search", "edit-search", "check"}
"""The jobs among which is the one whose process takes most memory."""


@dataclass(frozen=True)
class Bound:
    """At most so much, and the less that would be better still."""

    floor: float
    goal: float | None = None


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    name: str
    what: str
    """For a person."""
    job: str = ""
    """Ours; nothing if the row is no matter of time."""
    against: str = ""
    """The job of a peer: the figure is a ratio then."""
    beside: str = ""
    """What a peer takes, told beside our figure and not judged."""
    unit: str = "wall"
    """`wall` or `cpu`; `memory` for megabytes."""
    bounds: dict[int, Bound] = field(default_factory=dict)
    """By number of entries. A row without any is told, not judged."""
    most: int = SIZES[-1]
    """No larger digest than this: some peers take hours."""
    whole: bool = False
    """Does the whole work, so that its growth is judged."""


def bounds(*each: tuple[float, ...]) -> dict[int, Bound]:
    """For the sizes in order; a floor, and a goal if there is one."""
    return {size: Bound(*values) for size, values in zip(SIZES, each) if values}


ROWS = (
    Row(
        "build",
        "`digest build --no-search` from nothing, against Hugo",
        "build",
        "hugo",
        bounds=bounds((2.0, 1.2), (1.5, 1.0), (1.2, 0.8)),
        whole=True,
    ),
    Row(
        "build-search",
        "`digest build` from nothing, against Hugo followed by Pagefind",
        "build-search",
        "hugo-search",
        bounds=bounds((1.3, 1.0), (1.3, 1.0), (1.2, 0.9)),
        whole=True,
    ),
    Row(
        "material-blog",
        "`digest build` from nothing, against Material's blog plugin",
        "build-search",
        "material-blog",
        bounds=bounds((0.15,), (0.05,)),
        most=2_000,
    ),
    Row(
        "edit",
        "`digest build --no-search` after one entry's body changed, against Hugo's whole run",
        "edit",
        "hugo-again",
        bounds=bounds((0.8, 0.4), (0.4, 0.2), (0.15, 0.08)),
    ),
    Row(
        "edit-search",
        "the same with search, against Hugo followed by Pagefind",
        "edit-search",
        "hugo-search-again",
        bounds=bounds((0.5,), (0.3,), (0.2,)),
    ),
    Row(
        "edit-old",
        "the same with search, after one of the oldest entries changed",
        "edit-old",
        "hugo-search-again",
    ),
    Row(
        "unchanged",
        "`digest build` with nothing changed, against Hugo's whole run",
        "unchanged",
        "hugo-again",
        bounds=bounds((0.7, 0.4), (0.3,), (0.12,)),
    ),
    Row(
        "serve",
        "`digest serve`: from saving the file to the new text in the browser (s)",
        "serve",
        beside="hugo-server",
        bounds=bounds((0.2,), (0.25,), (0.5,)),
    ),
    Row("check", "`digest check`, from nothing (s)", "check", bounds=bounds((1.2,), (3.0,), (12.0,)), whole=True),
    Row("check-again", "`digest check`, again (s)", "check-again", bounds=bounds((0.5,), (0.8,), (2.0,))),
    Row(
        "memory",
        "peak memory of the largest process of ours, Pagefind aside (MB)",
        unit="memory",
        bounds=bounds((), (), (500.0,)),
    ),
    Row("help", "`digest --help`, processor time (s)", "help", unit="cpu", bounds=bounds((0.3,)), most=500),
)
NAMES = tuple(row.name for row in ROWS)


def rows_at(entries: int, only: Sequence[str]) -> list[Row]:
    """The rows to be measured at a size; `only` names some, or none for all."""
    return [row for row in ROWS if entries <= row.most and (not only or row.name in only)]


def jobs_of(rows: Sequence[Row]) -> set[str]:
    """What has to be measured for these rows."""
    return {job for row in rows for job in (row.job, row.against) if job}


def with_required(jobs: set[str]) -> set[str]:
    """These, and what must have run before."""
    return jobs | {REQUIRED[job] for job in jobs if job in REQUIRED}


def find_row(name: str) -> Row:
    """The row of this name; one that is no more, but was measured once, is what it was called."""
    return next((row for row in ROWS if row.name == name), Row(name, name))


def value_of(row: Row, ours: dict[str, Any], peer: dict[str, Any] | None) -> dict[str, Any]:
    """The figure of a row with its spread: a ratio of medians, or what ours costs.

    The spread of a ratio is that of the turns, in each of which both ran within the same minutes.
    """
    if row.unit == "memory":
        return {"value": ours["memory_mb"]}
    cost = ours[row.unit]
    if peer is None:
        return {"value": cost["median"], "least": cost["least"], "most": cost["most"]}
    turns = list(zip(cost["each"], peer[row.unit]["each"]))  # a slow peer may have run in fewer
    by_turn = [one / other for one, other in turns]
    ratio = statistics.median(one for one, _ in turns) / statistics.median(other for _, other in turns)
    return {"value": round(ratio, 3), "least": round(min(by_turn), 3), "most": round(max(by_turn), 3)}


def judge(value: float, bound: Bound | None) -> str:
    """`goal`, `floor` or `no`; nothing where nothing was asked."""
    if bound is None:
        return ""
    if bound.goal is not None and value <= bound.goal:
        return "goal"
    return "floor" if value <= bound.floor else "no"


def exponent(small: tuple[int, float], large: tuple[int, float]) -> float:
    """How cost grows with size: 1 is in proportion."""
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])
