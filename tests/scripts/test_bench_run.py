"""`scripts/bench run`: figures that nobody typed, of sites that hold what they should."""

import json
import re
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


@pytest.fixture
def scripts(monkeypatch):
    """Imports a module of `scripts/`."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    before = set(sys.modules)
    yield import_module
    for name in set(sys.modules) - before:
        if name.startswith("_"):
            del sys.modules[name]


def measured(entries=500, factor=1.0):
    """What a run might find, every figure another."""

    def job(name, what, wall):
        wall *= factor
        spread = {"median": wall, "least": wall - 0.01, "most": wall + 0.01}
        output = {"pages": 123, "html_bytes": 4_500_000} if name in {"build", "material-blog"} else {}
        return {
            "name": name,
            "what": what,
            "runs": 5,
            "wall": spread,
            "cpu": spread,
            "memory_mb": 99,
            "output": output,
        }

    jobs = [job("help", "help", 0.25), job("check", "check", 1.5), job("build", "build", 2.0)]
    return {
        "measured": "2026-11-22",
        "machine": {"cpu": "A processor", "cores": 2, "memory_gb": 8.1, "system": "Linux 6", "load_before": 0.1},
        "versions": {"digest": {"python": "3.11.7", "digest-evidence": "0.1.0"}},
        "sizes": [
            {
                "entries": entries,
                "seed": 1,
                "references": 700,
                "words": 150_000,
                "peers": ["material-blog"],
                "jobs": [*jobs, job("material-blog", "the blog plugin", 8.0)],
            }
        ],
    }


def test_ratios_and_goals_follow_from_the_medians(scripts):
    page = scripts("_benchmark_page")
    found = page.summarize(measured(), {})
    assert found["ratios"] == [{"entries": 500, "job": "build", "against": "material-blog", "wall": 0.25, "cpu": 0.25}]
    assert {goal["job"]: goal["found"] for goal in found["goals"]} == {"check": 1.5, "build": 0.25, "help": 0.25}
    assert "**no**" not in page.page(found)
    assert "**no**" in page.page(page.summarize(measured(factor=2), {}))


def test_a_goal_holds_for_its_size_only(scripts):
    page = scripts("_benchmark_page")
    assert page.summarize(with_references(measured(entries=30), 700), {})["goals"] == []


def with_references(found, references=10_000, factor=1.0):
    """What a run might find of reading and formatting references."""
    costs = {"read-start": 0.3, "read-cold": 3.3, "read-warm": 0.7, "apa": 4.0}
    jobs = []
    for name, cost in costs.items():
        cpu = cost if name == "read-start" else cost * factor
        spread = {"median": cpu, "least": cpu, "most": cpu}
        jobs.append({"name": name, "what": f"job {name}", "runs": 5, "wall": spread, "cpu": spread, "memory_mb": 9})
    found["bibliographies"] = [{"references": references, "seed": 1, "jobs": jobs}]
    return found


def test_references_are_judged_beyond_the_start_of_the_program(scripts):
    page = scripts("_benchmark_page")
    found = page.summarize(with_references(measured()), {})
    of_references = {goal["job"]: goal["found"] for goal in found["goals"] if goal["references"]}
    assert of_references == {"read-cold": 3.0, "read-warm": 0.4, "apa": 4.0}
    shown = page.page(found)
    assert "## 10,000 references" in shown
    assert re.search(r"\| job apa \|.*\| 2,500 \|", shown)
    assert "job read-warm, 10,000 references: processor time beyond read-start's (s) | 0.5 | 0.4 | yes" in shown
    assert "**no**" in page.page(page.summarize(with_references(measured(), factor=2), {}))
    later = page.page(page.summarize(with_references(measured()), json.loads(json.dumps(found))))
    assert "| 10,000 references | read-cold | 3.30 (3.30) |" in later


@pytest.mark.skipif(not hasattr(__import__("os"), "wait4"), reason="this system does not tell what a program cost")
def test_references_are_read_from_nothing_then_from_the_cache_and_formatted(scripts, tmp_path):
    measure = scripts("_measure")
    jobs = scripts("_bibliography").reference_jobs(120, 1, tmp_path)
    assert len((tmp_path / "digest" / "bib" / "references.bib").read_text()) > 64 * 1024
    results = measure.measure_side_by_side(jobs, 1, lambda text: None)
    assert [result.job.name for result in results] == ["read-start", "read-cold", "read-warm", "apa"]
    shutil.rmtree(tmp_path / "digest" / ".digest")
    with pytest.raises(measure.BenchFailed, match="keeps nothing"):
        jobs[2].verify()


def test_earlier_figures_stay_beside_the_new_ones(scripts):
    page = scripts("_benchmark_page")
    first = page.summarize(measured(factor=3), {})
    second = page.summarize(measured(), json.loads(json.dumps(first)))
    assert [run["medians"][2]["wall"] for run in second["earlier"]] == [6.0]
    assert "6.00 (6.00)" in page.page(second)
    third = page.summarize(measured(), second)
    assert len(third["earlier"]) == 2


def test_every_figure_on_the_page_is_one_that_was_measured(scripts):
    page = scripts("_benchmark_page")
    if not (DOCS / "benchmarks.json").is_file():
        pytest.skip("nothing was measured yet: `scripts/bench run`")
    record = json.loads((DOCS / "benchmarks.json").read_text(encoding="utf-8"))
    assert page.page(record) == (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    assert re.findall(r"\d", page.INTRODUCTION) == []


def test_a_site_that_lacks_an_entry_is_not_measured(scripts, tmp_path):
    peers, corpora, measure = scripts("_peers"), scripts("_corpus"), scripts("_measure")
    entries = corpora.make_corpus(3, 1).entries
    for entry in entries:
        page = tmp_path / peers.address(entry)
        page.parent.mkdir(parents=True)
        page.write_text(f"<h1>{entry.title}</h1><p>{entry.implications}</p>", encoding="utf-8")
    assert peers.verify_site(tmp_path, entries, peers.address)["pages"] == 3
    (tmp_path / peers.address(entries[1])).write_text(f"<h1>{entries[1].title}</h1>", encoding="utf-8")
    with pytest.raises(measure.BenchFailed, match="does not say what"):
        peers.verify_site(tmp_path, entries, peers.address)
    (tmp_path / peers.address(entries[1])).unlink()
    with pytest.raises(measure.BenchFailed, match="has no page for"):
        peers.verify_site(tmp_path, entries, peers.address)


def test_the_blog_gets_the_same_entries(scripts):
    corpus = scripts("_corpus").make_corpus(5, 1)
    files = dict(scripts("_peers").material_blog_files(corpus))
    for entry in corpus.entries:
        text = files[f"docs/blog/posts/{entry.path}"]
        assert entry.summary in text
        assert entry.implications in text
        assert f"date: {entry.month}-{entry.day:02d}" in text


@pytest.mark.skipif(not hasattr(__import__("os"), "wait4"), reason="this system does not tell what a program cost")
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


def test_a_command_that_fails_is_a_sentence_with_its_words(scripts, tmp_path):
    measure = scripts("_measure")
    job = measure.Job("x", "The thing", [sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path)
    with pytest.raises(measure.BenchFailed, match=r"(?s)The thing failed.*no such luck"):
        measure.measure(job)
