"""`digest import`: records of any reference file into `bib/`, each once."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import click

from digest.cli.append import append_references, default_bibliography
from digest.cli.archive import Migrator
from digest.cli.archive import tell as tell_migration
from digest.cli.options import find_root, root_option
from digest.model.identifier import slugify
from digest.model.library import Library
from digest.model.reference import Reference
from digest.read import read_library
from digest.read.keys import make_key
from digest.read.records import Refused, iter_records
from digest.read.same import Matcher

STEP = 500
"""Records between two signs of progress."""


@dataclass
class Counts:
    """What became of the records: read = added + present + refused, always."""

    read: int = 0
    added: int = 0
    present: int = 0
    refused: list[Refused] = field(default_factory=list)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@root_option
@click.option("--into", type=click.Path(path_type=Path, dir_okay=False), help="The .bib file that gets the records.")
@click.option("--archive", is_flag=True, help="FILES are an old blog: pages as text or HTML, or a WordPress export.")
@click.option("--dry-run", is_flag=True, help="Only say what would be added.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def command(files: Sequence[Path], *, root: Path, into: Path | None, archive: bool, dry_run: bool, form: str) -> None:
    """Add the records of FILES to bib/, each once.

    FILES may be BibTeX, RIS, nbib, PubMed XML (also .gz), CSL-JSON or EndNote XML. A record that is there already, by
    DOI, PMID, or title, year and first author, is left alone; one that cannot be read is told with its line.

    With --archive each summary of an old blog becomes a draft in its edition, its reference a record of bib/.
    """
    root = find_root(root)
    library, _ = read_library(root)
    if archive:
        _import_archive(files, root, library, form, dry_run=dry_run)
        return
    counts = Counts()
    new = _iter_new(files, library.references, counts, quiet=form == "json")
    target = into or default_bibliography(root)
    if dry_run:
        for reference in new:
            if form == "text":
                click.echo(f"would add {reference.citation_key}: {reference.title}")
    else:
        append_references(target, new)
    tell(counts, target, form, dry_run=dry_run)
    sys.exit(1 if counts.refused else 0)


def _import_archive(files: Sequence[Path], root: Path, library: Library, form: str, *, dry_run: bool) -> None:
    migrator = Migrator(root, library, dry_run)
    for path in files:
        migrator.take(path)
    migrator.write()
    click.echo(tell_migration(migrator.migration, form, dry_run=dry_run))


def _iter_new(files: Sequence[Path], known: Sequence[Reference], counts: Counts, *, quiet: bool) -> Iterator[Reference]:
    """The records that are not there yet, under keys in the house style."""
    matcher = Matcher(known)
    taken = {reference.citation_key for reference in known}
    known_words = {_what_it_says(reference) for reference in known}
    show = sys.stderr.isatty() and not quiet
    for path in files:
        for record in iter_records(path):
            counts.read += 1
            if show and counts.read % STEP == 0:
                click.echo(f"\r{counts.read:,} records read", nl=False, err=True)
            if isinstance(record, Refused):
                counts.refused.append(record)
                continue
            said = _what_it_says(record.reference)
            if matcher.find(record.reference) is not None or said in known_words:
                counts.present += 1
                continue
            known_words.add(said)
            reference = replace(record.reference, citation_key=make_key(record.reference, taken))
            taken.add(reference.citation_key)
            matcher.add(reference)
            counts.added += 1
            yield reference
    if show and counts.read >= STEP:
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)


def _what_it_says(reference: Reference) -> int:
    """A record word for word: two that lack author and year may be two works, but the same record twice is one."""
    names = (name.family or name.literal for name in (*reference.author, *reference.editor))
    fields = (reference.title, reference.year, reference.container_title, reference.volume, reference.issue)
    more = (reference.page, reference.number, reference.publisher, reference.DOI, reference.URL, *names)
    return hash(tuple(slugify(field) for field in (*fields, *more)))


def tell(counts: Counts, target: Path, form: str, *, dry_run: bool) -> None:
    """What was read, added, there already, and refused with its line and reason."""
    if form == "json":
        click.echo(json.dumps(asdict(counts), ensure_ascii=False, indent=2))
        return
    for refused in counts.refused:
        click.echo(f"{refused.path}:{refused.line}: error: {refused.reason} [reference-unreadable]")
    verb = "would be added to" if dry_run else "added to"
    click.echo(
        f"{counts.read} records read: {counts.added} {verb} {target}, {counts.present} there already, "
        f"{len(counts.refused)} refused"
    )
