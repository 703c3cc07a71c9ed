"""The same repository on the same day gives the same bytes, whatever the machine is like."""

import random
import shutil
from pathlib import Path

from tests.publish.conftest import build, contents


def test_two_builds_of_one_commit_are_the_same_byte_for_byte(digest: Path, site: Path, tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed and order of files change nothing."""
    elsewhere = tmp_path / "another place" / "dïgest"
    _copy_in_another_order(digest, elsewhere)
    target = tmp_path / "other" / "site"
    environment = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "COLUMNS": "40"}
    build(elsewhere, target, environment=environment)
    assert contents(target) == contents(site)


def _copy_in_another_order(source: Path, target: Path) -> None:
    """Disks list files in the order of their making, or none: make them in another one."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    random.Random(7).shuffle(files)
    for path in files:
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def test_building_over_an_old_site_gives_what_building_from_nothing_gives(digest: Path, tmp_path: Path) -> None:
    """A page that is gone leaves nothing behind."""
    target, fresh = tmp_path / "site", tmp_path / "fresh"
    build(digest, target)
    (digest / "entries/2020-12/when-therapy-does-harm.md").unlink()
    for path in digest.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("](when-therapy-does-harm.md)", "](index.md)"), encoding="utf-8")
    build(digest, target, "--drafts-and-errors")
    build(digest, fresh, "--drafts-and-errors")
    assert not (target / "2020/12/when-therapy-does-harm").exists()
    assert contents(target) == contents(fresh)
