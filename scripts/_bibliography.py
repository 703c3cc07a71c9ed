"""What references cost: reading a large bibliography, reading it again, and formatting it.

Takes a number of references; gives jobs. Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

from pathlib import Path

from _corpus import make_corpus
from _corpus_files import MKDOCS, record, write_files
from _measure import BenchFailed, Job

import _venv

PATH = "bib/references.bib"
READ = """\
import sys
from pathlib import Path
from digest.read import read_library
found = len(read_library(Path(sys.argv[1]))[0].references)
sys.exit(0 if found == int(sys.argv[2]) else f"{found} references were read")
"""


def reference_jobs(references: int, seed: int, folder: Path) -> list[Job]:
    """Jobs over so many references, all with LaTeX accents, in one file; `folder` is an empty folder to work in.

    What it costs to start is a job too: what reading costs is what goes beyond it.
    """
    made = make_corpus(references, seed, accents=True).references[:references]
    digest, empty = folder / "digest", folder / "empty"
    write_files([("mkdocs.yml", MKDOCS), (PATH, "\n".join(map(record, made)))], digest)
    write_files([("mkdocs.yml", MKDOCS)], empty)
    cache = digest / ".digest"

    def verify() -> dict[str, int]:
        if not any(cache.rglob("*.json")):
            raise BenchFailed(f"{cache} keeps nothing of what was read, so that it was not read from there")
        return {}

    read = [str(_venv.PYTHON), "-c", READ]
    cite = [str(_venv.PROGRAMS / "digest"), "cite", "--from", PATH, "--style", "apa", "--format", "json"]
    return [
        Job("read-start", "reading a digest without references", [*read, str(empty), "0"], empty),
        Job("read-cold", "reading, from nothing", [*read, str(digest), str(references)], digest, [cache]),
        Job("read-warm", "reading again", [*read, str(digest), str(references)], digest, verify=verify),
        Job("apa", "`digest cite --from`, APA 7 (start and reading included)", cite, digest),
    ]
