"""What all verbs share: days as they are written in front matter, and paths below the home folder."""

import click
import pytest

from digest.cli import main
from digest.cli.options import HomePath, the_day
from digest.errors import DigestError
from tests.publish.conftest import copy_digest


@pytest.mark.parametrize(
    "written", ["20261122", "2026-W47-7", "2026-11-31", "2026-1-2", "22.11.2026", " 2026-11-22", ""]
)
def test_a_day_is_written_in_one_way_only(written):
    with pytest.raises(DigestError, match="is not a day") as caught:
        the_day(written, "UTC")
    assert "YYYY-MM-DD" in caught.value.todo


def test_a_day_is_taken_as_written():
    assert the_day("2026-11-22", "UTC").isoformat() == "2026-11-22"


def test_the_home_folder_is_meant_wherever_a_path_begins_with_it(tmp_path, monkeypatch):
    """`--site-dir=~/site` reaches the program as it is typed."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert HomePath().convert("~/site", None, None) == tmp_path / "site"
    assert HomePath().convert("./~", None, None).name == "~"


def test_a_home_of_nobody_is_told():
    with pytest.raises(click.BadParameter, match="the home of nobody here"):
        HomePath().convert("~nobody-of-this-name/site", None, None)


@pytest.mark.parametrize(
    "command",
    [
        "suggest --batch bib/references.bib --output bib/references.bib",
        "suggest --batch records.ris --output records.ris",
        "evaluate --predictions mkdocs.yml",
        "evaluate --corpus works.jsonl --predictions ./works.jsonl",
        "import records.ris --into mkdocs.yml",
    ],
)
def test_no_result_takes_the_place_of_what_is_read(tmp_path, monkeypatch, command):
    monkeypatch.chdir(copy_digest(tmp_path / "digest"))
    (tmp_path / "digest/records.ris").write_text("TY  - JOUR\nTI  - Straw\nER  -\n", encoding="utf-8")
    (tmp_path / "digest/works.jsonl").write_text('{"title": "Straw", "topics": ["mulch"]}\n', encoding="utf-8")
    before = {path: path.read_bytes() for path in (tmp_path / "digest").rglob("*") if path.is_file()}
    with pytest.raises(SystemExit) as done:
        main(command.split())
    assert done.value.code == 2
    assert {path: path.read_bytes() for path in before} == before
