"""`docs/benchmarks.json` as `docs/benchmarks.md`.

Takes the record; gives text. Every number on the page comes from it.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

from typing import Any

import _readers
import _rows
import _tagging_page
from _benchmark_record import unit_of
from _tables import seconds, table

INTRODUCTION = """\
`scripts/bench run` wrote this page, `benchmarks.json` and `benchmarks.svg` beside it; no figure is typed by hand. The
entries are made up (`scripts/bench make`), as long as real ones and spread over as many topics. All programs built the
same entries, months, topics and types of research on the same machine, in turns; a run to warm up is not counted.
*From nothing* is without a cache and without a site. An edit is one more sentence in the newest entry, and the built
page is looked at to see whether it is there. *Hugo's whole run* is then a run over the site that is there already."""
SIDES = """\
The sites are alike, not the same. Hugo's has the same entries and lists with the same text, the same feeds, files of
citations and newsletters, at other lengths; its citations are given to it ready-made, and it makes no packages for
learning platforms and no posters, less data and fewer redirects. Material's blog has the same entries, months and
topics, with a search index, feeds of the whole site alone, and one page for all types of research. Hugo's server shows
pages only: with feeds and files it takes several times as long to answer an edit."""


FINE = 0.1
"""Figures below this are told to three places."""
NAMES = {"build": "digest", "hugo": "Hugo", "material-blog": "Material's blog plugin"}
"""The jobs that tell what they built, and what the programs are called."""


def with_tagging(tagging: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The whole record with new figures of the suggestions: all else stays as it was measured."""
    kept = {name: part for name, part in before.get("tagging", {}).items() if name in _tagging_page.FROM_FILES}
    tagging = {**kept, **tagging}
    return {**before, "tagging": {**tagging, "goals": _tagging_page.wanted(tagging)}}


def page(record: dict[str, Any], chart: str = "") -> str:
    """`docs/benchmarks.md`: what `run` measured, if it did, then the suggestions, if they were."""
    parts = ["# Benchmarks", *(run_parts(record, chart) if "sessions" in record else [])]
    if "tagging" in record:
        parts += _tagging_page.tagging_part(record["tagging"])
    return "\n\n".join(parts) + "\n"


def run_parts(record: dict[str, Any], chart: str) -> list[str]:
    """What `scripts/bench run` measured."""
    parts = [INTRODUCTION]
    if record["rows"]:
        parts += ["## What was wanted", wanted(record["rows"]), said_of(record["rows"])]
        parts += [f"![Seconds by number of entries: digest and the others]({chart})"] if chart else []
        parts += growth_part(record["growth"])
    for size in record["sites"]:
        parts += size_part(size, [result for result in record["rows"] if result["entries"] == size["entries"]])
    if record["sites"]:
        parts += ["## What is on the sites", SIDES, *(built_table(size) for size in record["sites"])]
    for bibliography in record["bibliographies"]:
        parts += bibliography_part(bibliography)
    for search in record["searches"]:
        parts += search_part(search)
    if record.get("readers"):
        parts += readers_part(record["readers"])
    if record["goals"]:
        parts += ["## What was wanted of references and searches", goals_table(record["goals"])]
    parts += ["## Where and when", *(session_part(session) for session in record["sessions"].values())]
    if record["history"]:
        parts += ["## Earlier", "Medians, seconds of wall time.", history_table(record["history"])]
    return parts


def wanted(results: list[dict[str, Any]]) -> str:
    """A row a line, a size a column: what was found, what was asked, and whether it was met."""
    sizes = sorted({*_rows.SIZES, *(result["entries"] for result in results)})
    by_place = {(result["row"], result["entries"]): result for result in results}
    rows = []
    for row in _rows.ROWS:
        cells = [verdict(by_place.get((row.name, size)), row, size) for size in sizes]
        rows.append([row.what, *cells])
    return table(["", *(f"{size:,} entries" for size in sizes)], rows)


def verdict(result: dict[str, Any] | None, row: _rows.Row, size: int) -> str:
    """As `1.71 ≤ 2 (1.2): met`."""
    bound = row.bounds.get(size)
    if result is None:
        return f"≤ {limits(bound)}: not measured" if bound else ""
    if bound is None:
        return figure(result["value"], row)
    sign = "≤" if result["met"] != "no" else ">"
    words = {"goal": "met, goal too", "floor": "met", "no": "**not met**"}[result["met"]]
    return f"{figure(result['value'], row)} {sign} {limits(bound)}: {words}"


def verdicts(record: dict[str, Any], session: str) -> list[str]:
    """What a session found, a row and size a line, for a terminal."""
    return [
        f"{_rows.find_row(result['row']).what}, {result['entries']:,} entries: "
        + verdict(result, _rows.find_row(result["row"]), result["entries"]).replace("**", "")
        for result in record["rows"]
        if result["session"] == session
    ]


def limits(bound: _rows.Bound) -> str:
    """The floor, and in brackets the goal."""
    return f"{bound.floor:g}" + (f" ({bound.goal:g})" if bound.goal is not None else "")


def figure(value: float, row: _rows.Row) -> str:
    """A ratio, seconds or megabytes."""
    if row.unit == "memory":
        return f"{value:,.0f}"
    return f"{value:.3f}" if value < FINE else f"{value:.2f}"


def said_of(results: list[dict[str, Any]]) -> str:
    """How many were met, and what the table says."""
    judged = [result for result in results if result["met"]]
    about = (
        "A figure against another program is the ratio of the medians of wall time; (s) are seconds. A row without a "
        "floor is not judged."
    )
    if not judged:
        return about
    met = sum(result["met"] != "no" for result in judged)
    with_goal = [result for result in judged if result["goal"] is not None]
    goals = sum(result["met"] == "goal" for result in with_goal)
    return (
        f"Found, then the floor, in brackets the goal: {met} of {len(judged)} floors that were measured are met, and "
        f"{goals} of {len(with_goal)} goals. {about}"
    )


def growth_part(growth: list[dict[str, Any]]) -> list[str]:
    """Exponents."""
    if not growth:
        return []
    words = {"": "", "floor": "met", "no": "**not met**"}
    rows = [
        [
            _rows.find_row(each["row"]).what,
            f"{each['from']:,} to {each['to']:,}",
            exponents(each["ours"]),
            exponents(each.get("peer")),
            words[each["met"]],
        ]
        for each in growth
    ]
    heads = ["", "entries", "ours", "the other", f"at most {_rows.MOST_GROWTH:g}"]
    about = "The exponent by which cost grows with the number of entries, of wall time and (of processor time)."
    return ["## Growth", about, table(heads, rows)]


def exponents(found: dict[str, float] | None) -> str:
    """As `0.93 (0.98)`."""
    return f"{found['wall']:.2f} ({found['cpu']:.2f})" if found else ""


def size_part(size: dict[str, Any], results: list[dict[str, Any]]) -> list[str]:
    """The tables of one size: rows with their spread and what was before, jobs, and what is on the sites."""
    rows = [
        [
            _rows.find_row(result["row"]).what,
            cost(result["ours"], result),
            cost(result["peer"], result) or cost(result.get("beside"), result),
            between(result),
            before(result["before"]),
            day(result["session"]),
        ]
        for result in results
    ]
    jobs = {figures["name"]: figures for result in results for figures in shown(result)}
    corpus = f"Seed {size['seed']}, {size['references']:,} references, {size['words']:,} words."
    return [
        f"## {size['entries']:,} entries",
        f"{corpus} Medians; the spread is that of the turns.",
        table(["", "ours", "the other", "found (spread)", "before", "measured"], rows),
        jobs_table(list(jobs.values())),
    ]


def shown(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The jobs of a row that have all figures."""
    return [figures for figures in (result["ours"], result["peer"]) if figures and "cpu" in figures]


def cost(figures: dict[str, Any] | None, result: dict[str, Any]) -> str:
    """A median with its unit."""
    if figures is None:
        return ""
    unit = _rows.find_row(result["row"]).unit
    return f"{figures['memory_mb']:,} MB" if unit == "memory" else f"{figures[unit]['median']:.3f} s"


def between(result: dict[str, Any]) -> str:
    """The figure of a row with its spread."""
    row = _rows.find_row(result["row"])
    spread = f" ({figure(result['least'], row)} to {figure(result['most'], row)})" if "least" in result else ""
    return figure(result["value"], row) + spread


def before(short: dict[str, Any] | None) -> str:
    """What the row's figure was before, ours in seconds, when, and at which commit."""
    if short is None:
        return ""
    row = _rows.find_row(short["row"])
    value = figure(short["value"], row) if short["value"] is not None else ""
    if short["ours"] and row.unit in short["ours"] and (row.against or not value):
        value += f" (ours {short['ours'][row.unit]:.3f} s)"
    where = f"; {plain(short['commit'])}" if short["commit"] else ""
    return f"{value.strip()}, {short['measured']}{where}"


def day(session: str) -> str:
    """The day of a session's name."""
    return session.partition(" ")[0]


def plain(text: str) -> str:
    """What a person wrote, so that it stays one cell of a table and no markup."""
    return "".join(f"\\{sign}" if sign in r"\|`*_[]<>" else sign for sign in text)


def jobs_table(jobs: list[dict[str, Any]]) -> str:
    """What each run cost."""
    rows = [
        [job["what"], seconds(job["wall"]), seconds(job["cpu"]), f"{job['memory_mb']:,} MB", str(job["runs"])]
        for job in jobs
    ]
    return table(["", "wall time (s)", "processor time (s)", "memory of the largest process", "runs"], rows)


def built_table(size: dict[str, Any]) -> str:
    """How much of each kind is on the site of each program, at one size."""
    built = {name: size["built"][name] for name in NAMES if name in size["built"]}
    kinds = list(dict.fromkeys(kind for counts in built.values() for kind in counts))
    rows = []
    for kind in kinds:
        cells = [counts.get(kind, 0) for counts in built.values()]
        shown_ = [f"{cell / 1e6:.1f} MB" if kind == "html_bytes" else f"{cell:,}" for cell in cells]
        rows.append(["HTML" if kind == "html_bytes" else kind, *shown_])
    return table([f"of {size['entries']:,} entries", *(NAMES[name] for name in built)], rows)


def session_part(session: dict[str, Any]) -> str:
    """Machine, versions and commit of one session."""
    machine = session["machine"]
    place = f", {session['file_system']}" if session["file_system"] else ""
    versions = "; ".join(
        f"{name}: {', '.join(f'{package} {version}' for package, version in found.items())}"
        for name, found in session["versions"].items()
    )
    commit = f" At the commit “{plain(session['commit'])}”." if session["commit"] else ""
    return (
        f"**{session['id']}** on {machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}{place}; load of other work before it began {machine['load_before']}.{commit} "
        f"Versions: {versions}."
    )


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


def readers_part(found: list[dict[str, Any]]) -> list[str]:
    """The table of readers' searches, a size a line."""
    rows = []
    for size in sorted(found, key=lambda size: int(size["entries"])):
        entries = size["entries"]
        loaded, most_loaded = size["bytes"] / 1000, _readers.MOST_KB.get(entries)
        median, most = size["wall"]["median"], _readers.MOST_SECONDS.get(entries)
        rows.append(
            [
                f"{entries:,} entries",
                f"{loaded:.0f} KB" + (f" {sign(loaded <= most_loaded)} {most_loaded}" if most_loaded else ""),
                str(size["requests"]),
                f"{median:.3f} s" + (f" {sign(median <= most)} {most:g}" if most else ""),
                f"{size['wall']['most']:.3f} s",
            ]
        )
    about = (
        "What Chromium loads for a first result (one word of a title, ten hits, facets) beyond the page itself, "
        "but with the script that stands in it, compressed; and from the last letter of a word to its hits, "
        f"{found[0]['runs']} words typed one after the other."
    )
    return ["## A reader's search", about, table(["", "loaded", "requests", "median", "slowest"], rows)]


def sign(met: bool) -> str:  # noqa: FBT001 - the question is its only word
    """How a figure stands to what was wanted."""
    return "≤" if met else "**>**"


def size_in_words(result: dict[str, Any]) -> str:
    """As "500 entries"."""
    number = result[unit_of(result)]
    return {
        "entries": f"{number:,} entries",
        "references": f"{number:,} references",
        "searched": f"a search among {number:,} entries",
    }[unit_of(result)]


def goals_table(goals: list[dict[str, Any]]) -> str:
    """Wanted and found."""
    rows = []
    for goal in goals:
        unit = "wall time" if goal["unit"] == "wall" else "processor time"
        what = f"{goal['what']}, {size_in_words(goal)}: {unit}"
        what += f" beyond {goal['beyond']}'s" if goal["beyond"] else ""
        met = "yes" if goal["found"] <= goal["most"] else "**no**"
        rows.append([f"{what} (s)", f"{goal['most']:.3g}", f"{goal['found']:.3g}", met])
    return table(["", "at most", "found", "met"], rows)


def history_table(history: list[dict[str, Any]]) -> str:
    """What former measurements found."""
    rows = [
        [
            ", ".join(filter(None, (short["measured"], short["cpu"], plain(short["commit"])))),
            size_in_words(short),
            short["row"],
            said(short["ours"]),
            said(short["peer"]),
            figure(short["value"], _rows.find_row(short["row"])) if short["value"] is not None else "",
        ]
        for short in history
    ]
    return table(["when, where and at which commit", "size", "what", "ours", "the other", "found"], rows)


def said(costs: dict[str, float] | None) -> str:
    """Wall time, if it was measured."""
    return f"{costs['wall']:.2f}" if costs and "wall" in costs else ""
