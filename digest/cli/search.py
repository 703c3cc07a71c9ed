"""`digest search`: the editor's own search, in all entries."""

import datetime
import json
import re
from dataclasses import asdict
from pathlib import Path

import click

from digest.cli.fetching import show_progress
from digest.cli.options import find_root, root_option
from digest.errors import DigestError
from digest.search import Asked, Found, Hit, find_entries

SINCE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@click.command()
@click.argument("words", nargs=-1, metavar="QUERY")
@root_option
@click.option("--topic", "topics", multiple=True, help="Only this topic: id, label or synonym. May be repeated.")
@click.option("--type", "types", multiple=True, help="Only this type of research. May be repeated.")
@click.option("--since", metavar="DATE", help="Only what was published since: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many to show.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
def command(
    words: tuple[str, ...],
    *,
    root: Path,
    topics: tuple[str, ...],
    types: tuple[str, ...],
    since: str | None,
    limit: int,
    form: str,
) -> None:
    """Search titles, takeaways, texts, practice implications, authors, journals and topics; drafts too.

    All words of QUERY must stand in an entry, whatever their endings and accents. "Several words" in quotation marks
    are a phrase; title: author: journal: topic: type: body: implications: and doi: search one field; date:2023-01 and
    date:[2021 to 2022] a time; OR, NOT and rupt* work. Without a QUERY, the newest entries that fit the options.
    """
    asked = Asked(" ".join(words), topics, types, _day(since) if since else None, limit)
    with show_progress("indexing") as on_progress:
        found = find_entries(find_root(root), asked, on_progress)
    if form == "json":
        click.echo(json.dumps({"query": asked.text, **_as_data(found)}, ensure_ascii=False, indent=2))
        return
    for hit in found.hits:
        _show(hit)
    for other in found.did_you_mean:
        click.echo(f"did you mean: {other}")
    if not found.hits:
        click.echo("no entry found")
    elif found.number > len(found.hits):
        click.echo(f"{len(found.hits)} of {found.number} entries; --limit shows more")


def _day(written: str) -> datetime.date:
    """The first day of a year, a month, or the day itself."""
    match = SINCE.fullmatch(written)
    try:
        return datetime.date(*(int(part or 1) for part in match.groups())) if match else _refuse(written)
    except ValueError:
        return _refuse(written)


def _refuse(written: str) -> datetime.date:
    message = f"--since '{written}' is not a day"
    raise DigestError(message, "write it as YYYY, YYYY-MM or YYYY-MM-DD")


def _show(hit: Hit) -> None:
    click.secho(hit.title, bold=True, nl=False)
    click.echo("  (draft)" if hit.draft else "")
    click.echo(f"  {hit.path}  {', '.join(hit.topics)}")
    click.echo(f"  {hit.snippet.render(*_BOLD)}\n")


_BOLD = (click.style("", bold=True, reset=False), click.style("", reset=True))


def _as_data(found: Found) -> dict[str, object]:
    """`marks` are begin and end of each word that was found in `snippet`, in characters."""
    hits = []
    for hit in found.hits:
        data = asdict(hit) | {"snippet": hit.snippet.text, "marks": [list(mark) for mark in hit.snippet.marks]}
        hits.append(data)
    return {"number": found.number, "did_you_mean": list(found.did_you_mean), "hits": hits}
