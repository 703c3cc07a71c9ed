"""Make `.venv/`, the checkout's own Python environment, from the lock files in `requirements/`.

Takes whatever Python runs it; gives an environment with a Python that suits us. Never touches anything outside the
checkout, but for the browser (`_browser.py`). Only the standard library, and only what Python 3.8 can parse: with an
old Python a person gets a sentence, not a traceback.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import _browser
import _pango

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "digest-setup.json"
LOCKS = {False: "requirements/base.txt", True: "requirements/all.txt"}
VERSIONS = ("3.13", "3.12", "3.11")
"""The Pythons that we run on, as `requires-python` in pyproject.toml has it, the best first."""


class SetupFailed(Exception):
    """What could not be done, and what the person can do."""


def set_up(*, everything: bool = False, browser: bool = False, talk: bool = False) -> None:
    """Bring `.venv/` up to date: at once when nothing changed. What once had every extra keeps every extra.

    `browser`: see to one for the browser tests as well. `talk`: say so when there is nothing to do.

    Raises SetupFailed.
    """
    stamp = read_stamp()
    everything = everything or bool(stamp.get("everything"))
    if not venv_fits(stamp):
        make_venv(find_python())
        stamp = {}
    wanted = {
        "root": str(ROOT),
        "everything": everything,
        "inputs": hash_inputs(),
        "browser": bool(stamp.get("browser")),
    }
    if stamp != wanted:
        install(everything=everything)
        write_stamp(wanted)
    elif talk:
        say(f".venv is up to date (Python {venv_version()}).")
    if browser and not wanted["browser"] and not _browser.find_browser():
        if not _browser.install_browser(PYTHON):
            raise SetupFailed(
                "No Chromium could be installed for the browser tests.\n"
                "Install Chromium or Google Chrome yourself, so that `chromium` or `google-chrome` is on PATH,\n"
                "and run this again. Or do without: `scripts/test --fast` leaves the browser tests out."
            )
        write_stamp({**wanted, "browser": True})
    if browser and not _pango.find_pango() and not _pango.install_pango():
        say("no Pango here, so `digest build --pdf` cannot be used, and its tests are left out.")


def venv_fits(stamp: dict[str, object]) -> bool:
    """Whether `.venv/` was finished, in this place, with the Python that runs this (any of ours, if it is none)."""
    version, running = venv_version(), running_version()
    right_python = version == running if running in VERSIONS else version in VERSIONS
    return bool(stamp) and stamp.get("root") == str(ROOT) and right_python


def find_python() -> str:
    """The Python to make `.venv/` with: the one that runs this, if it suits; else another on PATH; else uv's."""
    if running_version() in VERSIONS:
        return str(getattr(sys, "_base_executable", sys.executable))  # not the one of a venv: ours would go with it
    for version in VERSIONS:
        for command in ([f"python{version}"], ["py", f"-{version}"]):
            interpreter = ask_python(command)
            if interpreter:
                return interpreter
    if shutil.which("uv"):
        return VERSIONS[0]  # uv fetches one
    raise SetupFailed(
        f"This needs Python {VERSIONS[-1]} to {VERSIONS[0]}, and Python {running_version()} runs it.\n"
        f"Install Python {VERSIONS[0]}, then run this again with it. Windows and macOS: from python.org;\n"
        "Debian 12, Ubuntu 24.04 or later: `apt-get install python3 python3-venv`."
    )


def running_version() -> str:
    """The Python that runs this, as "3.12"."""
    return "{}.{}".format(*sys.version_info[:2])


def ask_python(command: list[str]) -> str | None:
    """The path of the interpreter that a command starts, or None: a launcher on PATH may have nothing to start."""
    if not shutil.which(command[0]):
        return None
    asked = subprocess.run([*command, "-c", "import sys; print(sys.executable)"], check=False, capture_output=True)
    return asked.stdout.decode().strip() or None if asked.returncode == 0 else None


def venv_version() -> str | None:
    """The Python of `.venv/`, as "3.12"; None when there is none that could start."""
    settings = VENV / "pyvenv.cfg"
    if not (settings.is_file() and PYTHON.exists()):
        return None
    found = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+)", settings.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1) if found else None


def make_venv(interpreter: str) -> None:
    """An empty `.venv/`, in place of what is there."""
    say("making .venv ...")
    if VENV.exists():
        remove_venv()
    if shutil.which("uv"):
        done = run(["uv", "venv", "--quiet", "--seed", "--python", interpreter, str(VENV)])
    else:
        done = run([interpreter, "-m", "venv", str(VENV)])
    if not done:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupFailed(
            "Python could not make .venv (its own words are above).\n"
            "On Debian and Ubuntu: `apt-get install python3-venv`, then run this again."
        )


def remove_venv() -> None:
    """Windows keeps the files of a running program: say so, rather than leave half an environment."""
    try:
        shutil.rmtree(VENV)
    except OSError as error:
        raise SetupFailed(
            f"The old .venv could not be removed: {error}\n"
            "Close the programs that run from it (a preview, an editor's terminal), delete the folder, run this again."
        ) from error


def install(*, everything: bool) -> None:
    """Install the locked packages, then the project itself, so that an edit of `digest/` counts at once."""
    lock = LOCKS[everything]
    say(f"installing the packages of {lock} (a minute or so the first time) ...")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]  # errors only
    if shutil.which("uv"):
        pip = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    locked = run([*pip, "-r", lock])
    if not (locked and run([*pip, "--no-deps", "--no-build-isolation", "-e", "."])):
        raise SetupFailed(
            "Installing failed (the installer's own words are above).\n"
            "It needs the network, and room on the disk. Run this again when they are there; if it fails in the same\n"
            "way, delete the folder .venv first."
        )
    compile_all()


def compile_all() -> None:
    """Compile the program now: where PYTHONDONTWRITEBYTECODE is set, every start would do it again."""
    run([str(PYTHON), "-m", "compileall", "-q", "digest"])
    run([str(PYTHON), "-c", "from digest.pages.frame import compile_templates; compile_templates()"])


def hash_inputs() -> str:
    """A fingerprint of what decides the content of `.venv/`: the locks, and pyproject.toml but for the tools."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    tables = re.split(r"^(?=\[)", project, flags=re.MULTILINE)
    parts = [table for table in tables if table.startswith(("[build-system", "[project", "[tool.hatch"))]
    parts += [(ROOT / lock).read_text(encoding="utf-8") for lock in LOCKS.values()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read_stamp() -> dict[str, object]:
    """What `write_stamp` wrote; empty when `.venv/` was never finished."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and PYTHON.exists() else {}


def write_stamp(stamp: dict[str, object]) -> None:
    """Note what is installed, once it is."""
    STAMP.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")


def run(command: list[str]) -> bool:
    """Run in the checkout, with the person watching; whether it went well."""
    return subprocess.run(command, check=False, cwd=str(ROOT)).returncode == 0


def say(text: str) -> None:
    """Tell the person what happens, before it does."""
    print(f"setup: {text}", flush=True)
