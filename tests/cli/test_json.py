"""`--format json`: standard output is one document, or one object a line, and nothing else."""

import json
import subprocess
import sys

import click
import pytest

from digest.cli.main import cli
from tests.publish.conftest import DAY, copy_digest


def iter_commands(command, name):
    """Every command that does something, by its name."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    if command.invoke_without_command:
        yield name, command
    context = click.Context(command)
    for each in command.list_commands(context):
        found = command.get_command(context, each)
        assert found is not None
        yield from iter_commands(found, f"{name} {each}")


@pytest.mark.parametrize(("name", "command"), list(iter_commands(cli, "digest")))
def test_every_command_can_answer_so(name, command):
    forms = [option for option in command.params if "--format" in option.opts]
    assert [form for form in forms if "json" in form.type.choices], name


def answer(*arguments, code=0):
    """What a command says to a program."""
    command = [sys.executable, "-m", "digest", *map(str, arguments), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def test_a_new_digest_is_a_list_of_files(tmp_path):
    told = answer("init", tmp_path / "garden")
    assert sorted(told["files"]) == sorted(
        path.relative_to(tmp_path / "garden").as_posix() for path in (tmp_path / "garden").rglob("*") if path.is_file()
    )


def test_a_build_tells_what_it_made(tmp_path):
    root = copy_digest(tmp_path / "digest")
    told = answer("build", "--root", root, "--date", DAY, "--no-search")
    assert told["site"] == str(root / "site")
    assert told["entries"] == sum(path.name != "index.md" for path in root.glob("entries/*/*.md"))
    assert told["files"]["written"] == sum(path.is_file() for path in (root / "site").rglob("*"))
    assert told["stages"]["make files"] > 0
    assert answer("build", "--root", root, "--date", DAY, "--no-search")["files"]["written"] == 0


def test_a_build_that_is_refused_tells_the_problems(tmp_path):
    root = copy_digest(tmp_path / "digest")
    entry = next(path for path in sorted(root.glob("entries/*/*.md")) if path.name != "index.md")
    entry.write_text(entry.read_text("utf-8").replace("topics: [", "topics: [no-such-topic, "), "utf-8")
    told = answer("build", "--root", root, "--date", DAY, code=1)
    assert told["errors"] == 1
    assert [each["rule"] for each in told["problems"] if each["severity"] == "error"] == ["topic-unknown"]
    assert not (root / "site").exists()


def test_a_renamed_topic_tells_its_edits_and_what_was_written(tmp_path):
    root = copy_digest(tmp_path / "digest")
    offered = answer("topics", "--root", root, "rename", "training", "Training of all kinds")
    assert offered["written"] == []
    assert "vocabulary/topics.yml" in {edit["path"] for edit in offered["edits"]}
    done = answer("topics", "--root", root, "rename", "training", "Training of all kinds", "--yes")
    assert sorted(done["written"]) == sorted({edit["path"] for edit in offered["edits"]})


def test_a_preview_tells_one_object_a_line(tmp_path):
    root = copy_digest(tmp_path / "digest")
    command = [sys.executable, "-u", "-m", "digest", "serve", "--root", str(root), "--port", "0", "--format", "json"]
    with subprocess.Popen([*command, "--date", DAY], stdout=subprocess.PIPE, text=True, encoding="utf-8") as preview:
        assert preview.stdout is not None
        first, second = (json.loads(preview.stdout.readline()) for _ in range(2))
        preview.terminate()
    assert first == {"errors": []}
    assert second["preview"].startswith("http://127.0.0.1:")
