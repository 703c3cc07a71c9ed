"""`digest doctor`: what is not fit to work, and what to do about it."""

import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest.cli import health_of_program
from digest.cli.health import Finding, State
from digest.cli.health_of_digest import CACHE, examine_digest
from digest.cli.health_of_program import _fits, examine_program
from digest.export import vendored_fonts
from digest.export.kept import made_once
from digest.read.sealed import SealedFolder
from tests.publish.conftest import run_digest

BASE = Path(__file__).parents[1] / "golden" / "check" / "_base"
TODAY = datetime.date(2024, 6, 15)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small digest without a mistake."""
    return Path(shutil.copytree(BASE, tmp_path / "digest"))


def of_digest(root: Path, about: str, day: datetime.date = TODAY) -> list[Finding]:
    return [finding for finding in examine_digest(root, day) if finding.about == about]


def run_doctor(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_digest("doctor", "--root", str(root), "--date", TODAY.isoformat(), *arguments)


def test_it_tells_versions_engines_and_what_the_digest_keeps(root: Path) -> None:
    done = run_doctor(root, "--format", "json")
    assert done.returncode == 0, done.stderr
    told = {finding["about"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert all(set(finding) == {"about", "state", "message", "todo"} for finding in told.values())
    assert all(bool(finding["todo"]) == (finding["state"] != "good") for finding in told.values())
    assert "Python 3." in told["python"]["message"]
    assert "mkdocs" in told["engine"]["message"]
    assert "pyyaml" in told["packages"]["message"]
    assert "2 entries" in told["content"]["message"]
    assert {"whoosh", "pagefind", "extras", "fonts", "browser", "time zone", "caches", "retractions"} <= set(told)


def test_the_text_has_a_line_a_thing_and_what_to_do_below_it(root: Path) -> None:
    done = run_doctor(root)
    *lines, last = done.stdout.splitlines()
    assert all(line.startswith(("good ", "notice ", "          fix: ")) for line in lines)
    assert last.startswith("0 faults, ")
    assert done.returncode == 0


def test_outside_a_digest_it_looks_at_the_installation_alone(tmp_path: Path) -> None:
    done = run_doctor(tmp_path)
    assert "python: " in done.stdout
    assert "no digest in this folder" in done.stdout
    assert "caches: " not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_digest_to_which_nobody_can_report_a_mistake_is_told(root: Path) -> None:
    (told,) = of_digest(root, "contact")
    assert told.state is State.NOTICE
    assert "`contact`" in told.todo
    configuration = root / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    assert "  digest:\n" in text
    text = text.replace("  digest:\n", "  digest:\n    contact: desk@garden.example\n")
    configuration.write_text(text, encoding="utf-8")
    (told,) = of_digest(root, "contact")
    assert told.state is State.GOOD
    assert "desk@garden.example" in told.message


def test_damaged_caches_are_named_and_mended_by_deleting_them(root: Path) -> None:
    made_once(root / CACHE / "cards", ["a card"], lambda: b"picture")
    (whole,) = of_digest(root, "caches")
    assert whole.state is State.GOOD
    (card,) = (root / CACHE / "cards").iterdir()
    card.write_bytes(card.read_bytes()[:-1])
    other = root / CACHE / "search" / "state.json"
    other.parent.mkdir(exist_ok=True)
    other.write_text('{"made_by": ', encoding="utf-8")
    (told,) = of_digest(root, "caches")
    assert told.state is State.NOTICE
    assert f"{CACHE}/cards/{card.name}" in told.message
    assert f"{CACHE}/search/state.json" in told.message
    assert f"delete {CACHE}" in told.todo


def test_a_sealed_file_that_was_cut_off_is_named(root: Path) -> None:
    kept = SealedFolder(root, f"{CACHE}/somewhere")
    assert kept.write("kept.json", b"key", {"a": [1, 2]})
    assert [each.state for each in of_digest(root, "caches")] == [State.GOOD]
    file = root / CACHE / "somewhere" / "kept.json"
    file.write_bytes(file.read_bytes()[:-1])
    (told,) = of_digest(root, "caches")
    assert "somewhere/kept.json" in told.message


def test_a_cache_that_leads_out_of_the_digest_is_told(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / ".digest").mkdir()
    (root / CACHE).symlink_to(tmp_path / "elsewhere")
    (told,) = of_digest(root, "caches")
    assert "outside of the digest" in told.message


def test_what_a_killed_build_left_is_told(root: Path) -> None:
    assert of_digest(root, "builds") == []
    (root / ".site.digest-new").mkdir()
    (told,) = of_digest(root, "builds")
    assert ".site.digest-new" in told.message


def test_an_audit_that_was_never_made_and_an_old_one_are_told(root: Path) -> None:
    (never,) = of_digest(root, "retractions")
    assert "nobody has asked" in never.message
    shutil.copy(BASE.parent / "status-old/in/bib/status.json", root / "bib/status.json")
    (old,) = of_digest(root, "retractions")
    assert old.state is State.NOTICE
    assert "2023-11-30" in old.message
    assert "digest audit" in old.todo
    (young,) = of_digest(root, "retractions", datetime.date(2023, 12, 1))
    assert young.state is State.GOOD


def test_an_old_record_of_the_registry_is_told(root: Path) -> None:
    fetched = {"NCT01234567": {"fetched": "2023-05-12", "source": "https://clinicaltrials.gov/", "kind": "api"}}
    (root / "studies/registry/fetched.json").write_text(json.dumps(fetched), encoding="utf-8")
    (old,) = of_digest(root, "registry")
    assert old.state is State.NOTICE
    assert "400 days ago" in old.message
    assert "digest study fetch NCT01234567" in old.todo
    (young,) = of_digest(root, "registry", datetime.date(2023, 5, 13))
    assert young.state is State.GOOD


def test_an_unknown_time_zone_is_told(root: Path) -> None:
    path = root / "mkdocs.yml"
    path.write_text(path.read_text(encoding="utf-8") + "    time_zone: Mars/Olympus\n", encoding="utf-8")
    (told,) = of_digest(root, "time zone")
    assert "'Mars/Olympus' is not known here" in told.message


def test_content_with_errors_is_a_fault_and_ends_with_one(root: Path) -> None:
    entry = root / "entries/2023-01/mulch-and-water.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("[soil,", "[no-such-topic,"), encoding="utf-8")
    done = run_doctor(root)
    assert done.returncode == 1
    assert "FAULT   content: 2 entries, 1 error, 0 warnings" in done.stdout


def test_two_packages_of_one_import_name_are_a_fault(tmp_path: Path) -> None:
    """A fork of Whoosh, installed beside it: a folder on the path with the fork's record."""
    record = tmp_path / "Whoosh_Reloaded-2.7.5.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: Whoosh-Reloaded\nVersion: 2.7.5\n")
    (record / "top_level.txt").write_text("whoosh\n")
    (record / "RECORD").write_text("whoosh/__init__.py,,\n")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "digest", "doctor", "--root", str(tmp_path), "--format", "json"],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    (told,) = (each for each in json.loads(done.stdout)["findings"] if each["about"] == "whoosh")
    assert told["state"] == "fault"
    assert "Whoosh-Reloaded" in told["message"]
    assert "pip uninstall" in told["todo"]


def test_missing_fonts_are_a_fault_where_cards_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendored_fonts, "FOLDER", tmp_path)
    (told,) = (each for each in examine_program() if each.about == "fonts")
    assert told.state is State.FAULT
    assert "literata-bold.woff2" in told.message


def test_a_machine_without_a_browser_is_told_that_publishing_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    told = health_of_program._browser()
    assert told.state is State.NOTICE
    assert "publishing needs none" in told.message


@pytest.mark.parametrize(
    ("version", "bounds", "fits"),
    [
        ("1.6.1", ">=1.6.1,<2", True),
        ("2.0", ">=1.6.1,<2", False),
        ("1.6", ">=1.6.1", False),
        ("2.7.4", "==2.7.4", True),
        ("2.7.5", "==2.7.4", False),
        ("3.1.0", ">=3.1", True),
        ("3.10", ">=3.9", True),
        ("3.14.0", ">=3.11,<3.14", False),
        ("1.0", "", True),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, bounds: str, fits: bool) -> None:
    assert _fits(version, bounds) is fits
