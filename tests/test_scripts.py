"""The scripts that a newcomer runs first, and the lock files that they install from."""

import ast
import os
import re
import sys
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = [path for path in sorted((ROOT / "scripts").iterdir()) if path.is_file()]
PROGRAMS = [path for path in SCRIPTS if not path.suffix]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """The module `_venv` on a checkout in `tmp_path`; `venv.ran` holds the commands that it would have run."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    monkeypatch.delitem(sys.modules, "_venv", raising=False)
    module = import_module("_venv")
    (tmp_path / "requirements").mkdir()
    for name in ("pyproject.toml", *module.LOCKS.values()):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    folder = tmp_path / ".venv"
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", folder)
    monkeypatch.setattr(module, "PYTHON", folder / "python")
    monkeypatch.setattr(module, "STAMP", folder / "stamp.json")
    monkeypatch.setattr(module.shutil, "which", lambda _name: None)
    monkeypatch.setattr(module._browser, "find_browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(module._pango, "find_pango", lambda: True)

    def run(command):
        module.ran.append(command)
        if "venv" in command:
            folder.mkdir()
            (folder / "python").touch()
            (folder / "pyvenv.cfg").write_text("home = /usr/bin\nversion = {}.{}.1\n".format(*sys.version_info[:2]))
        return True

    monkeypatch.setattr(module, "ran", [], raising=False)
    monkeypatch.setattr(module, "run", run)
    monkeypatch.setattr(module, "compile_all", lambda: None)
    return module


def kinds(commands):
    return [
        "venv" if "venv" in command else "all" if "requirements/all.txt" in command else command[-1]
        for command in commands
    ]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_an_old_python_can_parse_every_script(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_every_program_can_be_started_by_its_name(path):
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env python3\n")
    assert os.name == "nt" or os.access(path, os.X_OK)


def test_a_second_setup_runs_nothing(venv):
    venv.set_up()
    assert kinds(venv.ran) == ["venv", "requirements/base.txt", "."]
    venv.ran.clear()
    venv.set_up()
    assert venv.ran == []


def test_every_extra_once_installed_stays_installed(venv):
    venv.set_up()
    venv.ran.clear()
    venv.set_up(everything=True)
    assert kinds(venv.ran) == ["all", "."]
    venv.ran.clear()
    venv.set_up()
    assert venv.ran == []


def test_only_who_asks_for_a_browser_is_told_that_there_is_none(venv, monkeypatch):
    monkeypatch.setattr(venv._browser, "find_browser", lambda: None)
    monkeypatch.setattr(venv._browser, "install_browser", lambda _python: False)
    with pytest.raises(venv.SetupFailed, match="No Chromium"):
        venv.set_up(everything=True, browser=True)
    venv.ran.clear()
    venv.set_up()
    venv.set_up(everything=True)
    assert venv.ran == []


def test_a_machine_without_pango_is_set_up_all_the_same(venv, monkeypatch, capsys):
    monkeypatch.setattr(venv._pango, "find_pango", lambda: False)
    monkeypatch.setattr(venv._pango.shutil, "which", lambda _: None)
    venv.set_up(everything=True, browser=True)
    assert "no Pango here" in capsys.readouterr().out


def test_a_browser_of_playwright_is_installed_once(venv, monkeypatch):
    asked = []

    def install(python):
        asked.append(python)
        return True

    monkeypatch.setattr(venv._browser, "find_browser", lambda: None)
    monkeypatch.setattr(venv._browser, "install_browser", install)
    venv.set_up(everything=True, browser=True)
    venv.set_up(everything=True, browser=True)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("requirements/base.txt", "click==", "click==0.", ["requirements/base.txt", "."]),
        ("pyproject.toml", 'digest = "digest.cli:main"', 'other = "digest.cli:main"', ["requirements/base.txt", "."]),
        ("pyproject.toml", "line-length = 120", "line-length = 100", []),
    ],
)
def test_setup_installs_again_when_what_is_installed_changed(venv, name, old, new, expected):
    venv.set_up()
    venv.ran.clear()
    path = venv.ROOT / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    venv.set_up()
    assert kinds(venv.ran) == expected


def test_an_environment_that_was_never_finished_is_made_anew(venv, monkeypatch):
    monkeypatch.setattr(venv, "run", lambda command, run=venv.run: run(command) and "-r" not in command)
    with pytest.raises(venv.SetupFailed, match="Installing failed"):
        venv.set_up()
    venv.ran.clear()
    with pytest.raises(venv.SetupFailed):
        venv.set_up()
    assert kinds(venv.ran)[0] == "venv"


def test_another_python_makes_another_environment_and_an_unfit_one_uses_what_is_there(venv, monkeypatch):
    venv.set_up()
    venv.ran.clear()
    monkeypatch.setattr(venv, "running_version", lambda: "3.8")
    venv.set_up()
    assert venv.ran == []
    monkeypatch.setattr(
        venv, "running_version", lambda: next(each for each in venv.VERSIONS if each != venv.venv_version())
    )
    venv.set_up()
    assert kinds(venv.ran) == ["venv", "requirements/base.txt", "."]


def test_an_old_python_alone_gets_a_sentence(venv, monkeypatch):
    monkeypatch.setattr(venv, "running_version", lambda: "3.8")
    with pytest.raises(venv.SetupFailed, match=r"needs Python 3\.11 to 3\.13, and Python 3\.8 runs it"):
        venv.set_up()


def test_the_scripts_and_the_project_agree_on_the_pythons(venv):
    oldest, newest = venv.VERSIONS[-1], venv.VERSIONS[0]
    after = int(newest.removeprefix("3.")) + 1
    assert PROJECT["project"]["requires-python"] == f">={oldest},<3.{after}"


def read_pins(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if not line.lstrip().startswith("#")}


def test_the_lock_files_hold_pins_and_nothing_of_the_machine_that_made_them():
    for name in ("requirements/base.txt", "requirements/all.txt"):
        assert read_pins(name)
        assert all(re.fullmatch(r"[a-z0-9.-]+==[\w.]+( ; .*)?", pin) for pin in read_pins(name))
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_what_site_installs_is_what_test_tests():
    assert read_pins("requirements/base.txt") < read_pins("requirements/all.txt")


def test_every_dependency_is_locked():
    locked = {pin.split("==")[0] for pin in read_pins("requirements/all.txt")}
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = [*PROJECT["project"]["dependencies"], *(each for extra in extras for each in extra)]
    names = {re.split(r"[<>=[]", each)[0].lower() for each in wanted}
    assert names <= locked


def test_the_version_stands_in_one_place():
    assert version("digest-evidence") == PROJECT["project"]["version"]
