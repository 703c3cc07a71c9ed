"""`digest build`: check the content and build the site."""

import dataclasses
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from digest.check import Check, check_library
from digest.cli.options import HomePath, date_option, find_root, root_option, the_day
from digest.errors import ContentRefused
from digest.pages import Offers
from digest.problem import Severity
from digest.publish import (
    ENGINES,
    LastBuild,
    Request,
    Tally,
    Watcher,
    build_site,
    find_unchanged,
    key_of,
    note_build,
)
from digest.read import Files, list_files, read_time_zone
from digest.report import format_json, format_summary, format_text

FEW = 1000
"""Files; fewer are made before anybody looks."""
LEAST = 0.05
"""Seconds; a shorter stage is not worth telling."""


@click.command()
@root_option
@date_option
@click.option("--site-dir", type=HomePath(), help="Folder to build into (default: site/ in the digest).")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="mkdocs", show_default=True, help="What renders the theme."
)
@click.option("--through-engine", is_flag=True, help="Let the engine render every page: slow, and the same result.")
@click.option("--no-search", is_flag=True, help="Leave the readers' search index out.")
@click.option("--drafts-and-errors", is_flag=True, help="For a preview: build drafts too, and in spite of errors.")
@click.option("--cards", is_flag=True, help="Draw a social card for each page (extra [cards]).")
@click.option("--pdf", is_flag=True, help="Typeset editions and topics as PDF (extra [pdf]).")
@click.option("--clean", is_flag=True, help="Believe no cache: make everything anew.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="Processes that make pages (default: one a core, where there is enough to do).",
)
@click.option("--timings", is_flag=True, help="The same as --format json.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
def command(
    *,
    root: Path,
    day: str | None,
    site_dir: Path | None,
    engine: str,
    through_engine: bool,
    no_search: bool,
    drafts_and_errors: bool,
    cards: bool,
    pdf: bool,
    clean: bool,
    workers: int | None,
    timings: bool,
    form: str,
) -> None:
    """Check the content and build the site.

    Only what changed since the last build is made. The new site takes the old one's place in one step, when it is
    complete.
    """
    start = time.perf_counter()
    as_json = timings or form == "json"
    root = find_root(root)
    today = the_day(day, read_time_zone(root))
    request = Request(
        root,
        site_dir or root / "site",
        today,
        engine,
        through_engine=through_engine,
        drafts=drafts_and_errors,
        in_spite_of_errors=drafts_and_errors,
        search=not no_search,
        clean=clean,
        workers=workers or 0,
        offers=Offers(cards=cards, pdf=pdf),
    )
    files = list_files(root)
    key = key_of(request, files)
    seconds = {"look": time.perf_counter() - start}
    last = find_unchanged(request, key)
    tally = Tally(kept=last.files) if last else None
    if last is None or tally is None:
        last, tally = _build(request, files, key, seconds, as_json=as_json)
    total = time.perf_counter() - start
    if as_json:
        click.echo(json.dumps(_as_data(request.target, last, tally, seconds, total), ensure_ascii=False, indent=1))
    click.echo(summary(request.target, last, tally, seconds, total), err=as_json)


def _build(
    request: Request, files: Files, key: str, seconds: dict[str, float], *, as_json: bool
) -> tuple[LastBuild, Tally]:
    """Check and build; adds the seconds of each stage."""
    checked: list[Check] = []

    def check() -> Check:
        checked.append(check_library(request.root, request.day, files))
        tell_errors(checked[0], err=as_json)
        return checked[0]

    try:
        with show_pages() as on_progress:
            built = build_site(request, check, Watcher(_say_waiting, on_progress))
    except ContentRefused:
        if as_json:
            found, library = checked[0].problems, checked[0].library
            click.echo(format_json(found, library.sources, entries=len(library.entries)), nl=False)
        click.echo(format_summary(checked[0].problems), err=True)
        raise
    seconds |= built.seconds
    entries, warnings = len(built.site.library.entries), checked[0].count(Severity.WARNING)
    last = LastBuild(len(built.site.plan), entries, warnings, len(built.stamps))
    note_build(request, key, last, built.stamps)
    return last, built.tally


def _say_waiting() -> None:
    click.echo("waiting: another build is at work here", err=True)


@contextmanager
def show_pages() -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, for work that takes a while."""
    bars: list[Any] = []

    def on_progress(done: int, number: int) -> None:
        if not bars:
            bar = click.progressbar(
                length=number, label="making pages", file=sys.stderr, hidden=not sys.stderr.isatty() or number < FEW
            )
            bars.append(bar)
            bar.render_progress()
        bars[0].update(done - bars[0].pos)

    try:
        yield on_progress
    finally:
        for bar in bars:
            bar.render_finish()


def tell_errors(check: Check, *, err: bool = False) -> None:
    """Print the errors; warnings are for `digest check`."""
    errors = [problem for problem in check.problems if problem.severity is Severity.ERROR]
    click.echo(format_text(errors, check.library.sources), nl=False, err=err)


def summary(target: Path, last: LastBuild, tally: Tally, seconds: Mapping[str, float], total: float) -> str:
    """What the site was built from, what was made, kept and removed, and where the time went, as far as it counts."""
    warnings = f"{last.warnings} {'warning' if last.warnings == 1 else 'warnings'}"
    told = f"; {warnings}, see `digest check`" if last.warnings else ""
    counted = f"{last.pages} pages from {last.entries} {'entry' if last.entries == 1 else 'entries'}"
    longest = sorted(seconds.items(), key=lambda stage: -stage[1])
    where = ", ".join(f"{stage} {spent:.1f} s" for stage, spent in longest if spent >= LEAST)
    return (
        f"built {counted} into {target} in {total:.1f} s{told}\n"
        f"{tally.written:,} files written, {tally.kept:,} kept, {tally.removed:,} removed"
        + (f" ({where})" if where else "")
    )


def _as_data(
    target: Path, last: LastBuild, tally: Tally, seconds: Mapping[str, float], total: float
) -> dict[str, object]:
    return {
        "site": str(target),
        "entries": last.entries,
        "warnings": last.warnings,
        "seconds": round(total, 4),
        "stages": {stage: round(spent, 4) for stage, spent in seconds.items()},
        "pages": last.pages,
        "files": dataclasses.asdict(tally),
    }
