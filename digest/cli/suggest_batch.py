"""`digest suggest --batch`: a whole literature in, a line a record out."""

import csv
import heapq
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from digest.errors import DigestError
from digest.model.library import Library
from digest.read.records import Refused
from digest.suggest.batch import Item, Tagged, Tagger, tag_all
from digest.suggest.corpus import Corpus, corpus_of_library
from digest.suggest.items import iter_files, iter_items
from digest.suggest.manifest import fingerprint, finish, open_manifest
from digest.suggest.methods import has_ml
from digest.suggest.rename import find_topic
from digest.suggest.types import ResearchTypes
from digest.suggest.work import terms_of_research_types

STANDARD_INPUT = Path("-")
FROM_STANDARD_INPUT = "standard-input"
MOST_RANKED = 1_000
"""Records that `--for` keeps: the best so many."""
MOST_TOLD = 20
"""Records that could not be read, and are named."""
COLUMNS = ("id", "title", "topics", "research_types", "scores")


def run_batch(
    library: Library,
    paths: Sequence[Path],
    wanted: str | None,
    output: Path | None,
    workers: int | None,
    form: str,
    *,
    ml: bool,
) -> None:
    """Tag every record of the files; `wanted` is a topic to rank by."""
    topic = find_topic(library, wanted).id if wanted else None
    tagger = Tagger(corpus_of_library(library), ResearchTypes(library.research_types), ml=ml)
    number = workers or os.cpu_count() or 1
    refused: list[Refused] = []
    with _progress(paths) as on_bytes, _open(output) as write:
        items = _iter_all(paths, refused.append, on_bytes)
        tagged: Iterable[Tagged] = tag_all(items, tagger, number)
        if topic is not None:
            tagged = rank_for(tagged, topic)
        if form == "csv":
            write(_csv_line(COLUMNS))
        for each in tagged:
            write(_csv_row(each) if form == "csv" else f"{each.as_json()}\n")
    _tell_refused(refused)


@contextmanager
def open_files(named: Sequence[Path], output: Path | None) -> Iterator[list[Path]]:
    """The files meant: those named, those in a folder, and standard input as a file for the time being."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for path in named:
            if path == STANDARD_INPUT:
                paths.append(Path(folder) / FROM_STANDARD_INPUT)
                with paths[-1].open("wb") as file:
                    shutil.copyfileobj(sys.stdin.buffer, file)
            else:
                paths += _in_folder(path, output) if path.is_dir() else [path]
        if not paths:
            message = "there is no file of references there"
            raise DigestError(message, "name one, such as `--batch export.ris`")
        yield paths


def _in_folder(folder: Path, output: Path | None) -> list[Path]:
    """The files of references in a folder, but not what is written there; the others are named."""
    found = list(iter_files(folder))
    others = [path.name for path in sorted(folder.iterdir()) if path not in found and path.name[0] != "."]
    if others:
        click.echo(f"passed over in '{folder}', since they hold no references: {', '.join(others)}", err=True)
    return [path for path in found if output is None or path.resolve() != output.resolve()]


def _iter_all(
    paths: Sequence[Path], on_refused: Callable[[Refused], object], on_bytes: Callable[[int], None]
) -> Iterator[Item]:
    """The records of the files, one file after the other."""
    for path in paths:
        yield from iter_items(path, on_refused, on_bytes)
        on_bytes(-1)


def run_on_cluster(library: Library, paths: Sequence[Path], address: str, output: Path, *, ml: bool) -> None:
    """Tag every record of the files on a Dask cluster, going on where an earlier run was ended."""
    try:
        from digest.suggest.cluster import tag_on_cluster
    except ImportError as error:
        message = "the extra [cluster] is not installed"
        raise DigestError(message, "pip install 'digest-evidence[cluster]'") from error
    corpus = corpus_of_library(library)
    types = fingerprint(Corpus((), terms_of_research_types(library.research_types)))
    jobs = open_manifest(output, paths, corpus, f"{'ml' if ml and has_ml() else 'no ml'}, {types}")
    tagger = Tagger(corpus, ResearchTypes(library.research_types), ml=ml)
    refused = tag_on_cluster(address, jobs, tagger, lambda path: click.echo(f"done: {path}", err=True))
    finish(output, jobs)
    _tell_refused(refused)


def _tell_refused(refused: Sequence[Refused]) -> None:
    """Name what could not be read, and end."""
    for fault in refused[:MOST_TOLD]:
        where = STANDARD_INPUT if Path(fault.path).name == FROM_STANDARD_INPUT else fault.path
        click.echo(f"{where}:{fault.line}: error: {fault.reason} [reference-unreadable]", err=True)
    if len(refused) > MOST_TOLD:
        click.echo(f"... and {len(refused) - MOST_TOLD} more records that could not be read", err=True)
    sys.exit(1 if refused else 0)


def rank_for(tagged: Iterable[Tagged], topic: str) -> list[Tagged]:
    """The records most likely about a topic, the best first."""
    scored = ((each.scores.get(topic, 0.0), -number, each) for number, each in enumerate(tagged))
    best = heapq.nlargest(MOST_RANKED, (one for one in scored if one[0] > 0), key=lambda one: one[:2])
    return [each for _, _, each in best]


def _csv_row(each: Tagged) -> str:
    scores = "; ".join(f"{topic} {score}" for topic, score in each.scores.items())
    return _csv_line((str(each.id), each.title, "; ".join(each.topics), "; ".join(each.research_types), scores))


def _csv_line(cells: Sequence[str]) -> str:
    """A line of CSV (RFC 4180) in which no cell can be taken for a formula by a spreadsheet."""
    text = io.StringIO()
    csv.writer(text).writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in cells])
    return text.getvalue()


@contextmanager
def _open(output: Path | None) -> Iterator[Callable[[str], object]]:
    """Where lines go: standard output, or a file that is there only when it is whole."""
    if output is None:
        yield sys.stdout.write
        return
    partial = output.with_name(f".{output.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file.write
        partial.replace(output)
    except OSError as error:
        message = f"'{output}' cannot be written ({error.strerror})"
        raise DigestError(message, "name another file with --output") from error
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _progress(paths: Sequence[Path]) -> Iterator[Callable[[int], None]]:
    """A bar over the bytes read, for a person; -1 says that a file is done."""
    sizes = [path.stat().st_size for path in paths]
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    done = 0
    with click.progressbar(length=sum(sizes), label="tagging", file=sys.stderr) as bar:

        def on_bytes(position: int) -> None:
            nonlocal done
            if position < 0:
                done += sizes.pop(0)
                position = 0
            bar.update(done + position - bar.pos)

        yield on_bytes
