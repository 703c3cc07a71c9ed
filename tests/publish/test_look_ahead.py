"""Folders that are looked at meanwhile: what was there at the beginning, however large, and nothing hangs."""

import os
import signal
import time
from pathlib import Path

import pytest

from digest.publish import look_ahead
from digest.publish.look_ahead import looked_at_meanwhile
from digest.publish.tree import Tree, look_at

MANY = 3000
"""Files whose names do not fit into a pipe at once."""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one / "below", other):
        folder.mkdir(parents=True)
    for number in range(MANY):
        (one / f"a-file-with-a-name-of-some-length-{number}.html").touch()
    (one / "below/ö.txt").write_text("1", "utf-8")
    (other / "link").symlink_to("nowhere")
    return one, other


def parts(tree: Tree) -> tuple[object, ...]:
    return tree.folder, tree.stamps, tree.folders


def test_what_was_there_is_told(folders: tuple[Path, Path], tmp_path: Path) -> None:
    right = [parts(look_at(folder)) for folder in (*folders, tmp_path / "nothing")]
    with looked_at_meanwhile(*folders, tmp_path / "nothing") as trees:
        assert [parts(tree) for tree in trees()] == right


def test_where_no_process_can_be_had_the_same_is_told(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look_ahead, "fork", lambda: None)
    with looked_at_meanwhile(*folders) as trees:
        assert [parts(tree) for tree in trees()] == [parts(look_at(folder)) for folder in folders]


def test_where_a_process_is_refused_the_same_is_told(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    with looked_at_meanwhile(*folders) as trees:
        assert [parts(tree) for tree in trees()] == [parts(look_at(folder)) for folder in folders]


def test_nothing_waits_for_what_is_not_asked_for(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the content ends the build first; no process is left of it."""
    children: list[int] = []
    fork = os.fork

    def forked() -> int:
        children.append(fork())
        return children[0]

    monkeypatch.setattr(os, "fork", forked)
    begin = time.monotonic()
    with pytest.raises(KeyError), looked_at_meanwhile(*folders):
        raise KeyError
    assert time.monotonic() - begin < 60  # it would be for ever
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


def test_a_killed_child_is_made_good(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_ahead, "_tell", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with looked_at_meanwhile(*folders) as trees:
        assert [parts(tree) for tree in trees()] == [parts(look_at(folder)) for folder in folders]
