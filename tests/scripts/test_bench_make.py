"""`scripts/bench make`: digests of any size, the same on every machine."""

import datetime
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from digest.check import check_library

BENCH = Path(__file__).resolve().parents[2] / "scripts" / "bench"
TODAY = datetime.date(2026, 11, 22)
FINGERPRINT = "c2460c1539a68baaae5c595fc658051c9b399b2b03b6451b8761f4c99b76b850"
"""Of 30 entries with seed 1. It changes when the generator does, and then no earlier benchmark can be compared."""


def make(folder, *options, entries=30, seed=1, **environment):
    numbers = ["--entries", str(entries), "--seed", str(seed)]
    command = [sys.executable, str(BENCH), "make", str(folder), *numbers, *options]
    environment = {**os.environ, **environment}
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


def tree(folder):
    """Every file but those of the cache, which checking the digest makes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".digest" not in path.parts
    }


@pytest.fixture(scope="module")
def thirty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench") / "thirty"
    assert make(folder).returncode == 0
    return folder


def test_the_same_seed_gives_the_same_bytes_in_another_place_and_another_environment(thirty, tmp_path):
    assert make(tmp_path / "deep" / "er", PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C").returncode == 0
    assert tree(tmp_path / "deep" / "er") == tree(thirty)


def test_the_same_seed_gives_the_same_bytes_for_ever(thirty):
    fingerprint = hashlib.sha256()
    for path, content in tree(thirty).items():
        fingerprint.update(f"{path} {len(content)}\n".encode() + content)
    assert fingerprint.hexdigest() == FINGERPRINT


def test_another_seed_gives_another_digest(thirty, tmp_path):
    make(tmp_path / "two", seed=2)
    first, second = tree(thirty), tree(tmp_path / "two")
    assert not {path for path in first if path.startswith("entries/2")} & {
        path for path in second if path.startswith("entries/2") and not path.endswith("index.md")
    }
    assert first["vocabulary/topics.yml"] == second["vocabulary/topics.yml"]


@pytest.mark.parametrize("entries", [1, 30])
def test_a_made_digest_has_no_problem_of_any_severity(tmp_path, entries):
    make(tmp_path / "made", entries=entries)
    check = check_library(tmp_path / "made", TODAY)
    assert list(check.problems) == []
    assert len(check.library.entries) == entries


def test_a_made_digest_is_as_long_and_as_mixed_as_a_real_one(thirty):
    library = check_library(thirty, TODAY).library
    assert (len(library.topics), len(library.research_types)) == (36, 14)
    assert (len(library.modules), len(library.studies)) == (5, 2)
    assert len(library.references) > len(library.entries)
    for entry in library.entries:
        summary, implications = entry.body.text.split("## Practice implications")
        assert 180 <= len(re.sub(r"\]\([^)]*\)", "", summary).split()) <= 280
        assert 60 <= len(implications.split()) <= 120
        assert 2 <= len(entry.topics) <= 4
    assert any("](../" in entry.body.text for entry in library.entries)
    assert "\\" in (thirty / "bib" / "from-2010.bib").read_text()


@pytest.mark.parametrize(("entries", "months"), [(30, 12), (500, 156), (2000, 156)])
def test_entries_spread_over_the_months_since_2013(tmp_path, entries, months):
    make(tmp_path / "made", entries=entries)
    found = {path.parent.name for path in (tmp_path / "made" / "entries").glob("*/*.md")}
    assert len(found) == months
    assert min(found) == "2013-01"
    assert max(found) <= "2025-12"


def test_with_accents_every_reference_has_latex_and_nothing_else_differs(thirty, tmp_path):
    make(tmp_path / "made", "--accents")
    before, after = tree(thirty), tree(tmp_path / "made")
    assert after.keys() == before.keys()
    assert {path for path in after if after[path] != before[path]} == {path for path in after if path.endswith(".bib")}
    plain, accented = (check_library(root, TODAY) for root in (thirty, tmp_path / "made"))
    assert accented.problems == plain.problems == []
    for reference in accented.library.references:
        assert not reference.author[0].family.isascii()
        assert not reference.title.isascii()
        assert "\\" not in reference.title + reference.abstract


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = make(tmp_path)
    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert tree(tmp_path) == {"mine.txt": b"mine"}
