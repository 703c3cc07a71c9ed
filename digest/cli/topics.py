"""`digest topics`: how the vocabulary is used, and changing it without breaking a link."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import find_root, root_option

if TYPE_CHECKING:
    from digest.model.library import Library
    from digest.problem import Edit
    from digest.suggest.usage import Doubt, Usage


@click.group(invoke_without_command=True)
@root_option
@click.option("--without-ml", is_flag=True, help="As if the extra [ml] were not installed.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
@click.pass_context
def command(context: click.Context, root: Path, *, without_ml: bool, form: str) -> None:
    """Show the use of topics: by year, never or once, always together, and entries whose topics look wrong."""
    context.obj = root
    if context.invoked_subcommand is not None:
        return
    from digest.read import read_library
    from digest.suggest.usage import find_usage

    library, _ = read_library(find_root(root))
    usage = find_usage(library, ml=not without_ml)
    click.echo(json.dumps(as_json(usage), ensure_ascii=False, indent=2) if form == "json" else as_text(usage))


@command.command()
@click.argument("topic")
@click.argument("label")
@click.option("--yes", is_flag=True, help="Apply without asking.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
@click.pass_obj
def rename(root: Path, topic: str, label: str, *, yes: bool, form: str) -> None:
    """Give TOPIC another LABEL and the id that goes with it; the old id stays as an alias."""
    from digest.read import read_library
    from digest.suggest.rename import find_topic, rename_topic

    root = find_root(root)
    library, _ = read_library(root)
    _offer(root, library, rename_topic(library, find_topic(library, topic), label), yes=yes, form=form)


@command.command()
@click.argument("topic")
@click.argument("into")
@click.option("--yes", is_flag=True, help="Apply without asking.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
@click.pass_obj
def merge(root: Path, topic: str, into: str, *, yes: bool, form: str) -> None:
    """Let INTO take the place of TOPIC everywhere; TOPIC's id and names lead there."""
    from digest.read import read_library
    from digest.suggest.rename import find_topic, merge_topics

    root = find_root(root)
    library, _ = read_library(root)
    edits = merge_topics(library, find_topic(library, topic), find_topic(library, into))
    _offer(root, library, edits, yes=yes, form=form)


def _offer(root: Path, library: "Library", edits: "Sequence[Edit]", *, yes: bool, form: str) -> None:
    """The edits as a diff; as JSON, those offered and the files that were changed."""
    from digest.cli.fix import offer_edits
    from digest.report import edit_as_data

    written = offer_edits(root, library, edits, yes=yes)
    if form == "json":
        answer = {"edits": [edit_as_data(edit) for edit in edits], "written": written}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def as_json(usage: "Usage") -> dict[str, Any]:
    """The whole report as plain data."""
    return {
        "topics": [asdict(use) for use in usage.topics],
        "never": usage.never,
        "once": usage.once,
        "together": [{"topic": one, "always_with": other, "entries": number} for one, other, number in usage.together],
        "lacking": [asdict(doubt) for doubt in usage.lacking],
        "doubtful": [asdict(doubt) for doubt in usage.doubtful],
    }


def as_text(usage: "Usage") -> str:
    """A table of topics by year, then what deserves a look."""
    years = sorted({year for use in usage.topics for year in use.years})
    lines = [f"{'topic':<60}{'all':>5}{''.join(f'{year:>6}' for year in years)}"]
    for use in sorted(usage.topics, key=lambda use: (-use.entries, use.topic)):
        by_year = "".join(f"{use.years.get(year, ''):>6}" for year in years)
        lines.append(f"{use.topic[:59]:<60}{use.entries:>5}{by_year}")
    lines += ["", f"Never used: {', '.join(usage.never) or 'none'}", f"Used once: {', '.join(usage.once) or 'none'}"]
    lines += ["", "Never without each other:"]
    lines += [f"  {one}: always with {other} ({number})" for one, other, number in usage.together] or ["  none"]
    lines += ["", "Entries that probably lack a topic:", *_doubts(usage.lacking)]
    lines += ["", "Entries that perhaps carry a wrong one:", *_doubts(usage.doubtful)]
    return "\n".join(lines)


def _doubts(doubts: "Sequence[Doubt]") -> list[str]:
    lines = [
        f"  {doubt.path}: {doubt.topic} ({doubt.score:.2f}; "
        f"{'words: ' + ', '.join(doubt.phrases) if doubt.phrases else 'none of its phrases stands there'})"
        for doubt in doubts
    ]
    return lines or ["  none"]
