"""Entries that were read before: the cache gives what reading gives, or it is not used."""

import random
from pathlib import Path

import pytest

from digest.model.entry import Edition, Entry
from digest.model.library import Library
from digest.read import entry_cache, read_library
from tests.publish.conftest import copy_digest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of this repository's digest."""
    return copy_digest(tmp_path / "digest")


def everything(library: Library) -> list[object]:
    """All that can be asked of entries and editions, places included."""
    found: list[object] = []
    documents: list[Entry | Edition] = [*library.entries, *library.editions]
    for document in documents:
        fields = {name: value for name, value in vars(document).items() if name not in {"body", "places"}}
        body, places = document.body, document.places
        found.append(
            {name: vars(value) if hasattr(value, "__dict__") else repr(value) for name, value in fields.items()}
        )
        if places is not None:
            found += [places.whole, dict(places.values), dict(places.keys)]
        if body is not None:
            found += [body.text, body.offset, body.path, body.anchors, body.minutes]
            found += [body.headings, body.links, body.images, body.raw_html, body.sections]
    return [*found, library.fingerprints, library.face]


def kept(root: Path) -> list[Path]:
    """The files of the cache."""
    return sorted((root / entry_cache.FOLDER).glob("*.json"))


def test_what_is_kept_is_what_is_read(root: Path) -> None:
    """Fields, places and bodies alike."""
    cold, problems = read_library(root)
    assert kept(root)
    warm, again = read_library(root)
    assert everything(warm) == everything(cold)
    assert again == problems


def test_a_file_that_changed_is_read_anew(root: Path) -> None:
    """And only the folder it stands in is written again."""
    read_library(root)
    before = {path: path.stat().st_mtime_ns for path in kept(root)}
    entry = min(path for path in (root / "entries").glob("*/*.md") if path.name != "index.md")
    entry.write_text(entry.read_text("utf-8").replace("title: ", "title: New, "), "utf-8")
    library, _ = read_library(root)
    assert any(each.title.startswith("New, ") for each in library.entries)
    after = {path: path.stat().st_mtime_ns for path in kept(root)}
    assert [path.stem for path in after if after[path] != before[path]] == [entry.parent.name]


def test_a_file_with_a_problem_tells_it_every_time(root: Path) -> None:
    """What is wrong is never kept."""
    entry = min(path for path in (root / "entries").glob("*/*.md") if path.name != "index.md")
    entry.write_text(entry.read_text("utf-8").replace("title: ", "titel: "), "utf-8")
    _, first = read_library(root)
    _, second = read_library(root)
    assert [problem.rule for problem in first if problem.rule == "field-unknown"] == ["field-unknown"]
    assert second == first


def test_a_damaged_cache_is_not_believed(root: Path) -> None:
    """Cut, scrambled, emptied, or with other things in it."""
    expected = everything(read_library(root)[0])
    chance = random.Random(5)
    for path in kept(root):
        content = path.read_bytes()
        position = chance.randrange(len(content))
        flipped = content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
        path.write_bytes(chance.choice([flipped, content[:position], b"", b"{}", content[65:]]))
    assert everything(read_library(root)[0]) == expected


def test_what_is_gone_is_forgotten(root: Path) -> None:
    """A folder that was removed leaves nothing behind."""
    read_library(root)
    gone = min(path for path in (root / "entries").iterdir() if path.is_dir())
    for path in gone.iterdir():
        path.unlink()
    gone.rmdir()
    read_library(root)
    assert gone.name not in {path.stem for path in kept(root)}
