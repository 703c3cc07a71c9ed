"""`digest training check` and `digest export course`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli.main import cli
from digest.errors import ContentRefused, DigestError, OutputRefused
from digest.export.cartridge import VERSIONS, CartridgeVersion
from tests.export.test_cartridge import links_of, unpack
from tests.publish.conftest import DAY, REPOSITORY, copy_digest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the repository's digest."""
    return copy_digest(tmp_path / "digest")


def run(*arguments: str, root: Path = REPOSITORY) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--root", str(root), "--date", DAY], catch_exceptions=False)


def export(*arguments: str, root: Path = REPOSITORY) -> Result:
    return run("export", "course", *arguments, root=root)


def test_the_check_tells_places_and_ends_well_while_there_are_only_warnings() -> None:
    """A module's objective without a reading is told at its line."""
    done = run("training", "check")
    assert done.exit_code == 0
    first = next(line for line in done.stdout.splitlines() if "[objective-unread]" in line)
    assert first.startswith("training/mentalizing.md:6:5: warning: no reading serves objective 2")
    assert done.stdout.splitlines()[-1].startswith("checked 5 modules, ")
    assert run("training", "check", "--strict").exit_code == 1


def test_the_check_as_json_is_one_document() -> None:
    """With every problem and its place."""
    answer = json.loads(run("training", "check", "--format", "json").stdout)
    assert answer["modules"] == 5
    assert {problem["path"].partition("/")[0] for problem in answer["problems"]} == {"training"}
    assert answer["warnings"] == sum(problem["severity"] == "warning" for problem in answer["problems"]) > 0


def test_a_reading_that_is_gone_from_the_digest_is_an_error(root: Path) -> None:
    """As `digest check` says too."""
    path = root / "training/mentalizing.md"
    path.write_text(path.read_text("utf-8").replace("entry: empathy-and-", "entry: sympathy-and-"), "utf-8")
    done = run("training", "check", root=root)
    assert done.exit_code == 1
    assert "unknown entry 'sympathy-and-outcome-how-strong' [reading-unknown]" in done.stdout


def test_rules_of_courses_are_explained_and_listed() -> None:
    """By the verb that tells them, and by `digest check`."""
    listed = run("training", "check", "--explain", "all").stdout
    assert "objective-unread (warning): An objective that no reading of its module serves." in listed
    one = run("training", "check", "--explain", "reading-old").stdout
    assert one == CliRunner().invoke(cli, ["check", "--explain", "reading-old"]).stdout
    assert one.startswith("reading-old (warning)\n\nA reading older than ten years")


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.number)
def test_the_course_of_this_repository_is_a_valid_cartridge(version: CartridgeVersion, tmp_path: Path) -> None:
    """Each module's page and each of its readings is one link."""
    file = tmp_path / "a.imscc"
    kind = "cartridge" if version.number == "1.1" else "cartridge-1.3"
    done = export("--as", kind, "--output", str(file), "--format", "json")
    links = links_of(file.read_bytes(), version)
    assert json.loads(done.stdout) == {"kind": kind, "modules": 5, "links": len(links), "file": str(file)}
    assert len(links) == 5 + 26
    assert any(address == "https://digest.example.org/training/mentalizing/" for _, address in links.values())


def test_a_module_alone_goes_into_a_file_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder in which one is."""
    monkeypatch.chdir(tmp_path)
    assert export("--module", "mentalizing").stdout == "wrote mentalizing.imscc: 1 module, 6 links\n"
    assert len(unpack((tmp_path / "mentalizing.imscc").read_bytes())) == 7


def test_a_file_that_is_there_is_not_written_over_unasked(tmp_path: Path) -> None:
    """It may be the editor's."""
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    with pytest.raises(OutputRefused, match="is there already"):
        export("--output", str(file))
    assert file.read_text() == "mine"
    export("--output", str(file), "--replace")
    assert file.read_bytes().startswith(b"PK")


def test_the_list_to_paste_and_the_works_go_to_the_terminal() -> None:
    """As text, or within the JSON document."""
    html = export("--as", "html", "--module", "mentalizing").stdout
    assert '<li><a href="https://digest.example.org/2022/12/training-therapists-in-the-alliance/">' in html
    assert export("--as", "bibtex").stdout.count("@article{") >= 15
    assert export("--as", "ris", "--module", "mentalizing").stdout.count("TY  - ") == 4
    answer = json.loads(export("--as", "csl-json", "--module", "mentalizing", "--format", "json").stdout)
    assert json.loads(answer["text"])[0]["id"] == "tasca2023training"


def test_without_the_address_of_the_site_it_says_what_is_missing(root: Path) -> None:
    """And writes nothing."""
    path = root / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("site_url:", "#site_url:"), "utf-8")
    with pytest.raises(DigestError, match="`site_url` is missing"):
        export(root=root)
    assert not list(root.glob("*.imscc"))


def test_nothing_is_exported_of_content_with_errors(root: Path) -> None:
    """Learners would be led to what does not exist."""
    path = root / "training/mentalizing.md"
    path.write_text(path.read_text("utf-8").replace("objectives: [1]", "objectives: [9]"), "utf-8")
    with pytest.raises(ContentRefused):
        export(root=root)


def test_an_unknown_module_is_told_with_those_there_are() -> None:
    """The names of their files."""
    with pytest.raises(DigestError) as refused:
        export("--module", "mentalising")
    assert "mentalizing" in refused.value.todo
