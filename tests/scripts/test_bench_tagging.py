"""`scripts/bench tagging` and the searches of `run`: figures that nobody typed, of what was asked and nothing else."""

import json
import re
import sys

import pytest

NEEDS_WAIT4 = pytest.mark.skipif(not hasattr(__import__("os"), "wait4"), reason="cannot tell what a program cost")


def job(name, cost):
    spread = {"median": cost, "least": cost, "most": cost}
    return {"name": name, "what": f"job {name}", "runs": 3, "wall": spread, "cpu": spread, "memory_mb": 9, "output": {}}


def found(*, metapsy=True, combined=0.79):
    """What a measurement might find."""

    def method(name, micro):
        return {"name": name, "what": f"our {name}", "micro": micro, "macro": 0.66, "interval": [0.1234, 0.9876]}

    tagging = {
        "measured": "2026-11-22",
        "machine": {"cpu": "A processor", "cores": 2, "memory_gb": 8.1, "system": "Linux 6", "load_before": 0.1},
        "versions": {"python": "3.11.7", "scikit-learn": "1.9.1"},
        "own": {
            "topics": 77,
            "methods": [{"name": name, "what": name, "first_five": 0.85} for name in ("combined", "lexicon")],
        },
        "batch": {
            "entries": 500,
            "records": 9000,
            "seed": 1,
            "words": 200,
            "cores": 2,
            "jobs": [job("batch-start", 2.0), job("batch", 5.0)],
            "records_a_second": {"whole": 1800, "beyond_start": 3000, "a_core": 1600},
        },
    }
    if metapsy:
        tagging["metapsy"] = {
            "works": 867,
            "titles": 845,
            "topics": 21,
            "methods": [
                method("combined", combined),
                method("combined-without-ml", 0.69),
                method("lexicon", 0.5),
            ],
            "peers": [
                {"name": "weak", "micro": 0.6, "macro": 0.7},
                {"name": "strong", "micro": 0.7, "macro": 0.52},
            ],
        }
    return tagging


def test_the_linear_model_to_beat_is_the_one_with_the_best_micro(scripts):
    goals = scripts("_tagging_page").wanted(found())
    assert [(goal["floor"], goal["goal"], goal["found"]) for goal in goals] == [
        (0.73, 0.78, 0.79),
        (0.6, 0.68, 0.66),
        (0.7, 0.74, 0.69),
        (0.55, 0.66, 0.5),
        (0.8, 0.9, 0.85),
        (2000, 5000, 3000),
    ]
    assert [scripts("_tagging_page").met(goal) for goal in goals] == [
        "goal", "floor", "**no**", "**no**", "floor", "floor",
    ]  # fmt: skip


def test_the_page_tells_both_speeds_and_every_model(scripts):
    pages = scripts("_benchmark_page")
    shown = pages.page(pages.with_tagging(found(), {}))
    assert shown.startswith("# Benchmarks\n\n## Topic suggestions\n")
    assert "**1,800 records a second** with the start" in shown
    assert "**3,000** with these taken out" in shown
    assert "By processor time 1,600 a second on each core" in shown
    assert "| our combined | 0.790 (0.123 to 0.988) | 0.660 |" in shown
    assert "| strong | 0.700 | 0.520 |" in shown
    assert "| Metapsy, with `[ml]`, micro F1 | 0.730 | 0.780 | 0.790 | goal |" in shown
    assert "| batch, with `[ml]`, records a second beyond the start | 2,000 | 5,000 | 3,000 | floor |" in shown


def test_without_metapsy_the_page_says_nothing_of_it(scripts):
    pages = scripts("_benchmark_page")
    assert "Metapsy" not in pages.page(pages.with_tagging(found(metapsy=False), {}))


def run_figures():
    names = [("search-start", 0.4), ("search-cold", 30.0), ("search", 0.44), ("search-changed", 1.9)]
    names += [("search-open", 0.3), ("search-query", 0.32)]
    session = {**{key: found()[key] for key in ("measured", "machine")}, "id": "2026-11-22 05:00:00 UTC"}
    return {
        "session": {**session, "commit": "", "file_system": "", "versions": {"digest": {"digest-evidence": "0.1.0"}}},
        "searches": [{"searched": 10_000, "seed": 1, "jobs": [job(*each) for each in names]}],
    }


def test_a_run_keeps_the_suggestions_and_the_suggestions_keep_the_run(scripts):
    pages, records = scripts("_benchmark_page"), scripts("_benchmark_record")
    first = json.loads(json.dumps(pages.with_tagging(found(), {})))
    second = json.loads(json.dumps(records.summarize(run_figures(), first)))
    assert second["tagging"] == first["tagging"]
    assert second["history"] == []
    third = pages.with_tagging(found(combined=0.11), second)
    assert {**third, "tagging": {}} == {**second, "tagging": {}}
    shown = pages.page(third)
    assert "## A search among 10,000 entries" in shown
    assert "| our combined | 0.110" in shown


def test_searches_are_judged_beyond_the_start_of_the_program(scripts):
    pages, records = scripts("_benchmark_page"), scripts("_benchmark_record")
    record = records.summarize(run_figures(), {})
    goals = {goal["job"]: goal["found"] for goal in record["goals"] if goal["searched"]}
    assert goals == {"search": 0.04, "search-query": 0.02, "search-changed": 1.5}
    shown = pages.page(record)
    assert "## A search among 10,000 entries" in shown
    line = "job search-changed, a search among 10,000 entries: wall time beyond search-start's (s) | 1 | 1.5 | **no**"
    assert line in shown
    later = pages.page(records.summarize(run_figures(), json.loads(json.dumps(record))))
    assert re.search(r"a search among 10,000 entries \| search-cold \| 30.00", later)


def test_only_reference_and_topics_of_metapsy_are_read_and_in_no_order(scripts, tmp_path):
    lines = [
        {"ref": "B", "topics": ["y", "x"], "domain": "x", "id": 1},
        {"ref": "A", "topics": [], "arms": ["x"]},
    ]
    file = tmp_path / "m.jsonl"
    read = scripts("_tagging").read_tagged
    file.write_text("\n".join(map(json.dumps, lines)) + "\n")
    expected = [{"title": "A", "topics": []}, {"title": "B", "topics": ["x", "y"]}]
    assert read(file) == expected
    file.write_text("\n".join(map(json.dumps, reversed(lines))))
    assert read(file) == expected


@pytest.mark.parametrize("text", ['{"title": "A", "topics": []}', "[1]", "no json", '{"ref": "A", "topics": null}'])
def test_another_file_than_metapsy_is_a_sentence(scripts, tmp_path, text):
    (tmp_path / "m.jsonl").write_text(text)
    with pytest.raises(scripts("_measure").BenchFailed, match="`ref` and `topics`"):
        scripts("_tagging").read_tagged(tmp_path / "m.jsonl")


def test_records_are_made_the_same_for_the_same_seed(scripts):
    make = scripts("_tagging").make_records
    said = ["One word leads to another.", "Nothing was found."]
    assert make(5, 1, said) == make(5, 1, said) != make(5, 2, said)
    assert [len(record["abstract"].split()) for record in make(5, 1, said)] == [200] * 5


def test_a_batch_that_loses_or_repeats_a_record_is_not_measured(scripts, tmp_path):
    output = tmp_path / "out.jsonl"
    verify = scripts("_tagging").whole(output, 2)
    output.write_text('{"id": "r2"}\n{"id": "r1"}\n')
    assert verify() == {"records": 2}
    for wrong in ('{"id": "r1"}\n', '{"id": "r1"}\n{"id": "r1"}\n'):
        output.write_text(wrong)
        with pytest.raises(scripts("_measure").BenchFailed, match="each once"):
            verify()


@NEEDS_WAIT4
def test_both_speeds_follow_from_the_medians(scripts, tmp_path):
    measure, tagging = scripts("_measure"), scripts("_tagging")
    results = [
        measure.Result(measure.Job(name, name, [], tmp_path), [measure.Run(wall, wall / 4, 1)])
        for name, wall in (("batch-start", 2.0), ("batch", 6.0))
    ]
    assert tagging.batch_figures(9, 1200, 1, results)["records_a_second"] == {
        "whole": 200,
        "beyond_start": 300,
        "a_core": 1200,
    }
    with pytest.raises(measure.BenchFailed, match="--records"):
        tagging.batch_figures(9, 1200, 1, results[::-1])


@NEEDS_WAIT4
def test_searches_find_what_stands_there_and_what_was_just_written(scripts, tmp_path):
    jobs = scripts("_searches").search_jobs(4, 1, tmp_path)
    results = scripts("_measure").measure_side_by_side(jobs, 1, lambda text: None)
    names = ["search-start", "search-cold", "search", "search-open", "search-query", "search-changed"]
    assert [result.job.name for result in results] == names


def test_the_linear_models_are_judged_on_parts_that_they_did_not_learn_from(scripts, monkeypatch, tmp_path, capsys):
    pytest.importorskip("sklearn")
    words = {"grief": "mourning a loss", "sleep": "insomnia at night"}
    lines = [{"title": f"{words[t]} number{n}", "topics": [t]} for n in range(12) for t in words]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, lines)))
    monkeypatch.setattr(sys, "argv", ["", str(tmp_path / "c.jsonl")])
    scripts("_tagging_peer").main()
    said = json.loads(capsys.readouterr().out)
    assert (said["works"], said["topics"], said["given"]) == (24, 2, 24)
    assert said["models"][0]["micro"] == said["models"][0]["macro"] == 1.0
