"""Programs from npm, each in a folder of its own below `.digest/npm/`: nothing is installed anywhere else.

Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".digest" / "npm"
PROGRAMS = {"html-validate": "10.17.0", "lighthouse": "12.8.2"}
"""Versions that run on Node.js 20, which is in common use. A newer one may find more: look at what is known then."""
PATIENCE = 300
"""Seconds in which npm must have fetched one of them."""


class NoProgram(Exception):
    """Why a program cannot be had, and what a person can do."""


def fetch_program(name: str) -> list[str]:
    """The command that runs a program of `PROGRAMS`, fetched at the first time. Raises NoProgram."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NoProgram("npm is not here: install Node.js (https://nodejs.org)")
    folder = CACHE / (name + "-" + PROGRAMS[name])
    program = folder / "node_modules" / ".bin" / name
    if not program.exists():
        fresh = folder.with_name(folder.name + ".new")
        shutil.rmtree(str(fresh), ignore_errors=True)
        fresh.mkdir(parents=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(fresh)]
        try:
            done = subprocess.run(
                [*command, name + "@" + PROGRAMS[name]],
                check=False,
                timeout=PATIENCE,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        except subprocess.TimeoutExpired:
            raise NoProgram("npm did not bring " + name + " within " + str(PATIENCE) + " seconds") from None
        if done.returncode:
            last = [line for line in done.stdout.splitlines() if line.strip()][-3:]
            raise NoProgram("npm could not bring " + name + ":\n" + "\n".join(last))
        shutil.rmtree(str(folder), ignore_errors=True)
        fresh.rename(folder)
    return [node, str(program.resolve())]
