"""What `scripts/bench run` tells of a reader's search."""

import pytest

from tests.scripts.test_bench_run import session, summarize


def found(entries, weight, median):
    """Figures as a run finds them."""
    wall = {"median": median, "least": median, "most": 2 * median, "each": [median]}
    return {"entries": entries, "seed": 1, "bytes": weight, "requests": 17, "runs": 20, "wall": wall}


def test_each_size_is_told_with_what_was_wanted_and_whether_it_was_met(scripts):
    sizes = [found(10_000, 281_000, 0.1), found(500, 111_400, 0.4), found(2000, 147_000, 0.106)]
    text = scripts("_benchmark_page").page(summarize(scripts, [], readers=sizes))
    rows = [line for line in text.splitlines() if line.startswith(("| 500", "| 2,000", "| 10,000"))]
    assert rows == [
        "| 500 entries | 111 KB ≤ 190 | 17 | 0.400 s | 0.800 s |",
        "| 2,000 entries | 147 KB | 17 | 0.106 s ≤ 0.3 | 0.212 s |",
        "| 10,000 entries | 281 KB **>** 280 | 17 | 0.100 s | 0.200 s |",
    ]


def test_a_size_that_is_measured_anew_leaves_the_others(scripts):
    before = summarize(scripts, [], readers=[found(500, 1000, 0.1), found(2000, 2000, 0.1)])
    later = session("2026-11-23 05:00:00 UTC", "Do more")
    record = summarize(scripts, [], before, session=later, readers=[found(2000, 3000, 0.1)])
    assert [(size["bytes"], size["session"][:10]) for size in record["readers"]] == [
        (1000, "2026-11-22"),
        (3000, "2026-11-23"),
    ]
    assert len(record["sessions"]) == 2


@pytest.mark.browser
def test_a_reader_is_measured_in_a_real_browser(scripts, tmp_path, monkeypatch):
    monkeypatch.setattr(scripts("_readers"), "WORDS", 4)
    measured = scripts("_readers").measure_readers(24, 1, tmp_path)
    assert 90_000 < measured["bytes"] < 190_000
    assert measured["runs"] == 3
    assert measured["wall"]["least"] > 0.05
