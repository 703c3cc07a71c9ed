"""What is kept of cards and PDFs: as long as it may be wanted, and not for ever."""

import os
from pathlib import Path

from digest.export.kept import SPARE, let_go, made_once

ROOM = 2 * 5 + SPARE
"""Files that may be there beside a site of five."""


def keep(folder: Path, *names: int) -> None:
    for name in names:
        made_once(folder, [str(name)], lambda: b"made")


def age(folder: Path) -> None:
    """Let time pass, which the clock of a disk may be too coarse to tell."""
    for file in folder.iterdir():
        stamp = file.stat().st_mtime_ns - 10**9
        os.utime(file, ns=(stamp, stamp))


def is_kept(folder: Path, name: int) -> bool:
    return made_once(folder, [str(name)], lambda: b"made anew") != b"made anew"


def test_what_was_used_longest_ago_goes_once_there_is_far_more_than_a_site_has(tmp_path: Path) -> None:
    keep(tmp_path, *range(ROOM))
    age(tmp_path)
    let_go(tmp_path, 5)
    assert len(list(tmp_path.iterdir())) == ROOM
    keep(tmp_path, 0, ROOM, ROOM + 1)
    let_go(tmp_path, 5)
    assert len(list(tmp_path.iterdir())) == ROOM
    assert is_kept(tmp_path, 0)
    assert is_kept(tmp_path, ROOM)
    assert is_kept(tmp_path, ROOM + 1)


def test_what_a_killed_build_left_half_written_goes_too_and_nothing_else_does(tmp_path: Path) -> None:
    (tmp_path / f"{'0' * 64}.4711").write_bytes(b"half")
    (tmp_path / "note.txt").write_text("not ours", encoding="utf-8")
    (tmp_path / ("1" * 64)).mkdir()
    age(tmp_path)
    keep(tmp_path, *range(ROOM))
    let_go(tmp_path, 5)
    assert not (tmp_path / f"{'0' * 64}.4711").exists()
    assert len(list(tmp_path.iterdir())) == ROOM + 2


def test_without_a_cache_nothing_happens(tmp_path: Path) -> None:
    let_go(tmp_path / "not there", 5)
    assert list(tmp_path.iterdir()) == []
