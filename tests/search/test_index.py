"""How the index follows the files, and when it is not believed."""

import gc
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from digest.search import Asked, find_entries, open_index
from digest.search import index as index_module
from digest.search.index import CACHE
from tests.search.conftest import write_entry

ALL = 3
NEW = "title: New\ntakeaway: t\ncitations: [alone]\ntopics: [training]\nresearch_types: [survey]\n---\nText."


def paths(root: Path, text: str) -> list[str]:
    return [hit.path for hit in find_entries(root, Asked(text)).hits]


def files(root: Path) -> list[Path]:
    return sorted(path for path in (root / CACHE / "index").iterdir() if path.suffix == ".seg" or "TOC" in path.name)


def test_what_did_not_change_is_not_indexed_again(digest):
    assert open_index(digest).written == ALL
    assert open_index(digest).written == 0


def test_one_changed_entry_costs_one_document_and_no_other_file_is_read(digest, monkeypatch):
    open_index(digest)
    path = digest / "entries/2021-04/alliance-counts.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nA zebra.\n", encoding="utf-8")
    monkeypatch.setattr(index_module, "read_library", None)
    assert open_index(digest).written == 1
    assert paths(digest, "zebra") == ["entries/2021-04/alliance-counts.md"]
    assert paths(digest, "fluckiger title:alliance") == ["entries/2021-04/alliance-counts.md"]


def test_what_looks_as_it_did_is_not_even_read(digest, monkeypatch):
    monkeypatch.setattr(index_module, "UNSETTLED", 0)
    open_index(digest)
    for name in ("list_files", "_find_folders", "_hash_files", "_read_details", "read_library", "read_some_entries"):
        monkeypatch.setattr(index_module, name, None)
    assert open_index(digest).written == 0


def test_a_change_that_the_clock_of_the_disk_is_too_coarse_to_tell_is_found(digest, monkeypatch):
    """Of the same length, in the same file, at the same time: only files that were at rest are believed."""
    now = time.time_ns()

    def sign(root, path):
        file = Path(root, path)
        return [file.stat().st_size, now, now, 1] if file.exists() else []

    monkeypatch.setattr(index_module, "_sign", sign)
    open_index(digest)
    path = digest / "entries/2021-04/alliance-counts.md"
    path.write_text(path.read_text(encoding="utf-8").replace("rupture", "giraffe"), encoding="utf-8")
    assert paths(digest, "giraffe") == ["entries/2021-04/alliance-counts.md"]
    monkeypatch.setattr(index_module, "UNSETTLED", 0)
    assert open_index(digest).written == 0
    monkeypatch.setattr(index_module, "_hash_files", None)
    assert open_index(digest).written == 0, "by now they are at rest"


def test_details_that_do_not_belong_to_the_state_cost_a_new_index(digest):
    open_index(digest)
    details = digest / CACHE / "details.json"
    details.write_text(details.read_text(encoding="utf-8").replace("Fl\u00fcckiger", "Zwingli"), encoding="utf-8")
    assert open_index(digest).written == ALL


def test_a_new_file_in_any_folder_is_seen(digest, monkeypatch):
    """By the time of its folder, new or not."""
    (digest / "entries" / "2024-01").mkdir()
    monkeypatch.setattr(index_module, "UNSETTLED", 0)
    open_index(digest)
    for number, folder in enumerate(("2024-01", "2022-12", "2030-01/below")):
        write_entry(digest, f"{folder}/new-{number}", NEW.replace("Text.", f"Giraffe{'abc'[number]}."))
        found = open_index(digest)
        assert found.written == (folder != "2030-01/below"), "entries stand in folders of months"
        assert open_index(digest).written == 0


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_new_file_in_a_linked_folder_is_seen(digest, monkeypatch):
    monkeypatch.setattr(index_module, "UNSETTLED", 0)
    (digest / "theme").mkdir()
    (digest / "entries" / "2024-02").symlink_to(digest / "theme")
    open_index(digest)
    write_entry(digest, "2024-02/new", NEW)
    assert open_index(digest).written == 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"entries": [1, 2, 3, 4]}', "null\nentries/none.md"])
def test_a_damaged_list_of_files_is_made_anew(digest, monkeypatch, text):
    monkeypatch.setattr(index_module, "UNSETTLED", 0)
    open_index(digest)
    (digest / CACHE / "paths.txt").write_text(text, encoding="utf-8")
    assert open_index(digest).written == 0
    write_entry(digest, "2023-02/new", NEW)
    assert open_index(digest).written == 1


def test_a_list_of_files_that_lacks_one_costs_a_new_look(digest, monkeypatch):
    """Whoever wrote it: the sum of all files tells."""
    monkeypatch.setattr(index_module, "UNSETTLED", 0)
    open_index(digest)
    listed = digest / CACHE / "paths.txt"
    lines = listed.read_text(encoding="utf-8").splitlines()
    listed.write_text("\n".join(line for line in lines if "alliance-counts" not in line), encoding="utf-8")
    assert paths(digest, "rupture") == ["entries/2021-04/alliance-counts.md"]


def test_a_touched_file_costs_none(digest):
    open_index(digest)
    os.utime(digest / "entries/2021-04/alliance-counts.md", (1, 1))
    assert open_index(digest).written == 0


def test_a_new_entry_and_its_reference_are_found_and_a_deleted_one_is_not(digest):
    open_index(digest)
    write_entry(digest, "2023-02/new", NEW)
    assert open_index(digest).written == 1
    assert paths(digest, "author:doe") == ["entries/2023-02/new.md"]
    (digest / "entries/2023-02/new.md").unlink()
    assert open_index(digest).written == 1
    assert paths(digest, "author:doe") == []


def test_an_entry_that_cannot_be_read_any_more_is_gone(digest):
    open_index(digest)
    (digest / "entries/2021-04/alliance-counts.md").write_bytes(b"---\ntitle: \xff\n---\n")
    assert paths(digest, "rupture") == []


def test_a_changed_reference_costs_the_entries_that_cite_it(digest, monkeypatch):
    open_index(digest)
    made = []
    make_document = vars(index_module)["make_document"]

    def count(*given):
        made.append(given)
        return make_document(*given)

    monkeypatch.setattr(index_module, "make_document", count)
    bib = digest / "bib/references.bib"
    bib.write_text(bib.read_text(encoding="utf-8").replace("Doe, Ann", "Roe, Ann"), encoding="utf-8")
    assert open_index(digest).written == 0, "no entry cites it"
    assert made == []
    bib.write_text(bib.read_text(encoding="utf-8").replace("Flückiger", "Zwingli"), encoding="utf-8")
    assert open_index(digest).written == len(made) == 2
    assert len(paths(digest, "zwingli")) == 2


def test_a_renamed_label_costs_the_entries_on_that_topic(digest):
    open_index(digest)
    path = digest / "vocabulary/topics.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("label: Depression", "label: Melancholy"), encoding="utf-8"
    )
    assert open_index(digest).written == 1
    assert paths(digest, "topic:melancholy") == ["entries/2023-01/low-mood.md"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def flip(path: Path) -> None:
    """Change one byte, and set the time of the file back."""
    times = path.stat()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("damage", [cut, flip, Path.unlink, lambda path: path.write_bytes(b"")])
@pytest.mark.parametrize("which", [0, -1])
def test_a_damaged_index_is_made_anew(digest, damage, which):
    open_index(digest)
    damage(files(digest)[which])
    assert open_index(digest).written == ALL
    assert paths(digest, "rupture") == ["entries/2021-04/alliance-counts.md"]


def test_a_damage_that_the_system_does_not_tell_is_met_when_it_is_read(digest, monkeypatch):
    monkeypatch.setattr(index_module, "sign_files", lambda folder: {"all": [1]})
    open_index(digest)
    for path in files(digest):
        path.write_bytes(b"\0" * path.stat().st_size)
    assert paths(digest, "rupture") == ["entries/2021-04/alliance-counts.md"]
    gc.collect()  # a file that was left open would be told here, and fail the test


@pytest.mark.parametrize("text", ["", "{", "[]", '{"made_by": []}', '{"whoosh": 1}', "null"])
def test_a_damaged_state_is_made_anew(digest, text):
    open_index(digest)
    (digest / CACHE / "state.json").write_text(text, encoding="utf-8")
    assert open_index(digest).written == ALL


def test_an_index_of_another_version_is_made_anew(digest, monkeypatch):
    open_index(digest)
    monkeypatch.setattr(index_module, "FORM", "another")
    assert open_index(digest).written == ALL


class Planted:
    """Runs when somebody unpickles it."""

    def __reduce__(self):
        return Path.touch, (Path(os.environ["PLANTED"]),)


def test_an_index_from_elsewhere_is_never_opened(digest, tmp_path, monkeypatch):
    """A repository may come with a cache in it, and pickles run what they like."""
    import pickle

    monkeypatch.setenv("PLANTED", str(tmp_path / "ran"))
    open_index(digest)
    other = tmp_path / "clone"
    shutil.copytree(digest, other, copy_function=shutil.copy2)
    for path in files(other):
        path.write_bytes(pickle.dumps(Planted()))
    state = json.loads((other / CACHE / "state.json").read_text(encoding="utf-8"))
    assert state["whoosh"]
    assert open_index(other).written == ALL
    assert not (tmp_path / "ran").exists()


def test_nothing_is_written_where_a_link_leads(digest, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (digest / CACHE).mkdir(parents=True)
    (digest / CACHE / "index").symlink_to(elsewhere)
    (digest / CACHE / "state.json.new").symlink_to(elsewhere / "state")
    assert open_index(digest).written == ALL
    assert list(elsewhere.iterdir()) == []


def test_a_copied_index_is_made_anew(digest, tmp_path):
    open_index(digest)
    shutil.copytree(digest, tmp_path / "copy", copy_function=shutil.copy2)
    assert open_index(tmp_path / "copy").written == ALL


def test_a_write_that_is_broken_off_leaves_no_index_to_be_trusted(digest, monkeypatch):
    open_index(digest)
    write_entry(digest, "2023-02/new", NEW)

    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(index_module, "_write_state", stop)
    with pytest.raises(KeyboardInterrupt):
        open_index(digest)
    monkeypatch.undo()
    assert open_index(digest).written == ALL + 1


def test_nothing_is_written_outside_the_cache(digest):
    before = {path for path in digest.rglob("*") if ".digest" not in path.parts}
    open_index(digest)
    assert {path for path in digest.rglob("*") if ".digest" not in path.parts} == before
    assert {path.relative_to(digest).parts[:2] for path in digest.glob(".digest/*")} == {(".digest", "cache")}


def test_progress_is_told_for_the_first_index(digest):
    told = []
    open_index(digest, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_empty_digest_can_be_searched(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: Empty\n", encoding="utf-8")
    assert paths(tmp_path, "anything") == []
