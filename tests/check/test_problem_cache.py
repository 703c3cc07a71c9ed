"""Problems found before are told again as long as they are true, and no longer."""

import datetime
import random
from dataclasses import replace
from pathlib import Path

import pytest

from digest.check import check_library, problem_cache
from digest.check.context import Context
from digest.check.rule import iter_rules
from digest.model.lookup import Lookup
from digest.problem import Problem
from digest.read import read_library
from tests.publish.conftest import copy_digest

DAY = datetime.date(2026, 11, 22)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of this repository's digest."""
    return copy_digest(tmp_path / "digest")


def fresh(root: Path, day: datetime.date = DAY) -> list[Problem]:
    """What is found without a cache."""
    file = root / problem_cache.FOLDER / problem_cache.FILE
    kept = file.read_bytes()
    file.unlink()
    try:
        return list(check_library(root, day).problems)
    finally:
        file.write_bytes(kept)


MISTAKES = (
    ("entries", "\n\nA [link](nowhere.md).\n"),
    ("entries", "\n\n##### Deep\n"),
    ("entries", "\n\n![](figure.png)\n"),
    ("training", "\n\n<div>raw</div>\n"),
    ("studies", "\n\n[a](javascript:alert(1))\n"),
    ("pages", "\n\n[b](#no-such-heading)\n"),
)


def test_any_edit_is_told_as_a_check_from_nothing_tells_it(root: Path) -> None:
    """Bodies, front matter, vocabulary and days."""
    chance = random.Random(4)
    check_library(root, DAY)
    for step in range(24):
        folder, text = chance.choice(MISTAKES)
        path = chance.choice(sorted((root / folder).rglob("*.md")))
        old = path.read_text("utf-8")
        if step % 4 == 3:
            path.write_text(old.replace("title: ", "title: x", 1), "utf-8")
        elif step % 4 == 2 and folder == "entries":
            path.rename(path.with_name(f"renamed-{step}.md"))
        else:
            path.write_text(old + text, "utf-8")
        day = DAY + datetime.timedelta(days=step // 8)
        assert list(check_library(root, day).problems) == fresh(root, day), (step, path)


def test_rules_for_the_library_look_at_no_body(root: Path) -> None:
    """Else a change of a body could pass them by."""
    library, _ = read_library(root)

    def refuse() -> None:
        message = "a rule for the library asked what stands in a body"
        raise AssertionError(message)

    entries = tuple(_with_body(entry, refuse) for entry in library.entries)
    modules = tuple(_with_body(module, refuse) for module in library.modules)
    studies = tuple(_with_body(study, refuse) for study in library.studies)
    pages = tuple(_with_body(page, refuse) for page in library.pages)
    closed = replace(library, entries=entries, modules=modules, studies=studies, pages=pages)
    context = Context(closed, Lookup(closed), DAY)
    for rule in iter_rules():
        if rule.check is not None:
            list(rule.check(context))


def _with_body(document, refuse):
    return replace(document, body=replace(document.body, text="", find_structure=refuse))


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1, 2]", b"\x80" * 90])
def test_a_damaged_cache_is_not_believed(root: Path, damage: bytes) -> None:
    """What was found is found anew."""
    expected = list(check_library(root, DAY).problems)
    (root / problem_cache.FOLDER / problem_cache.FILE).write_bytes(damage)
    assert list(check_library(root, DAY).problems) == expected


def test_kept_problems_may_mend_no_other_file(root: Path) -> None:
    """Whoever wrote them."""
    library, _ = read_library(root)
    edit = [["white-space", "advice", "m", "", ""], ["../outside", 0, 1], [["../outside", 0, 1, "x"]]]
    with pytest.raises(ValueError, match="outside"):
        problem_cache._from_plain([edit], library)
