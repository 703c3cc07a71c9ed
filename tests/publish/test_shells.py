"""Filling shells gives what the engine gives, and the cache of shells is never believed blindly."""

import random
from pathlib import Path

import pytest

from tests.publish.conftest import DAY, build, contents, run_digest


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical"])
def test_filled_pages_are_those_of_the_engine_byte_for_byte(engine: str, digest: Path, tmp_path: Path) -> None:
    """On a digest with every kind of page."""
    build(digest, tmp_path / "filled", "--engine", engine)
    build(digest, tmp_path / "rendered", "--engine", engine, "--through-engine")
    assert contents(tmp_path / "filled") == contents(tmp_path / "rendered")


def test_shells_are_made_once(digest: Path, tmp_path: Path) -> None:
    """A second build finds them in the cache."""
    build(digest, tmp_path / "site")
    shells = digest / ".digest/cache/shells"
    made = {path: path.stat().st_mtime_ns for path in shells.rglob("*")}
    build(digest, tmp_path / "another")
    assert made
    assert {path: path.stat().st_mtime_ns for path in shells.rglob("*")} == made


def test_a_damaged_cache_is_made_anew(digest: Path, tmp_path: Path) -> None:
    """Truncated, scrambled or deleted: the next build is right."""
    target = tmp_path / "site"
    build(digest, target)
    right = contents(target)
    chance = random.Random(11)
    for damage in (_truncate, _scramble, Path.unlink):
        damage(chance.choice(_cached(digest)))
        build(digest, target)
        assert contents(target) == right


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _scramble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0x15
    path.write_bytes(bytes(content))


def _cached(digest: Path) -> list[Path]:
    return sorted(path for path in (digest / ".digest").rglob("*") if path.is_file())


def test_a_change_of_the_digests_own_theme_shows_at_once(digest: Path, tmp_path: Path) -> None:
    """Shells are kept by all that goes into them."""
    build(digest, tmp_path / "site")
    (digest / "theme").mkdir()
    theme = Path(__file__).parents[2] / "digest/publish/theme/main.html"
    text = theme.read_text(encoding="utf-8").replace(
        '<footer class="site-footer">', '<footer class="site-footer our-own">'
    )
    (digest / "theme/main.html").write_text(text, encoding="utf-8")
    build(digest, tmp_path / "site")
    assert "our-own" in (tmp_path / "site/about/index.html").read_text(encoding="utf-8")


def test_a_theme_that_lost_a_part_is_named_and_nothing_is_published(digest: Path, tmp_path: Path) -> None:
    """Never a wrong page."""
    (digest / "theme").mkdir()
    lost = "{% extends 'base.html' %}{% block site_meta %}{% endblock %}{% block content %}{% endblock %}"
    (digest / "theme/main.html").write_text(lost, encoding="utf-8")
    done = run_digest("build", "--root", str(digest), "--site-dir", str(tmp_path / "site"), "--date", DAY)
    assert done.returncode == 2
    assert "the theme shows the" in done.stderr
    assert "--through-engine" in done.stderr
    assert not (tmp_path / "site").exists()


def test_text_that_looks_like_a_mark_is_text(digest: Path, tmp_path: Path) -> None:
    """An entry may say `@@digest-body@@`."""
    entry = digest / "entries/2023-01/opening-the-door-to-culture.md"
    entry.write_text(
        entry.read_text(encoding="utf-8").replace("Do not sidestep", "@@digest-body@@ sidestep"), encoding="utf-8"
    )
    build(digest, tmp_path / "site")
    page = (tmp_path / "site/2023/01/opening-the-door-to-culture/index.html").read_text(encoding="utf-8")
    assert page.count("@@digest-body@@") == 1
