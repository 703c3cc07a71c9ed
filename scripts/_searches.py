"""What `digest search` costs over many entries: from nothing, again, and after one entry has changed.

Takes a number of entries; gives jobs. Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Callable

from _corpus import make_corpus
from _corpus_files import iter_files, write_files
from _measure import BenchFailed, Job

import _venv

SEARCH = """\
import json, subprocess, sys, time
program, root, word, entry = sys.argv[1:]
if entry:
    word = "zq" + "".join("abcdefghij"[int(digit)] for digit in str(time.time_ns()))
    with open(entry, "a", encoding="utf-8") as file:
        file.write(f"\\n{word}\\n")
command = [program, "search", word, "--root", root, "--format", "json"]
found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["number"]
sys.exit(0 if found == 1 or found and not entry else f"{found} entries were found")
"""
"""Runs a search; with an entry, it first writes a new word into it, and searches for that."""

INSIDE = """\
import sys
from pathlib import Path
from digest.search import Asked, find_entries
from digest.search.index import open_index
root, word = sys.argv[1:]
sys.exit(0 if (find_entries(Path(root), Asked(word)).number if word else open_index(Path(root))) else "nothing")
"""
"""Opens the index, as every search does first; with a word, searches it too: the query alone is what goes beyond."""


def search_jobs(entries: int, seed: int, folder: Path) -> list[Job]:
    """Jobs over so many made entries; `folder` is an empty folder to work in.

    What it costs to start is a job too, a query in a digest of one entry: what a query costs is what goes beyond it.
    """
    corpus = make_corpus(entries, seed)
    one, digest = folder / "one", folder / "digest"
    alone = make_corpus(1, seed)
    write_files(iter_files(alone), one)
    write_files(iter_files(corpus), digest)
    cache = digest / ".digest"

    def verify() -> dict[str, int]:
        if not any((cache / "cache" / "search").rglob("*.seg")):
            raise BenchFailed(f"{cache} keeps no index, so that it was not searched from there")
        return {}

    def search(root: Path, title: str, changed: str = "") -> list[str]:
        longest = max(title.split(), key=len)
        return [str(_venv.PYTHON), "-c", SEARCH, str(_venv.PROGRAMS / "digest"), str(root), longest, changed]

    def inside(word: str) -> list[str]:
        return [str(_venv.PYTHON), "-c", INSIDE, str(digest), word]

    first = corpus.entries[0]

    def search_before() -> Callable[[], None]:
        """A file that was written shortly before it was indexed is looked at once more by the next search."""
        subprocess.run(search(digest, first.title), check=True, stdout=subprocess.DEVNULL)
        return lambda: None

    word = max(first.title.split(), key=len)
    changed = str(digest / "entries" / first.path)
    return [
        Job("search-start", "`digest search` among one entry", search(one, alone.entries[0].title), one),
        Job("search-cold", "`digest search`, from nothing", search(digest, first.title), digest, [cache]),
        Job(
            "search", "`digest search` again", search(digest, first.title), digest, verify=verify, change=search_before
        ),
        Job("search-open", "opening the index only", inside(""), digest),
        Job("search-query", "opening the index, and a query", inside(word), digest),
        Job("search-changed", "`digest search` after a change of one entry", search(digest, "-", changed), digest),
    ]
