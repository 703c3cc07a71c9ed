"""What all verbs share: days as they are written in front matter, and paths below the home folder."""

import click
import pytest

from digest.cli.options import HomePath, the_day
from digest.errors import DigestError


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
