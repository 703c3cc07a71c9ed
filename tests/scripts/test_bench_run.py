"""`scripts/bench run`: figures that nobody typed, and what follows from them."""

import itertools
import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
NEEDS_WAIT4 = pytest.mark.skipif(not hasattr(__import__("os"), "wait4"), reason="cannot tell what a program cost")


def figures(name, *walls):
    """A job's figures; three turns unless there are more."""
    each = list(walls) if len(walls) > 1 else [walls[0]] * 3
    median = sorted(each)[len(each) // 2]
    spread = {"median": median, "least": min(each), "most": max(each), "each": each}
    return {"name": name, "what": f"job {name}", "runs": len(each), "wall": spread, "cpu": spread, "memory_mb": 99}


def result(scripts, name, entries, ours, peer=None):
    """A row as a run finds it."""
    row = scripts("_rows").find_row(name)
    both = figures(row.job, *ours), figures(row.against, *peer) if peer else None
    found = {"row": name, "entries": entries, "seed": 1, "ours": both[0], "peer": both[1]}
    return {**found, **scripts("_rows").value_of(row, *both)}


def session(name="2026-11-22 05:00:00 UTC", commit="Do it"):
    return {
        "id": name,
        "measured": name[:10],
        "commit": commit,
        "machine": {"cpu": "A processor", "cores": 2, "memory_gb": 8.1, "system": "Linux 6", "load_before": 0.1},
        "file_system": "tmpfs",
        "versions": {"digest": {"python": "3.11.7"}, "hugo": {"hugo": "0.168.0"}},
    }


def site(entries, **built):
    return {"entries": entries, "seed": 1, "references": 700, "words": 150_000, "built": built}


def summarize(scripts, rows, before=None, **others):
    """The record after a run, as it comes back from the file."""
    found = {"session": others.pop("session", session()), "rows": rows, **others}
    return json.loads(json.dumps(scripts("_benchmark_record").summarize(found, before or {})))


def test_a_ratio_is_that_of_the_medians_and_its_spread_that_of_the_turns(scripts):
    (row,) = summarize(scripts, [result(scripts, "build", 500, (1.0, 2.0, 6.0), (2.0, 1.0, 2.0))])["rows"]
    assert (row["value"], row["least"], row["most"]) == (1.0, 0.5, 3.0)


def test_a_peer_that_ran_less_often_is_compared_turn_by_turn_as_far_as_it_ran(scripts):
    row = result(scripts, "material-blog", 500, (1.0, 2.0, 3.0), (10.0, 8.0))
    assert (row["value"], row["least"], row["most"]) == (0.167, 0.1, 0.25)


@pytest.mark.parametrize(
    ("value", "floor", "goal", "expected"),
    [
        (1.2, 2.0, 1.2, "goal"),
        (1.3, 2.0, 1.2, "floor"),
        (2.0, 2.0, None, "floor"),
        (2.1, 2.0, 1.2, "no"),
        (0.1, 2.0, None, "floor"),
    ],
)
def test_a_figure_may_be_as_large_as_its_floor_and_its_goal(scripts, value, floor, goal, expected):
    rows = scripts("_rows")
    assert rows.judge(value, rows.Bound(floor, goal)) == expected


def test_a_row_without_a_floor_is_told_and_not_judged(scripts):
    record = summarize(scripts, [result(scripts, "build", 40, (3.0,), (1.0,))])
    assert record["rows"][0]["met"] == ""
    assert "| 3.00 |" in scripts("_benchmark_page").page(record)


def test_every_floor_of_the_table_is_looked_at(scripts):
    rows = scripts("_rows")
    by_name = {row.name: {size: (b.floor, b.goal) for size, b in row.bounds.items()} for row in rows.ROWS}
    assert by_name["build"] == {500: (2.0, 1.2), 2_000: (1.5, 1.0), 10_000: (1.2, 0.8)}
    assert by_name["material-blog"] == {500: (0.15, None), 2_000: (0.05, None)}
    assert by_name["memory"] == {10_000: (500.0, None)}
    assert sum(map(len, by_name.values())) == 28
    for row in rows.ROWS:
        assert all(bound.goal is None or bound.goal < bound.floor for bound in row.bounds.values())
        assert max(row.bounds, default=0) <= row.most


def test_each_row_asks_for_jobs_that_there_are_and_for_what_must_run_before(scripts):
    rows, jobs, peers = scripts("_rows"), scripts("_jobs"), scripts("_peers")
    known = set(jobs.ORDER)
    assert rows.jobs_of(rows.ROWS) - {"serve"} <= known
    assert set(rows.REQUIRED) | set(rows.REQUIRED.values()) | rows.HEAVY <= known
    assert {job for peer in peers.PEERS for job in peer.jobs} <= known
    assert rows.with_required({"edit"}) == {"edit", "build"}


def test_only_some_rows_and_no_hour_long_peer_at_the_largest_size(scripts):
    rows = scripts("_rows")
    assert [row.name for row in rows.rows_at(500, ["edit", "check"])] == ["edit", "check"]
    assert "material-blog" in {row.name for row in rows.rows_at(2_000, [])}
    assert "material-blog" not in {row.name for row in rows.rows_at(10_000, [])}


def test_growth_is_judged_from_the_smallest_to_the_largest_size_only(scripts):
    costs = {500: 1.0, 2_000: 4.0, 10_000: 20.0}
    rows = [result(scripts, "build", size, (cost,), (cost * 2,)) for size, cost in costs.items()]
    (growth,) = summarize(scripts, rows)["growth"]
    assert growth["ours"] == growth["peer"] == {"wall": 1.0, "cpu": 1.0}
    assert growth["met"] == "floor"
    assert summarize(scripts, rows[:2])["growth"][0]["met"] == ""
    assert summarize(scripts, rows[:1])["growth"] == []
    rows[2] = result(scripts, "build", 10_000, (30.0,), (40.0,))
    record = summarize(scripts, rows)
    assert record["growth"][0]["met"] == "no"
    assert "1.14 (1.14) | 1.00 (1.00) | **not met** |" in scripts("_benchmark_page").page(record)


def test_a_part_that_is_measured_anew_leaves_the_rest_and_keeps_what_it_replaces(scripts):
    rows = [result(scripts, name, 500, (2.0,), (1.0,)) for name in ("build", "edit")]
    rows += [result(scripts, "build", 2_000, (8.0,), (4.0,))]
    first = summarize(scripts, rows, sites=[site(500, build={"pages": 9}, hugo={"pages": 7})])
    later = session("2026-11-23 05:00:00 UTC", "Do it | *twice*")
    new = [result(scripts, "build", 500, (0.5,), (1.0,))]
    second = summarize(scripts, new, first, session=later, sites=[site(500, build={"pages": 11})])
    assert [(row["row"], row["entries"], row["value"], row["session"][:10]) for row in second["rows"]] == [
        ("build", 500, 0.5, "2026-11-23"),
        ("build", 2_000, 2.0, "2026-11-22"),
        ("edit", 500, 2.0, "2026-11-22"),
    ]
    assert second["sites"][0]["built"] == {"build": {"pages": 11}, "hugo": {"pages": 7}}
    assert [(each["row"], each["value"], each["commit"]) for each in second["history"]] == [("build", 2.0, "Do it")]
    shown = scripts("_benchmark_page").page(second)
    assert "2.00 (ours 2.000 s), 2026-11-22; Do it" in shown
    assert "“Do it \\| \\*twice\\*”" in shown
    third = summarize(scripts, rows, second, session=session("2026-11-24 05:00:00 UTC"))
    assert sorted(third["sessions"]) == ["2026-11-23 05:00:00 UTC", "2026-11-24 05:00:00 UTC"]
    assert [each["value"] for each in third["history"]] == [0.5, 2.0, 2.0, 2.0]


def test_the_page_says_of_each_row_whether_it_is_met(scripts):
    rows = [result(scripts, "build", 500, (1.0,), (1.0,)), result(scripts, "edit", 500, (2.0,), (1.0,))]
    rows += [result(scripts, "check", 500, (1.0,))]
    shown = scripts("_benchmark_page").page(
        summarize(scripts, rows, sites=[site(500, build={"html_bytes": 9_800_000})])
    )
    assert "| 1.00 ≤ 2 (1.2): met, goal too | ≤ 1.5 (1): not measured |" in shown
    assert "| 2.00 > 0.8 (0.4): **not met** |" in shown
    assert "| 1.00 ≤ 1.2: met |" in shown
    assert "2 of 3 floors that were measured are met, and 1 of 2 goals" in shown
    assert "| HTML | 9.8 MB |" in shown
    assert "tmpfs; load of other work before it began 0.1" in shown


def test_the_picture_tells_every_figure_in_words_too_and_draws_each_line_once(scripts):
    rows = [result(scripts, "build", size, (size / 500,), (size / 1000,)) for size in (500, 2_000, 10_000)]
    rows += [result(scripts, "material-blog", 500, (1.0,), (9.0,))]
    rows += [result(scripts, "edit", 500, (0.1,), (0.5,))]
    picture = scripts("_chart").chart(summarize(scripts, rows)["rows"])
    root = ET.fromstring(picture)
    names = {"svg": "http://www.w3.org/2000/svg"}
    said = root.findtext("svg:desc", "", namespaces=names)
    assert "digest, no search: 1 s at 500, 4 s at 2,000, 20 s at 10,000" in said
    assert "Material's blog: 9 s at 500" in said
    assert len(root.findall("svg:polyline", names)) == 5
    heights = [float(text.get("y", "")) for text in root.findall("svg:text", names) if ": " in (text.text or "")]
    assert len(heights) == len(set(heights)) == 5
    assert "prefers-color-scheme: dark" in picture
    assert scripts("_chart").chart([]) == ""


def test_names_at_the_end_of_lines_never_stand_over_each_other(scripts):
    chart = scripts("_chart")
    for places in ([10.0, 10.0, 11.0], [300.0, 300.0, 300.0], [5.0, 200.0, 100.0]):
        moved = sorted(chart.apart(places, 300.0))
        assert all(below - above >= chart.LINE for above, below in itertools.pairwise(moved))
        assert moved[-1] <= 300.0


def with_references(factor=1.0):
    """What a run might find of reading and formatting references."""
    costs = {"read-start": 0.3, "read-cold": 3.3, "read-warm": 0.7, "apa": 4.0}
    jobs = [figures(name, cost if name == "read-start" else cost * factor) for name, cost in costs.items()]
    return [{"references": 10_000, "seed": 1, "jobs": jobs}]


def test_references_are_judged_beyond_the_start_of_the_program(scripts):
    page = scripts("_benchmark_page")
    found = summarize(scripts, [], bibliographies=with_references())
    assert {goal["job"]: goal["found"] for goal in found["goals"]} == {"read-cold": 3.0, "read-warm": 0.4, "apa": 4.0}
    shown = page.page(found)
    assert "## 10,000 references" in shown
    assert re.search(r"\| job apa \|.*\| 2,500 \|", shown)
    assert "job read-warm, 10,000 references: processor time beyond read-start's (s) | 0.5 | 0.4 | yes" in shown
    again = summarize(scripts, [], found, bibliographies=with_references(2), session=session("2026-11-23 05:00:00 UTC"))
    shown = page.page(again)
    assert "**no**" in shown
    assert "| 10,000 references | read-cold | 3.30 |" in shown


@NEEDS_WAIT4
def test_references_are_read_from_nothing_then_from_the_cache_and_formatted(scripts, tmp_path):
    measure = scripts("_measure")
    jobs = scripts("_bibliography").reference_jobs(120, 1, tmp_path)
    assert len((tmp_path / "digest" / "bib" / "references.bib").read_text()) > 64 * 1024
    results = measure.measure_side_by_side(jobs, 1, lambda text: None)
    assert [result.job.name for result in results] == ["read-start", "read-cold", "read-warm", "apa"]
    shutil.rmtree(tmp_path / "digest" / ".digest")
    with pytest.raises(measure.BenchFailed, match="keeps nothing"):
        jobs[2].verify()


def test_every_figure_on_the_page_is_one_that_was_measured(scripts):
    page = scripts("_benchmark_page")
    if not (DOCS / "benchmarks.json").is_file():
        pytest.skip("nothing was measured yet: `scripts/bench run`")
    record = json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8"))
    picture = scripts("_chart").chart(record["rows"])
    name = "benchmarks.svg" if picture else ""
    assert page.page(record, name) == (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    assert not picture or picture == (DOCS / name).read_text(encoding="utf-8")
    assert re.findall(r"\d", page.INTRODUCTION + page.SIDES) == []


@NEEDS_WAIT4
def test_a_run_counts_what_its_children_cost_and_starts_from_nothing(scripts, tmp_path):
    measure = scripts("_measure")
    (tmp_path / "cache").mkdir()
    child = "sum(range(6_000_000))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    command = [sys.executable, "-c", parent]
    run = measure.measure(measure.Job("x", "x", command, tmp_path, [tmp_path / "cache"]))
    assert run.cpu > 0.03
    assert run.wall >= run.cpu * 0.5
    assert run.memory > 1_000_000
    assert not (tmp_path / "cache").exists()


@NEEDS_WAIT4
def test_commands_that_belong_together_are_measured_as_one(scripts, tmp_path):
    measure = scripts("_measure")
    sleep = [sys.executable, "-c", "import time; time.sleep(0.1)"]
    once = measure.measure(measure.Job("x", "x", sleep, tmp_path))
    twice = measure.measure(measure.Job("x", "x", sleep, tmp_path, then=[sleep, sleep]))
    assert once.wall > 0.1
    assert twice.wall > 0.3


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="this system does not tell of each process")
def test_the_memory_of_a_watched_run_is_that_of_its_largest_process_pagefind_aside(scripts, tmp_path):
    measure = scripts("_measure")
    aside = tmp_path / "pagefind"
    shutil.copy(Path(sys.executable).resolve(), aside)
    eat = "import time; eaten = bytearray({}); time.sleep(0.4)"
    parent = (
        "import subprocess, sys\n"
        f"both = [subprocess.Popen([{str(aside)!r}, '-S', '-c', {eat.format(300_000_000)!r}]),\n"
        f"        subprocess.Popen([sys.executable, '-c', {eat.format(100_000_000)!r}])]\n"
        "sys.exit(sum(each.wait() for each in both))\n"
    )
    environment = {"PYTHONHOME": sys.base_prefix}
    job = measure.Job("x", "x", [sys.executable, "-c", parent], tmp_path, environment=environment)
    assert 100_000_000 < measure.measure(job, watched=True).memory < 200_000_000
    assert measure.measure(job).memory > 300_000_000


@NEEDS_WAIT4
def test_an_edit_is_made_before_each_run_and_looked_for_after_it(scripts, tmp_path):
    measure, edits = scripts("_measure"), scripts("_edits")
    file, page = tmp_path / "entry.md", tmp_path / "page.html"
    file.write_text("---\ntitle: A\n---\nSummary.\n\n## Practice implications\n\nDo.\n", encoding="utf-8")
    copy = [sys.executable, "-c", f"import shutil; shutil.copy({str(file)!r}, {str(page)!r})"]
    job = measure.Job("x", "x", copy, tmp_path, change=edits.Edit(file, page).change)
    measure.warm_up([job], lambda text: None)
    measure.measure_side_by_side([job], 2, lambda text: None)
    text = file.read_text(encoding="utf-8")
    assert edits.word(3) in text
    assert edits.word(2) not in text
    assert text.count("What was added") == 1
    lazy = measure.Job("x", "x", [sys.executable, "-c", ""], tmp_path, change=job.change)
    with pytest.raises(measure.BenchFailed, match="does not show what was written"):
        measure.measure_side_by_side([lazy], 1, lambda text: None)


@NEEDS_WAIT4
def test_what_is_slow_is_not_warmed_up_and_may_run_less_often(scripts, tmp_path):
    measure = scripts("_measure")
    nothing = [sys.executable, "-S", "-c", ""]
    jobs = [measure.Job("a", "a", nothing, tmp_path), measure.Job("b", "b", nothing, tmp_path, ours=True, slow=True)]
    assert measure.warm_up(jobs, lambda text: None) == {}
    results = measure.measure_side_by_side(jobs, 3, lambda text: None, slow_runs=1)
    assert [len(result.runs) for result in results] == [3, 1]
    results = measure.measure_side_by_side(jobs, 2, lambda text: None)
    assert [len(result.runs) for result in results] == [2, 2]


def test_a_command_that_fails_is_a_sentence_with_its_words(scripts, tmp_path):
    measure = scripts("_measure")
    job = measure.Job("x", "The thing", [sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path)
    with pytest.raises(measure.BenchFailed, match=r"(?s)The thing failed.*no such luck"):
        measure.measure(job)


def test_the_file_system_is_that_of_the_nearest_mount(scripts, tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/x / ext4 rw 0 0\nnone {tmp_path / 'fast'} tmpfs rw 0 0\nnone /elsewhere zfs rw 0 0\n")
    (tmp_path / "fast" / "deep").mkdir(parents=True)
    kind = scripts("_measure").file_system_of
    assert kind(tmp_path / "fast" / "deep", mounts) == "tmpfs"
    assert kind(tmp_path, mounts) == "ext4"
    assert kind(tmp_path, tmp_path / "none") == ""


@pytest.fixture
def bench(scripts, monkeypatch):
    """The program itself; what it measures in is there already."""
    scripts("_rows")
    loader = SourceFileLoader("bench", str(ROOT / "scripts" / "bench"))
    spec = spec_from_loader("bench", loader)
    assert spec is not None
    program = module_from_spec(spec)
    loader.exec_module(program)
    monkeypatch.setattr(program, "get_ready", lambda **_: None)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["bench", *map(str, arguments)])
        return program.main()

    return run


@NEEDS_WAIT4
def test_a_run_of_some_rows_writes_page_and_figures_and_a_later_one_adds_to_them(bench, tmp_path, capsys):
    page = tmp_path / "docs" / "page.md"
    where = ("--output", page, "--work-dir", tmp_path / "work")
    assert bench("run", "--quick", "--sizes", "3", "--only", "check", "check-again", *where) == 0
    assert "`digest check`, again (s), 3 entries: " in capsys.readouterr().out
    first = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert [row["row"] for row in first["rows"]] == ["check", "check-again"]
    assert {row["ours"]["runs"] for row in first["rows"]} == {3}
    assert bench("run", "--quick", "--sizes", "3", "--only", "help", *where) == 0
    second = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert [row["row"] for row in second["rows"]] == ["check", "check-again", "help"]
    assert second["rows"][:2] == first["rows"]
    assert "## 3 entries" not in page.read_text(encoding="utf-8").split("## Where and when")[1]
    assert list((tmp_path / "work").iterdir()) == []
