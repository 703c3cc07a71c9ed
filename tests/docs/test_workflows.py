"""The workflows for people who host on GitHub: sound, careful with rights, and doing what they say."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from digest.cli.main import cli
from tests.publish.conftest import REPOSITORY

GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTION = GITHUB / "actions/digest/action.yml"
GOLDEN = REPOSITORY / "tests/golden/check"
PINNED = re.compile(r"[\w-]+/[\w-]+@v\d+(\.\d+)*")
FAKE_GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$GH_LOG"
[ "$1 $2" = "issue list" ] && echo "$OPEN_ISSUE"
while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cp "$2" "$GH_LOG.body"; shift; done
exit 0
"""


def read(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return {"on" if key is True else key: value for key, value in loaded.items()}  # YAML 1.1 takes `on` for a truth


def steps(path: Path) -> list[dict[str, Any]]:
    loaded = read(path)
    jobs = loaded["jobs"].values() if "jobs" in loaded else [loaded["runs"]]
    return [step for job in jobs for step in job["steps"]]


def script(workflow: str, name: str) -> str:
    """What one step runs."""
    (found,) = (step["run"] for step in steps(GITHUB / "workflows" / workflow) if step.get("name") == name)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_every_action_is_pinned_to_a_version_or_stands_in_the_repository(path):
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    for action in used:
        if action.startswith("./"):
            assert (REPOSITORY / action / "action.yml").is_file()
        else:
            assert PINNED.fullmatch(action)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_and_a_job_that_writes_says_what(path):
    loaded = read(path)
    assert loaded["permissions"] == {"contents": "read"}
    written = {
        right for job in loaded["jobs"].values() for right, way in job.get("permissions", {}).items() if way == "write"
    }
    expected = {"publish": {"pages", "id-token"}, "audit": {"contents", "issues"}}
    assert written == expected.get(path.stem, set())
    assert all("timeout-minutes" in job for job in loaded["jobs"].values())
    assert "concurrency" in loaded


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_nothing_from_outside_becomes_part_of_a_command(path):
    """Expressions are handed over as variables: a branch's name could hold a command."""
    for step in steps(path):
        assert "${{" not in step.get("run", "")


def test_what_starts_each_workflow():
    started = {path.stem: set(read(path)["on"]) for path in WORKFLOWS}
    assert started == {
        "audit": {"schedule", "workflow_dispatch"},
        "check": {"pull_request", "workflow_dispatch"},
        "publish": {"push", "schedule", "workflow_dispatch"},
        "test": {"push", "pull_request"},
    }


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_digest_command_in_a_workflow_exists_with_its_options(path):
    for step in steps(path):
        for line in step.get("run", "").splitlines():
            if line.strip().startswith("digest "):
                _, *words = shlex.split(line.partition(" > ")[0].partition(" || ")[0])
                command: Any = cli
                while words and (found := getattr(command, "get_command", lambda *_: None)(None, words[0])):
                    command, words = found, words[1:]
                options = {name for parameter in command.params for name in parameter.opts}
                assert command is not cli
                assert {word for word in words if word.startswith("--")} <= options


def test_a_pull_request_gets_its_mistakes_at_their_lines():
    assert "digest check --format github" in script("check.yml", "Check the content")


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    """A repository with a small digest, and programs named as on GitHub's machines."""
    root = tmp_path / "repository"
    shutil.copytree(GOLDEN / "_base", root)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "gh").write_text(FAKE_GH, encoding="utf-8")
    (programs / "digest").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m digest "$@"\n', encoding="utf-8")
    for program in programs.iterdir():
        program.chmod(0o755)
    audit = read(GITHUB / "workflows/audit.yml")["jobs"]["audit"]["env"]
    places = {name: value.replace("${{ runner.temp }}", str(tmp_path)) for name, value in audit.items()}
    return (
        os.environ
        | places
        | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(REPOSITORY),
            "SOURCE_DATE_EPOCH": "1718409600",
            "GH_LOG": str(tmp_path / "gh.log"),
            "OPEN_ISSUE": "",
            "COMPARE": "https://example.org/compare",
            "ROOT": str(root),
        }
    )


def run(desk: dict[str, str], name: str) -> None:
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script("audit.yml", name)]
    done = subprocess.run(command, cwd=desk["ROOT"], env=desk, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def audited(desk: dict[str, str], *, learnt: str = "") -> list[str]:
    """What was asked of GitHub after an audit that learnt what a golden case holds."""
    run(desk, "What is known")
    if learnt:
        shutil.copytree(GOLDEN / learnt / "in", desk["ROOT"], dirs_exist_ok=True)
    run(desk, "What is new")
    run(desk, "Tell what is new in an issue")
    log = Path(desk["GH_LOG"])
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_an_audit_that_learns_nothing_new_opens_no_issue(desk):
    assert audited(desk) == []


def test_an_audit_that_finds_a_retraction_opens_an_issue_that_says_where(desk):
    asked = audited(desk, learnt="reference-retracted")
    assert asked[-1].startswith("issue create ")
    told = Path(desk["GH_LOG"] + ".body").read_text(encoding="utf-8")
    assert "[reference-retracted]" in told
    assert "https://example.org/compare" in told
    quoted = [line for line in told.splitlines() if "bib/garden.bib" in line]
    assert quoted
    assert all(line.startswith("    ") for line in quoted)


def test_while_an_issue_is_open_a_new_one_is_not_opened(desk):
    desk["OPEN_ISSUE"] = "7"
    assert audited(desk, learnt="reference-retracted")[-1].startswith("issue comment 7 ")


def test_what_was_learnt_goes_onto_a_branch_and_never_onto_main(desk, tmp_path):
    git = shutil.which("git")
    assert git
    origin = tmp_path / "origin.git"
    desk |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def call(*arguments: str) -> str:
        command = [git, "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
        return subprocess.run(command, cwd=desk["ROOT"], env=desk, capture_output=True, text=True, check=True).stdout

    call("init", "--quiet", "--bare", str(origin))
    call("init", "--quiet", "--initial-branch=main")
    call("remote", "add", "origin", str(origin))
    call("add", ".")
    call("commit", "--quiet", "--message", "First")
    call("push", "--quiet", "origin", "main")
    first = call("rev-parse", "main")
    run(desk, "Keep what was learnt on the branch audit")
    assert "audit" not in call("ls-remote", "--heads", "origin")
    shutil.copytree(GOLDEN / "reference-retracted" / "in", desk["ROOT"], dirs_exist_ok=True)
    run(desk, "Keep what was learnt on the branch audit")
    listed = (line.split("\t") for line in call("ls-remote", "--heads", "origin").splitlines())
    heads = {name: commit for commit, name in listed}
    assert heads["refs/heads/main"] == first.strip()
    assert "bib/status.json" in call("show", "--stat", "--format=", heads["refs/heads/audit"])


def test_only_what_an_earlier_report_lacks_is_told(tmp_path):
    root = tmp_path / "digest"
    shutil.copytree(GOLDEN / "_base", root)
    check = [sys.executable, "-m", "digest", "check", "--root", str(root), "--date", "2024-06-15"]
    before = tmp_path / "before.json"
    before.write_bytes(subprocess.run([*check, "--format", "json"], capture_output=True, check=True).stdout)
    entry = root / "entries/2023-01/mulch-and-water.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("[soil,", "[sol,"), encoding="utf-8")
    done = subprocess.run([*check, "--since", str(before)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "[topic-unknown]" in done.stdout
    before.write_text("[]", encoding="utf-8")
    done = subprocess.run([*check, "--since", str(before)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "digest check --format json" in done.stderr


def test_the_packed_site_holds_hidden_folders_of_the_web(tmp_path):
    site = tmp_path / "site"
    (site / ".well-known").mkdir(parents=True)
    for name in (".well-known/security.txt", "index.html", ".digest-site"):
        (site / name).touch()
    environment = os.environ | {"RUNNER_TEMP": str(tmp_path)}
    subprocess.run(["bash", "-ec", script("publish.yml", "Pack the site")], env=environment, check=True)
    with tarfile.open(tmp_path / "artifact.tar") as packed:
        assert {member.name for member in packed if member.isfile()} == {"./index.html", "./.well-known/security.txt"}
