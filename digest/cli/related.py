"""`digest related`: have we covered this, and what else is there on it?"""

import json
from pathlib import Path
from typing import IO

import click

from digest.cli.fetching import show_progress
from digest.cli.options import find_root, root_option
from digest.errors import DigestError
from digest.link import Links
from digest.model.identifier import DOI, bare_doi
from digest.read import read_library
from digest.search import (
    Reason,
    Related,
    Subject,
    find_related,
    open_index,
    subject_of_doi,
    subject_of_entry,
    subject_of_text,
)

SAID = {
    "article": "summarises this article",
    "references": "cites the same",
    "topics": "same topics",
    "words": "same words",
}


@click.command()
@click.argument("name", metavar="ENTRY|DOI", required=False)
@root_option
@click.option(
    "--text",
    "file",
    type=click.File(encoding="utf-8", errors="replace"),
    help="A file of text; - reads standard input.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many to show.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
def command(*, name: str | None, root: Path, file: IO[str] | None, limit: int, form: str) -> None:
    """Find the entries that share works, topics or words with an ENTRY (slug or path), an article (DOI) or a text.

    Each comes with its reason. Drafts count too. An article that is already summarised comes first.
    """
    if (name is None) == (file is None):
        message = "name one thing: an entry, a DOI, or --text FILE"
        raise DigestError(message, "such as `digest related when-therapy-does-harm`")
    root = find_root(root)
    with show_progress("indexing") as on_progress:
        opened = open_index(root, on_progress)
    library, _ = read_library(root)
    links = Links(library)
    subject = subject_of_text(links, file.read()) if file is not None else _subject(links, name or "")
    related = find_related(opened, links, subject, limit)
    if form == "json":
        click.echo(json.dumps({"related": [_as_data(each) for each in related]}, ensure_ascii=False, indent=2))
        return
    for each in related:
        click.secho(each.entry.title, bold=True)
        click.echo(f"  {each.entry.path}")
        for reason in each.reasons:
            click.echo(f"  {_say(reason, links)}")
    if not related:
        click.echo("no entry summarises or cites it, and none is near" if name else "no entry is near")


def _subject(links: Links, name: str) -> Subject:
    """An entry by its name, or an article by its DOI."""
    entry = links.lookup.find_entry(name)
    if entry is not None:
        return subject_of_entry(links, entry)
    if DOI.fullmatch(bare_doi(name)):
        return subject_of_doi(links, name)
    message = f"there is no entry '{name}', and it is no DOI"
    raise DigestError(message, "name an entry by its slug or path, or use --text FILE")


def _say(reason: Reason, links: Links) -> str:
    values = reason.values
    if reason.kind == "topics":
        values = tuple(links.lookup.topics[topic].label if topic in links.lookup.topics else topic for topic in values)
    return f"{SAID[reason.kind]}: {', '.join(values)}"


def _as_data(related: Related) -> dict[str, object]:
    entry = related.entry
    return {
        "path": entry.path,
        "title": entry.title,
        "permalink": entry.permalink,
        "score": related.score,
        "reasons": [{"kind": reason.kind, "values": list(reason.values)} for reason in related.reasons],
    }
