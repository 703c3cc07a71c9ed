"""What of a long job is done already: a folder beside the output, with a part for every file that was finished.

A part is written under another name and renamed when it is whole, so it is there wholly or not at all: a job may be
killed anywhere and started again, and every record is in the output once. Parts of another job (other files, another
vocabulary, other entries) are never believed.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.suggest.corpus import Corpus

NAME = "manifest.json"


@dataclass(frozen=True)
class Job:
    """One file and the part that it becomes."""

    path: str
    part: str

    @property
    def is_done(self) -> bool:
        """Whether its part is there."""
        return Path(self.part).is_file()

    @property
    def faults(self) -> Path:
        """Where what could not be read is kept, once the part is there."""
        return Path(f"{self.part}.faults")


def open_manifest(output: Path, paths: Sequence[Path], corpus: Corpus, how: str = "") -> list[Job]:
    """The jobs of this output, those that are done included; `how` is whatever else the result depends on."""
    folder = output.with_name(f"{output.name}.parts")
    files = [(path.resolve().as_posix(), path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    wanted = {"version": 2, "taught": fingerprint(corpus), "how": how, "files": [list(file) for file in files]}
    manifest = folder / NAME
    if not manifest.is_file() or _read(manifest) != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write_whole(manifest, lambda partial: partial.write_text(json.dumps(wanted), encoding="utf-8"))
    return [Job(path, (folder / f"{index:06}.jsonl").resolve().as_posix()) for index, (path, _, _) in enumerate(files)]


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None


def fingerprint(corpus: Corpus) -> str:
    """Changes with everything that a method learns from."""
    digest = hashlib.sha256()
    for work in corpus.works:
        digest.update(repr((work.id, work.title, work.abstract, work.topics)).encode())
    for term in corpus.terms:
        digest.update(repr((term.id, sorted(term.phrases.items()))).encode())
    return digest.hexdigest()


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """A file that is there wholly or not at all."""
    partial = path.with_name(f".{path.name}.{hashlib.sha256(path.as_posix().encode()).hexdigest()[:8]}.partial")
    write(partial)
    partial.replace(path)


def finish(output: Path, jobs: Sequence[Job]) -> None:
    """Put the parts together in the order of the files, and take the folder away."""

    def join(partial: Path) -> None:
        with partial.open("wb") as whole:
            for job in jobs:
                with Path(job.part).open("rb") as part:
                    shutil.copyfileobj(part, whole)

    write_whole(output, join)
    shutil.rmtree(output.with_name(f"{output.name}.parts"), ignore_errors=True)
