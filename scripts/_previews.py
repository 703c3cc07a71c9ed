"""How long an editor waits: from saving a file to the new text in a real browser, through `digest serve` or a peer's.

Takes a corpus; gives seconds. The browser is driven by `_previews_browser.py`, which runs in `.venv/`.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path
from typing import Any, Sequence

from _corpus import Corpus, Entry, make_corpus
from _corpus_files import iter_files, write_files
from _hugo import folder_of, hugo_files
from _measure import BenchFailed, spread
from _peers import HUGO, find_program
from _sites import address

import _browser
import _venv

TURNS = 20
"""Edits, after one that is not counted."""
DRIVER = Path(__file__).resolve().parent / "_previews_browser.py"


def measure_previews(corpus: Corpus, folder: Path, hugo_programs: Path | None) -> dict[str, dict[str, Any]]:
    """Seconds of ours, and of Hugo's server, pages only, on the same entry; `folder` is an empty folder to work in."""
    newest = corpus.entries[-1]
    root = folder / "digest"
    write_files(iter_files(make_corpus(len(corpus.entries), corpus.seed)), root)
    file = root / "entries" / newest.path
    found = {"serve": measure([str(_venv.PROGRAMS / "digest"), "serve", "--root", str(root)], root, file, newest)}
    if hugo_programs is not None:
        root = folder / "hugo"
        write_files(hugo_files(make_corpus(len(corpus.entries), corpus.seed), only_pages=True), root)
        file = root / "content" / f"{folder_of(newest.month)}/{newest.slug}.md"
        command = [find_program(hugo_programs, HUGO), "server", "--cacheDir", str(folder / "cache")]
        found["hugo-server"] = measure(command, root, file, newest)
    return found


def measure(command: Sequence[str], root: Path, file: Path, entry: Entry) -> dict[str, Any]:
    """Figures of one server: `command` takes `--port`, and shows what is written into `file`."""
    port = free_port()
    told = {
        "command": [*command, "--port", str(port)],
        "folder": str(root),
        "file": str(file),
        "address": f"http://127.0.0.1:{port}/{address(entry)[: -len('index.html')]}",
        "browser": _browser.find_browser(),
        "turns": TURNS,
    }
    asked = subprocess.run(
        [str(_venv.PYTHON), str(DRIVER)],
        input=json.dumps(told).encode(),
        stdout=subprocess.PIPE,
        check=False,
    )
    if asked.returncode:
        raise BenchFailed(f"{' '.join(told['command'])}\ncould not be measured in a browser (its words are above).")
    seconds: list[float] = json.loads(asked.stdout)
    return {"what": " ".join([Path(command[0]).name, command[1]]), "runs": len(seconds), "wall": spread(seconds)}


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
