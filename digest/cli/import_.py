"""`digest import`: records of any reference file into `bib/`, each once."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import click

from digest.cli.append import append_references, default_bibliography
from digest.cli.archive import Migrator
from digest.cli.archive import tell as tell_migration
from digest.cli.options import HomePath, find_root, root_option
from digest.errors import DigestError
from digest.model.library import Library
from digest.model.reference import Reference
from digest.read import read_library
from digest.read.keys import make_key
from digest.read.records import Refused, iter_records
from digest.read.same import Matcher


@dataclass
class Counts:
    """What became of the records: read = added + present + refused, always."""

    read: int = 0
    added: int = 0
    present: int = 0
    refused: list[Refused] = field(default_factory=list)


@click.command()
@click.argument("files", nargs=-1, required=True, type=HomePath(exists=True, dir_okay=False))
@root_option
@click.option("--into", type=HomePath(dir_okay=False), help="The .bib file that gets the records.")
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
    target = into or default_bibliography(root)
    if target.suffix.lower() != ".bib":
        message = f"'{target}' is no .bib file, and a digest finds its references in those"
        raise DigestError(message, "name one in bib/, such as --into bib/references.bib")
    size = sum(path.stat().st_size for path in files)
    with click.progressbar(length=size, label="reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        new = _iter_new(files, library.references, counts, bar.update)
        added = list(map(_in_a_line, new)) if dry_run else []
        if not dry_run:
            append_references(target, new)
    for line in added if form == "text" else ():
        click.echo(line)
    tell(counts, target, form, dry_run=dry_run)
    sys.exit(1 if counts.refused else 0)


def _import_archive(files: Sequence[Path], root: Path, library: Library, form: str, *, dry_run: bool) -> None:
    migrator = Migrator(root, library, dry_run)
    for path in files:
        migrator.take(path)
    migrator.write()
    click.echo(tell_migration(migrator.migration, form, dry_run=dry_run))


def _iter_new(
    files: Sequence[Path], known: Sequence[Reference], counts: Counts, on_bytes: Callable[[int], None]
) -> Iterator[Reference]:
    """The records that are not there yet, under keys in the house style."""
    matcher = Matcher(known)
    taken = {reference.citation_key for reference in known}
    for path in files:
        for record in iter_records(path, on_bytes=on_bytes):
            counts.read += 1
            if isinstance(record, Refused):
                counts.refused.append(record)
                continue
            if matcher.find(record.reference) is not None:
                counts.present += 1
                continue
            reference = replace(record.reference, citation_key=make_key(record.reference, taken))
            taken.add(reference.citation_key)
            matcher.add(reference)
            counts.added += 1
            yield reference


def _in_a_line(reference: Reference) -> str:
    return f"would add {reference.citation_key}: {reference.title}"


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
