"""`digest init`: the first thing that an editor of another field does."""

import datetime
import re
from pathlib import Path

import pytest

from digest.check import check_library
from digest.cli import main

OF_EACH_KIND = (
    "README.md",
    ".gitattributes",
    ".gitignore",
    "bib/*.bib",
    "entries/permalinks.txt",
    "entries/*/index.md",
    "entries/*/[!i]*.md",
    "entries/*/*.svg",
    "mkdocs.yml",
    "pages/about.md",
    "studies/*.md",
    "training/*.md",
    "vocabulary/glossary.yml",
    "vocabulary/recruitment-wording.yml",
    "vocabulary/research-types.yml",
    "vocabulary/topics.yml",
)


def run(*arguments):
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def made(tmp_path):
    folder = tmp_path / "garden"
    assert run("init", folder) == 0
    return folder


def test_a_new_digest_has_one_example_of_each_kind(made):
    assert [pattern for pattern in OF_EACH_KIND if not list(made.glob(pattern))] == []


@pytest.mark.parametrize("day", ["2025-01-01", "2026-11-22", "2060-12-31"])
def test_a_new_digest_has_no_problem_of_any_severity_whatever_the_day(made, day):
    assert list(check_library(made, datetime.date.fromisoformat(day)).problems) == []


def test_a_new_digest_passes_the_strictest_check(made, capsys):
    assert run("check", "--strict", "--root", made) == 0
    assert re.search("checked 1 entr.*no problems", capsys.readouterr().out)


def test_a_new_digest_builds(made, tmp_path):
    assert run("build", "--root", made, "--site-dir", tmp_path / "site") == 0
    for line in (made / "entries" / "permalinks.txt").read_text().splitlines():
        if not line.startswith("#"):
            assert (tmp_path / "site" / line.strip("/") / "index.html").is_file(), line
    entry = tmp_path / "site" / "2025" / "01" / "straw-on-the-beds-an-example"
    assert "Two garden beds" in (entry / "index.html").read_text(encoding="utf-8")
    assert list(entry.glob("*.svg"))


def test_what_it_prints_leads_on(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run("init", "my digest") == 0
    said = capsys.readouterr().out
    assert "A new digest is in my digest" in said
    assert "cd 'my digest'\n" in said
    assert "digest check" in said
    assert "digest serve" in said


def test_an_empty_folder_is_filled_where_it_stands(tmp_path, monkeypatch, capsys):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("init", ".") == 0
    assert (tmp_path / "mkdocs.yml").is_file()
    assert "  cd " not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["mkdocs.yml", "notes.txt", ".hidden", "entries/old.md"])
def test_a_folder_with_anything_in_it_is_refused_and_left_as_it_is(tmp_path, capsys, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    assert run("init", tmp_path) == 2
    assert tree(tmp_path) == {Path(name): b"mine"}
    said = capsys.readouterr()
    assert f"'{tmp_path}' is not empty" in said.err
    assert "fix: name a folder that does not exist yet" in said.err
    assert said.out == ""


def test_a_second_time_is_refused(made, capsys):
    before = tree(made)
    assert run("init", made) == 2
    assert tree(made) == before


def test_a_file_in_the_folders_place_is_refused(tmp_path, capsys):
    (tmp_path / "garden").write_text("mine")
    assert run("init", tmp_path / "garden") == 2
    assert "is not a folder" in capsys.readouterr().err
    assert (tmp_path / "garden").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert run("init", tmp_path / "file" / "garden") == 2
    assert "fix: " in capsys.readouterr().err


def test_the_example_names_no_real_address_and_no_field_of_ours(made):
    text = "\n".join(content.decode() for content in tree(made).values())
    hosts = set(re.findall(r"https?://([\w.-]+)", text)) | set(re.findall(r"[\w.]+@([\w.-]+)", text))
    mentioned = {host for host in hosts if not host.endswith("example.org")}
    assert mentioned == {"creativecommons.org", "www.w3.org"}
    assert re.findall(r"(?i)psycho|therap|clinic|patient|\balliance", text) == []


def test_every_example_says_that_it_is_one(made):
    for path, content in tree(made).items():
        if path.suffix in {".md", ".yml", ".bib"}:
            assert re.search(r"(?i)example", content.decode()), path
