"""`digest import`: every record once, nothing lost, nothing overwritten."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.check import check_library
from digest.cli.main import cli
from digest.read import read_library
from tests.publish.conftest import copy_digest

RIS = """TY  - JOUR
AU  - Grower, Ann B.
TI  - Straw mulch and water use: A season of trials
JO  - Journal of Garden Trials
PY  - 2021
VL  - 4
SP  - 11
EP  - 19
DO  - 10.1000/mulch.2021
ER  -

TY  - JOUR
AU  - Sower, Dan
TI  - Depth of sowing
PY  - 2022
ER  -
"""
PAGE = """Garden notes
This month...
…I write about mulch.
March 2024
Does Mulch Save Water?
Grower, A. B., & Digger, C. (2021). Straw mulch and water use: A season of trials. Garden Trials, 4(2), 11-19.
Beds under mulch were watered half as often.
Practice Implications
Mulch before the dry months.
Watering in the Evening
Evening watering was compared with watering at noon.
Practice Implications
Water in the evening.
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_digest(tmp_path / "digest")


def test_every_record_is_added_present_or_refused(root: Path, tmp_path: Path) -> None:
    """And a second time all are there already."""
    file = tmp_path / "records.ris"
    file.write_text(RIS + "\nTY  - JOUR\nER  -\n", encoding="utf-8")
    first = json.loads(run("import", str(file), "--root", str(root), "--format", "json").stdout)
    assert (first["read"], first["added"], first["present"], len(first["refused"])) == (3, 2, 0, 1)
    assert set(first["refused"][0]) == {"path", "line", "reason"}
    second = json.loads(run("import", str(file), "--root", str(root), "--format", "json").stdout)
    assert (second["read"], second["added"], second["present"], len(second["refused"])) == (3, 0, 2, 1)


def test_the_bibliography_is_only_appended_to(root: Path, tmp_path: Path) -> None:
    """The bytes that were there stay; the new records read back."""
    file, bibliography = tmp_path / "records.ris", root / "bib/references.bib"
    file.write_text(RIS, encoding="utf-8")
    before = bibliography.read_bytes()
    run("import", str(file), "--root", str(root))
    after = bibliography.read_bytes()
    assert after.startswith(before)
    library, problems = read_library(root)
    assert problems == []
    added = {reference.citation_key: reference for reference in library.references}["grower2021straw"]
    assert (added.title, added.page, added.DOI) == (
        "Straw mulch and water use: A season of trials",
        "11–19",
        "10.1000/mulch.2021",
    )


def test_a_dry_run_writes_nothing(root: Path, tmp_path: Path) -> None:
    """It only says what it would do."""
    file = tmp_path / "records.ris"
    file.write_text(RIS, encoding="utf-8")
    before = (root / "bib/references.bib").read_bytes()
    done = run("import", str(file), "--root", str(root), "--dry-run")
    assert "would add grower2021straw" in done.stdout
    assert (root / "bib/references.bib").read_bytes() == before


def test_windows_line_endings_of_the_bibliography_are_followed(root: Path, tmp_path: Path) -> None:
    """A file is not half of one kind and half of the other."""
    file, bibliography = tmp_path / "records.ris", root / "bib/references.bib"
    file.write_text(RIS, encoding="utf-8")
    bibliography.write_bytes(bibliography.read_bytes().replace(b"\n", b"\r\n"))
    run("import", str(file), "--root", str(root))
    content = bibliography.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")


def test_an_old_blog_becomes_drafts_in_its_editions(root: Path, tmp_path: Path) -> None:
    """With references, introduction and suggestions; the digest still checks without an error."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    told = json.loads(run("import", "--archive", str(page), "--root", str(root), "--format", "json").stdout)
    assert (told["read"], told["added"], told["present"], told["refused"]) == (2, 2, 0, [])
    assert told["editions"] == ["2024-03"]
    assert (root / "entries/2024-03/index.md").read_text(encoding="utf-8") == "…I write about mulch.\n"
    library, _ = read_library(root)
    mulch = next(entry for entry in library.entries if entry.slug == "does-mulch-save-water")
    assert mulch.draft
    assert mulch.citations == ("grower2021straw",)
    assert not check_library(root, __import__("datetime").date(2026, 11, 22)).has_errors


def test_a_draft_of_an_old_blog_is_told_the_topics_that_its_words_suggest(root: Path, tmp_path: Path) -> None:
    """As `digest suggest` would; where nothing speaks loudly enough there are none."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE.replace("Does Mulch Save Water?", "Does the Therapeutic Alliance Matter?"), encoding="utf-8")
    told = json.loads(run("import", "--archive", str(page), "--root", str(root), "--format", "json").stdout)
    suggested = told["suggestions"]["entries/2024-03/does-therapeutic-alliance-matter.md"]
    assert suggested[0] == "alliance-and-therapeutic-relationship"
    assert told["suggestions"]["entries/2024-03/watering-evening.md"] == []


def test_what_was_not_understood_is_kept_and_never_overwritten(root: Path, tmp_path: Path) -> None:
    """Two archives of one name leave two files; the same one again leaves none more."""
    files = []
    for folder, footer in (("a", "Next page"), ("b", "Back to top")):
        files.append(tmp_path / folder / "page.txt")
        files[-1].parent.mkdir()
        files[-1].write_text(PAGE + footer + "\n", encoding="utf-8")
    for _ in range(2):
        run("import", "--archive", *map(str, files), "--root", str(root))
    kept = sorted(path.read_text(encoding="utf-8") for path in (root / "import-leftovers").iterdir())
    assert [text.partition(": ")[2].strip() for text in kept] == ["Back to top", "Next page"]


def test_importing_an_old_blog_twice_adds_nothing(root: Path, tmp_path: Path) -> None:
    """And overwrites nothing that the editor has written since."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    run("import", "--archive", str(page), "--root", str(root))
    entry = root / "entries/2024-03/does-mulch-save-water.md"
    entry.write_text("my own words", encoding="utf-8")
    told = json.loads(run("import", "--archive", str(page), "--root", str(root), "--format", "json").stdout)
    assert (told["added"], told["present"], told["references"]) == (0, 2, 0)
    assert entry.read_text(encoding="utf-8") == "my own words"
