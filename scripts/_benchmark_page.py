"""What `scripts/bench run` found, as `docs/benchmarks.json` and `docs/benchmarks.md`.

Takes figures as they were measured; gives text. Every number on the page comes from them.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import _tagging_page
from _tables import seconds, table

EARLIER = 20
"""So many earlier measurements stay on the page."""


INTRODUCTION = """\
`scripts/bench run` wrote this page and `benchmarks.json` beside it; no figure is typed by hand. The entries are made up
(`scripts/bench make`), as long as real ones and spread over as many topics. All programs ran on the same entries, in
turns. Each ran from nothing, without a search index."""


@dataclass(frozen=True)
class Goal:
    """What a job should cost at most: seconds, its share of what another job costs beside it, or what it costs more."""

    job: str
    unit: str
    """`wall` or `cpu`."""
    most: float
    against: str = ""
    """As a share of this job's cost."""
    beyond: str = ""
    """What goes beyond this job's cost."""
    entries: int = 500
    """At this size."""
    references: int = 0
    """Or at a bibliography of this size."""
    searched: int = 0
    """Or in a search among so many."""


GOALS = (
    Goal("check", "wall", 2.0),
    Goal("build", "wall", 1 / 3, against="material-blog"),
    Goal("help", "cpu", 0.3),
    Goal("read-cold", "cpu", 4.0, beyond="read-start", references=10_000),
    Goal("read-warm", "cpu", 0.5, beyond="read-start", references=10_000),
    Goal("apa", "cpu", 5.0, references=10_000),
    Goal("search", "wall", 0.05, beyond="search-start", searched=10_000),
    Goal("search-query", "wall", 0.05, beyond="search-open", searched=10_000),
    Goal("search-changed", "wall", 1.0, beyond="search-start", searched=10_000),
)
"""5 s for 10,000 are 2,000 references a second."""


def summarize(found: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The whole record: the new figures, the ratios that follow from them, and the medians of earlier measurements."""
    sizes = [*found["sizes"], *found.get("bibliographies", []), *found.get("searches", [])]
    found["ratios"] = [ratio for size in found["sizes"] for ratio in ratios(size)]
    found["goals"] = [goal for size in sizes for goal in judge(size)]
    found["earlier"] = ([in_short(before), *before["earlier"]] if "sizes" in before else [])[:EARLIER]
    return {**found, "tagging": before["tagging"]} if "tagging" in before else found


def with_tagging(tagging: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The whole record with new figures of the suggestions: all else stays as it was measured."""
    return {**before, "tagging": {**tagging, "goals": _tagging_page.wanted(tagging)}}


def in_short(found: dict[str, Any]) -> dict[str, Any]:
    """A measurement as later ones remember it."""
    medians = [
        {
            unit: size[unit],
            "name": job["name"],
            "wall": job["wall"]["median"],
            "cpu": job["cpu"]["median"],
        }
        for unit, sizes in (
            ("entries", found["sizes"]),
            ("references", found.get("bibliographies", [])),
            ("searched", found.get("searches", [])),
        )
        for size in sizes
        for job in size["jobs"]
    ]
    versions = found["versions"]["digest"]
    return {"measured": found["measured"], "cpu": found["machine"]["cpu"], "versions": versions, "medians": medians}


def ratios(size: dict[str, Any]) -> list[dict[str, Any]]:
    """What `digest build` costs against each peer, by medians."""
    jobs = {job["name"]: job for job in size["jobs"]}
    return [
        {
            "entries": size["entries"],
            "job": "build",
            "against": name,
            "wall": share(jobs["build"], peer, "wall"),
            "cpu": share(jobs["build"], peer, "cpu"),
        }
        for name, peer in jobs.items()
        if name in size["peers"]
    ]


def share(job: dict[str, Any], peer: dict[str, Any], unit: str) -> float:
    """One median as a share of another."""
    return float(round(job[unit]["median"] / peer[unit]["median"], 3))


def judge(size: dict[str, Any]) -> list[dict[str, Any]]:
    """Each goal for this size, with what was found."""
    jobs = {job["name"]: job for job in size["jobs"]}
    unit = unit_of(size)
    judged = []
    for goal in GOALS:
        if (unit_of(vars(goal)), vars(goal)[unit_of(vars(goal))]) == (unit, size[unit]):
            job = jobs[goal.job]
            value = share(job, jobs[goal.against], goal.unit) if goal.against else job[goal.unit]["median"]
            if goal.beyond:
                value = round(value - jobs[goal.beyond][goal.unit]["median"], 3)
            judged.append({**vars(goal), "what": job["what"], "most": round(goal.most, 3), "found": value})
    return judged


def unit_of(size: dict[str, Any]) -> str:
    """What its size counts. A digest's part tells its references too, beside its peers."""
    if size.get("searched"):
        return "searched"
    return "references" if size.get("references") and "peers" not in size else "entries"


def page(found: dict[str, Any]) -> str:
    """`docs/benchmarks.md`: what `run` measured, if it did, then the suggestions, if they were."""
    parts = ["# Benchmarks", *(run_parts(found) if "sizes" in found else [])]
    if "tagging" in found:
        parts += _tagging_page.tagging_part(found["tagging"])
    return "\n\n".join(parts) + "\n"


def run_parts(found: dict[str, Any]) -> list[str]:
    """What `scripts/bench run` measured."""
    machine = found["machine"]
    parts = [
        INTRODUCTION,
        "Measured on {measured}, {cpu}, {cores} cores, {memory_gb} GB, {system}.".format(**found, **machine),
        f"Load of other work before it began: {machine['load_before']}.",
        *(
            f"Versions of {name}: {', '.join(f'{package} {version}' for package, version in versions.items())}."
            for name, versions in found["versions"].items()
        ),
    ]
    for size in found["sizes"]:
        parts += size_part(size)
    for bibliography in found.get("bibliographies", []):
        parts += bibliography_part(bibliography)
    for search in found.get("searches", []):
        parts += search_part(search)
    if found["goals"]:
        parts += ["## What was wanted", goals_table(found["goals"])]
    if found["earlier"]:
        parts += ["## Earlier", "Medians, seconds of wall time (of processor time).", earlier_table(found["earlier"])]
    return parts


def size_part(size: dict[str, Any]) -> list[str]:
    """The tables of one size."""
    rows = [
        [
            job["what"],
            seconds(job["wall"]),
            seconds(job["cpu"]),
            f"{job['memory_mb']} MB",
            str(job["output"].get("pages", "")),
            f"{job['output']['html_bytes'] / 1e6:.1f} MB" if job["output"] else "",
        ]
        for job in size["jobs"]
    ]
    names = {job["name"]: job["what"] for job in size["jobs"]}
    against = [
        [f"{names[ratio['job']]} / {names[ratio['against']]}", f"{ratio['wall']:.3f}", f"{ratio['cpu']:.3f}"]
        for ratio in ratios(size)
    ]
    corpus = f"Seed {size['seed']}, {size['references']:,} references, {size['words']:,} words."
    runs = (
        f"Medians of {size['jobs'][0]['runs']} runs, in brackets the least and the most; memory of the largest process."
    )
    return [
        f"## {size['entries']:,} entries",
        f"{corpus} {runs}",
        table(["", "wall time (s)", "processor time (s)", "memory", "pages", "HTML"], rows),
        table(["ratio of medians", "wall time", "processor time"], against),
    ]


def bibliography_part(bibliography: dict[str, Any]) -> list[str]:
    """The table of one bibliography."""
    number = bibliography["references"]
    rows = [
        [
            job["what"],
            seconds(job["wall"]),
            seconds(job["cpu"]),
            f"{job['memory_mb']} MB",
            "" if job["name"] == "read-start" else f"{number / job['cpu']['median']:,.0f}",
        ]
        for job in bibliography["jobs"]
    ]
    about = f"Seed {bibliography['seed']}, with LaTeX accents in every reference; no entries."
    runs = f"Medians of {bibliography['jobs'][0]['runs']} runs, each with the start of the program."
    heads = ["", "wall time (s)", "processor time (s)", "memory", "references a second of processor time"]
    return [f"## {number:,} references", f"{about} {runs}", table(heads, rows)]


def search_part(search: dict[str, Any]) -> list[str]:
    """The table of searches among so many entries."""
    rows = [
        [job["what"], seconds(job["wall"]), seconds(job["cpu"]), f"{job['memory_mb']} MB"] for job in search["jobs"]
    ]
    about = f"Seed {search['seed']}. Medians of {search['jobs'][0]['runs']} runs, each with the start of the program."
    heads = ["", "wall time (s)", "processor time (s)", "memory"]
    return [f"## A search among {search['searched']:,} entries", about, table(heads, rows)]


def size_in_words(size: dict[str, Any]) -> str:
    """As "500 entries"."""
    number = size[unit_of(size)]
    return {
        "entries": f"{number:,} entries",
        "references": f"{number:,} references",
        "searched": f"a search among {number:,} entries",
    }[unit_of(size)]


def goals_table(goals: list[dict[str, Any]]) -> str:
    """Wanted and found."""
    rows = []
    for goal in goals:
        unit = "wall time" if goal["unit"] == "wall" else "processor time"
        what = f"{goal['what']}, {size_in_words(goal)}: {unit}"
        what += f" beyond {goal['beyond']}'s" if goal["beyond"] else ""
        what += f" as a share of {goal['against']}'s" if goal["against"] else " (s)"
        met = "yes" if goal["found"] <= goal["most"] else "**no**"
        rows.append([what, f"{goal['most']:.3g}", f"{goal['found']:.3g}", met])
    return table(["", "at most", "found", "met"], rows)


def earlier_table(earlier: list[dict[str, Any]]) -> str:
    """What former measurements found."""
    rows = [
        [
            f"{run['measured']}, {run['cpu']}, digest {run['versions']['digest-evidence']}",
            size_in_words(median),
            median["name"],
            f"{median['wall']:.2f} ({median['cpu']:.2f})",
        ]
        for run in earlier
        for median in run["medians"]
    ]
    return table(["when and where", "size", "what", "seconds"], rows)
