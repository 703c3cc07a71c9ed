"""A digest to publish, and ways to build it as a person would."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
CONTENT = ("bib", "entries", "pages", "studies", "training", "vocabulary")
DAY = "2026-11-22"


def copy_digest(target: Path) -> Path:
    """This repository's own digest, without the program."""
    target.mkdir(parents=True)
    shutil.copy(REPOSITORY / "mkdocs.yml", target)
    for folder in CONTENT:
        shutil.copytree(REPOSITORY / folder, target / folder)
    return target


def run_digest(
    *arguments: str, environment: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`digest ...` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "digest", *arguments],
        env=os.environ | {"PYTHONUTF8": "1"} | dict(environment or {}),
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def build(root: Path, target: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
    """Build, or fail the test with what the program said."""
    done = run_digest(
        "build", "--root", str(root), "--site-dir", str(target), "--date", DAY, *arguments, environment=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    """A copy of the repository's digest to change at will."""
    return copy_digest(tmp_path / "digest")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's digest, built once through MkDocs; not to be changed."""
    root = copy_digest(tmp_path_factory.mktemp("published") / "digest")
    target = root.parent / "site"
    build(root, target)
    return target
