"""What a reader's search costs: what is transferred for a first result, and how long after the last key the hits stand.

Takes a number of entries; gives figures. The site is built by `digest build`, and the browser is driven by
`_readers_browser.py`, which runs in `.venv/`.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from _corpus import Corpus, make_corpus
from _corpus_files import iter_files, write_files
from _measure import BenchFailed, spread

import _browser
import _venv

DRIVER = Path(__file__).resolve().parent / "_readers_browser.py"
SIZES = (500, 2000, 10_000)
WORDS = 21
"""From titles: one for the first result, the others to be typed one after the other."""
MOST_KB = {500: 190, 10_000: 280}
"""To be transferred for a first result beyond the page itself, but with the script that stands in it."""
MOST_SECONDS = {2000: 0.3}
"""From the last key to the hits."""


def measure_readers(entries: int, seed: int, folder: Path) -> dict[str, Any]:
    """Bytes, requests, and seconds; `folder` is an empty folder to work in."""
    corpus = make_corpus(entries, seed)
    words = words_of(corpus)
    write_files(iter_files(corpus), folder / "digest")
    command = [str(_venv.PROGRAMS / "digest"), "build", "--root", str(folder / "digest")]
    subprocess.run([*command, "--site-dir", str(folder / "site")], check=True, stdout=subprocess.DEVNULL)
    told = {"site": str(folder / "site"), "browser": _browser.find_browser(), "words": words}
    asked = subprocess.run(
        [str(_venv.PYTHON), str(DRIVER)], input=json.dumps(told).encode(), stdout=subprocess.PIPE, check=False
    )
    if asked.returncode:
        raise BenchFailed("The readers' search could not be measured in a browser (its words are above).")
    found = json.loads(asked.stdout)
    return {
        "entries": entries,
        "seed": seed,
        "bytes": found["bytes"],
        "requests": found["requests"],
        "runs": len(found["seconds"]),
        "wall": spread(found["seconds"]),
    }


def words_of(corpus: Corpus) -> list[str]:
    """Long words of titles, evenly over the years."""
    step = max(1, len(corpus.entries) // (2 * WORDS))
    found = []
    for entry in corpus.entries[::step]:
        word = max(re.findall("[a-z]+", entry.title.lower()), key=len)
        if word not in found:
            found.append(word)
    return found[:WORDS]
