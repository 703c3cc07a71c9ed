"""`scripts/bench run`: figures that nobody typed, of sites that hold what they should."""

import json
import re
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
    assert scripts("_benchmark_page").summarize(measured(entries=30), {})["goals"] == []


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
