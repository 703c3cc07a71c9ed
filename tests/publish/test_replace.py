"""The old site stands until the new one is whole; nothing that is not ours is touched."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.errors import OutputRefused
from digest.publish import replace
from digest.publish.outputs import MARK
from tests.publish.conftest import DAY, build, contents, run_digest


def test_killing_the_build_at_any_moment_leaves_a_whole_site(
    digest: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """After each kill the site is the old one or the new one, and the next build is right."""
    target = tmp_path / "site"
    build(digest, target)
    old = contents(target)
    entry = digest / "entries/2023-01/opening-the-door-to-culture.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("Do not sidestep", "Never sidestep"), encoding="utf-8")
    start = time.monotonic()
    build(digest, tmp_path / "fresh")
    duration = time.monotonic() - start
    new = contents(tmp_path / "fresh")
    moments = 60 if request.config.getoption("--long") else 12
    for moment in range(moments):
        _build_and_kill(digest, target, duration * (moment + 1) / (moments + 1))
        assert contents(target) in (old, new), f"half a site after a kill at moment {moment}"
    build(digest, target)
    assert contents(target) == new
    left = sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".site.digest-"))
    assert left == [".site.digest-lock", ".site.digest-spare"]


def _build_and_kill(root: Path, target: Path, seconds: float) -> None:
    """Kill the whole group: the program and the engine it started."""
    command = [sys.executable, "-m", "digest", "build", "--root", str(root), "--site-dir", str(target), "--date", DAY]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_folder_with_other_files_is_refused_and_left_alone(digest: Path, tmp_path: Path) -> None:
    """Somebody's photographs are not a site."""
    target = tmp_path / "photographs"
    target.mkdir()
    (target / "cat.txt").write_text("a cat")
    done = run_digest("build", "--root", str(digest), "--site-dir", str(target))
    assert done.returncode == 2
    assert "did not make" in done.stderr
    assert contents(target) == {"cat.txt": b"a cat"}


@pytest.mark.parametrize("target", [".", "..", "entries/.."])
def test_the_digest_itself_is_never_replaced(digest: Path, target: str) -> None:
    """Neither its folder nor one around it."""
    with pytest.raises(OutputRefused):
        replace.check_target(digest / target, digest)


@pytest.mark.parametrize("folder", ["entries", "bib", "theme", ".git"])
def test_a_folder_of_the_digest_is_refused(digest: Path, folder: str) -> None:
    """Not even while it is empty or missing."""
    with pytest.raises(OutputRefused):
        replace.check_target(digest / folder, digest)


def test_two_renames_do_where_folders_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what a kill between the two leaves is repaired at the next start."""
    monkeypatch.setattr(replace, "_exchange", lambda *_: False)
    target, new = tmp_path / "site", tmp_path / ".site.digest-new"
    for folder, text in ((target, "old"), (new, "new")):
        folder.mkdir()
        (folder / MARK).write_text(text)
    replace.swap_folders(new, target)
    assert contents(target) == {MARK: b"new"}
    target.rename(replace.working_folder(target, "old"))
    replace.repair(target)
    assert contents(target) == {MARK: b"new"}


def test_errors_in_the_content_publish_nothing(digest: Path, tmp_path: Path) -> None:
    """The old site stands, the error is told, and the exit code says so."""
    target = tmp_path / "site"
    build(digest, target)
    before = contents(target)
    entry = digest / "entries/2023-01/opening-the-door-to-culture.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("topics: [", "topics: [no-such-topic, "))
    done = run_digest("build", "--root", str(digest), "--site-dir", str(target))
    assert done.returncode == 1
    assert "unknown topic 'no-such-topic' [topic-unknown]" in done.stdout
    assert "nothing was published" in done.stderr
    assert contents(target) == before


def test_a_draft_is_published_only_in_a_preview(digest: Path, tmp_path: Path) -> None:
    """`draft: true` keeps an entry out of pages, lists and the sitemap."""
    entry = digest / "entries/2023-01/opening-the-door-to-culture.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    build(digest, tmp_path / "preview", "--drafts-and-errors")
    assert (tmp_path / "preview/2023/01/opening-the-door-to-culture/index.html").is_file()
    for path in digest.rglob("*.md"):
        if path != entry:
            text = path.read_text(encoding="utf-8").replace(
                "opening-the-door-to-culture", "working-through-the-pandemic-online"
            )
            path.write_text(text, encoding="utf-8")
    (digest / "entries/permalinks.txt").unlink(missing_ok=True)
    build(digest, tmp_path / "site")
    assert not any(b"opening-the-door-to-culture" in data for data in contents(tmp_path / "site").values())


def test_two_builds_at_once_wait_for_each_other(digest: Path, tmp_path: Path) -> None:
    """Into one folder or into two: both end well, and both sites are right."""
    targets = [tmp_path / "site", tmp_path / "site", tmp_path / "elsewhere"]
    builds = [
        subprocess.Popen(
            [sys.executable, "-m", "digest", "build", "--root", str(digest), "--site-dir", str(target), "--date", DAY],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for target in targets
    ]
    assert [process.wait(300) for process in builds] == [0, 0, 0]
    assert contents(tmp_path / "site") == contents(tmp_path / "elsewhere")
