"""`digest cite`: references as citations, from the digest or from any file of references."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from digest.cite import CITATION_FORMATS, format_apa
from digest.cli.options import HomePath, find_root, root_option
from digest.errors import DigestError
from digest.model.reference import Reference
from digest.read import read_library
from digest.read.records import Refused, iter_records

STYLES = {"apa": "", "bibtex": "bib", "ris": "ris", "csl-json": "json"}
"""Name of a style to the ending of its format; APA is no file format."""


@click.command()
@click.argument("keys", nargs=-1, metavar="KEY...")
@root_option
@click.option("--from", "source", type=HomePath(dir_okay=False, exists=True), help="A file of references.")
@click.option("--style", type=click.Choice(list(STYLES)), default="apa", show_default=True, help="How to write them.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one object a line.")
def command(keys: Sequence[str], *, root: Path, source: Path | None, style: str, form: str) -> None:
    """Format references: those of the digest with these citation KEYs, or every one of a file.

    The file may be BibTeX, RIS, nbib, PubMed XML, EndNote XML, CSL-JSON, or works as Crossref sends them (JSON or
    JSON Lines). With --format json each line is {"key", "html", "text"}.
    """
    if source is not None and keys:
        message = "KEYs name references of the digest, --from a file"
        raise DigestError(message, "give one of the two")
    if source is None and not keys:
        message = "nothing to cite"
        raise DigestError(message, "name citation keys, or a file with --from")
    refused: list[Refused] = []
    references = _from_file(source, refused) if source is not None else _from_digest(root, keys)
    if form == "json":
        for reference in references:
            click.echo(json.dumps(_as_data(reference, style), ensure_ascii=False))
    elif style == "apa":
        for reference in references:
            click.echo(format_apa(reference).text)
    else:
        click.echo(CITATION_FORMATS[STYLES[style]].write(references), nl=False)
    for record in refused:
        click.echo(f"{record.path}:{record.line}: error: {record.reason} [reference-unreadable]", err=True)
    sys.exit(1 if refused else 0)


def _as_data(reference: Reference, style: str) -> dict[str, str]:
    citation = format_apa(reference)
    text = citation.text if style == "apa" else CITATION_FORMATS[STYLES[style]].write([reference])
    return {"key": reference.citation_key, "html": citation.html, "text": text}


def _from_digest(root: Path, keys: Sequence[str]) -> Iterator[Reference]:
    library, _ = read_library(find_root(root))
    known = {reference.citation_key: reference for reference in reversed(library.references)}
    unknown = [key for key in keys if key not in known]
    if unknown:
        message = f"there is no reference '{unknown[0]}' in bib/"
        raise DigestError(message, "a citation key is the word after `@article{`")
    yield from (known[key] for key in keys)


def _from_file(path: Path, refused: list[Refused]) -> Iterator[Reference]:
    for record in iter_records(path):
        if isinstance(record, Refused):
            refused.append(record)
        else:
            yield record.reference
