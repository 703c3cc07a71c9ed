"""What `scripts/bench run` found, put into what was found before: `docs/benchmarks.json`.

Takes figures as they were measured; gives the whole record. What was measured anew takes the place of the same row at
the same size, whose medians go into the history; all else stays, each result with the session that it is from. What
follows from the figures (judgements, growth) is worked out anew each time.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import _rows

UNITS = ("entries", "references", "searched")
"""What a size counts."""
OTHERS = {"bibliographies": "references", "searches": "searched"}
"""Tables beside the rows, and what their size counts."""


@dataclass(frozen=True)
class Goal:
    """What a job over references or a search should cost at most: seconds, or what it costs beyond another job."""

    job: str
    unit: str
    """`wall` or `cpu`."""
    most: float
    beyond: str = ""
    """What goes beyond this job's cost."""
    references: int = 0
    """At a bibliography of this size."""
    searched: int = 0
    """Or in a search among so many."""


GOALS = (
    Goal("read-cold", "cpu", 4.0, beyond="read-start", references=10_000),
    Goal("read-warm", "cpu", 0.5, beyond="read-start", references=10_000),
    Goal("apa", "cpu", 5.0, references=10_000),
    Goal("search", "wall", 0.05, beyond="search-start", searched=10_000),
    Goal("search-query", "wall", 0.05, beyond="search-open", searched=10_000),
    Goal("search-changed", "wall", 1.0, beyond="search-start", searched=10_000),
)
"""5 s for 10,000 are 2,000 references a second."""


def summarize(found: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The whole record. `found` has a `session` and lists of `rows`, `sites`, `OTHERS` and `readers`."""
    session = found["session"]["id"]
    record: dict[str, Any] = {"sessions": {**before.get("sessions", {}), session: found["session"]}}
    history = list(before.get("history", []))
    for kind in ("rows", "sites", *OTHERS, "readers"):
        key = row_key if kind == "rows" else size_key
        new = [{**each, "session": session} for each in found.get(kind, [])]
        taken = {key(each) for each in new}
        replaced = [each for each in before.get(kind, []) if key(each) in taken]
        if kind == "sites":
            new = [with_built_before(each, replaced) for each in new]
        kept = [each for each in before.get(kind, []) if key(each) not in taken]
        history[:0] = [short for each in replaced for short in in_short(each, record["sessions"])]
        record[kind] = sorted([*kept, *new], key=key)
    record["history"] = history
    if "tagging" in before:
        record["tagging"] = before["tagging"]
    return with_judgements(record)


def with_built_before(site: dict[str, Any], before: list[dict[str, Any]]) -> dict[str, Any]:
    """The sites of one size: those of programs that were not run this time are told as they were."""
    built = [each["built"] for each in before if each["entries"] == site["entries"]]
    return {**site, "built": {**(built[0] if built else {}), **site["built"]}}


def row_key(result: dict[str, Any]) -> tuple[int, int]:
    """Rows stand in the order of the table, then by size."""
    return _rows.NAMES.index(result["row"]), result["entries"]


def size_key(result: dict[str, Any]) -> int:
    """Others by size."""
    size: int = result[unit_of(result)]
    return size


def unit_of(result: dict[str, Any]) -> str:
    """What its size counts. What is told of a site's entries tells their references too."""
    return next(unit for unit in ("entries", "searched", "references") if result.get(unit))


def in_short(result: dict[str, Any], sessions: dict[str, Any]) -> list[dict[str, Any]]:
    """A result as the history keeps it: medians, with the day and the commit."""
    session = sessions[result["session"]]
    about = {"measured": session["measured"], "commit": session["commit"], "cpu": session["machine"]["cpu"]}
    about[unit_of(result)] = result[unit_of(result)]
    if "row" in result:
        costs = {"ours": medians(result["ours"]), "peer": medians(result["peer"]), "value": result["value"]}
        return [{**about, "row": result["row"], **costs}]
    jobs = result.get("jobs", [])
    return [{**about, "row": job["name"], "ours": medians(job), "peer": None, "value": None} for job in jobs]


def medians(figures: dict[str, Any] | None) -> dict[str, float] | None:
    """Wall and processor time, as far as they were measured."""
    return figures and {unit: figures[unit]["median"] for unit in ("wall", "cpu") if unit in figures}


def with_judgements(record: dict[str, Any]) -> dict[str, Any]:
    """The record with all that follows from its figures; sessions that nothing is from any more are left out."""
    for result in record["rows"]:
        row = _rows.find_row(result["row"])
        bound = row.bounds.get(result["entries"])
        result["floor"] = bound.floor if bound else None
        result["goal"] = bound.goal if bound else None
        result["met"] = _rows.judge(result["value"], bound)
        result["before"] = next((each for each in record["history"] if is_same(each, result)), None)
    record["growth"] = growth(record["rows"])
    record["goals"] = [goal for kind in OTHERS for result in record[kind] for goal in judge(result)]
    used = {each["session"] for kind in ("rows", "sites", *OTHERS, "readers") for each in record[kind]}
    record["sessions"] = {key: session for key, session in sorted(record["sessions"].items()) if key in used}
    return record


def is_same(short: dict[str, Any], result: dict[str, Any]) -> bool:
    """Whether the history tells the same row at the same size."""
    return (short["row"], short.get("entries")) == (result["row"], result["entries"])


def growth(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The exponent of every row that does the whole work, from its smallest size to its largest, and of its peer.

    It is judged where all sizes of the table were measured.
    """
    found = []
    for row in (row for row in _rows.ROWS if row.whole):
        of_row = [result for result in results if result["row"] == row.name]
        if not of_row or of_row[0] is of_row[-1]:
            continue
        small, large = of_row[0], of_row[-1]
        told: dict[str, Any] = {"row": row.name, "from": small["entries"], "to": large["entries"]}
        for side in ("ours", "peer"):
            if small[side] and large[side]:
                told[side] = {unit: exponent_of(small, large, side, unit) for unit in ("wall", "cpu")}
        judged = (told["from"], told["to"]) == (_rows.SIZES[0], _rows.SIZES[-1])
        most = max(told["ours"].values())
        told["met"] = _rows.judge(most, _rows.Bound(_rows.MOST_GROWTH)) if judged else ""
        found.append(told)
    return found


def exponent_of(small: dict[str, Any], large: dict[str, Any], side: str, unit: str) -> float:
    """Of medians, to two places."""
    ends = [(result["entries"], result[side][unit]["median"]) for result in (small, large)]
    return round(_rows.exponent(*ends), 2)


def judge(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Each goal for this bibliography or search, with what was found."""
    jobs = {job["name"]: job for job in result["jobs"]}
    unit = unit_of(result)
    judged = []
    for goal in GOALS:
        if vars(goal)[unit] == result[unit] and goal.job in jobs:
            job = jobs[goal.job]
            value = job[goal.unit]["median"]
            if goal.beyond:
                value = round(value - jobs[goal.beyond][goal.unit]["median"], 3)
            judged.append({**vars(goal), "what": job["what"], "found": value})
    return judged
