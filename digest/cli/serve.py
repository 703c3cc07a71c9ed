"""`digest serve`: a preview that follows the editor's changes."""

import signal
import tempfile
import threading
import time
from pathlib import Path

import click

from digest.check import Check, check_library
from digest.cli.options import date_option, find_root, root_option, the_day
from digest.errors import DigestError
from digest.problem import Severity
from digest.publish import ENGINES, Preview, Request, build_site, changed_paths, look
from digest.read import read_time_zone
from digest.report import format_summary, format_text

PAUSE = 0.15
"""Seconds between two looks at the files."""


@click.command()
@root_option
@date_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port on this machine.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="mkdocs", show_default=True, help="What renders the theme."
)
def command(*, root: Path, day: str | None, port: int, engine: str) -> None:
    """Preview the site, drafts included, on this machine only.

    Saving a file shows the page anew in the browser. A mistake is told here as `digest check` tells it, and the
    preview stays as it was until it is mended. Ctrl+C ends it.
    """
    root = find_root(root)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="digest-preview-") as folder:
        target = Path(folder) / "site"
        seen = look(root)
        _build(root, day, target, engine, first=True)
        preview = Preview(target, port)
        threading.Thread(target=preview.serve_forever, daemon=True).start()
        click.echo(f"preview at {preview.address} (Ctrl+C ends it)")
        try:
            while True:
                time.sleep(PAUSE)
                now = look(root)
                changed = changed_paths(seen, now)
                if changed:
                    seen = now
                    if _build(root, day, target, engine):
                        preview.tell_change()
        except KeyboardInterrupt:
            click.echo("\npreview ended")
        finally:
            preview.stop()


def _build(root: Path, day: str | None, target: Path, engine: str, *, first: bool = False) -> bool:
    """Check and build; False if the old preview stands. The first build is made in spite of errors."""
    start = time.perf_counter()
    try:
        today = the_day(day, read_time_zone(root))
        check = check_library(root, today)
        _tell(check)
        if check.has_errors and not first:
            click.echo("the preview stays as it was until this is mended")
            return False
        built = build_site(
            Request(root, target, today, engine, drafts=True, in_spite_of_errors=first, search=False), check
        )
    except DigestError as error:
        if first:
            raise
        click.echo(f"digest: {error}", err=True)
        return False
    click.echo(f"{built.tally.written} files written in {time.perf_counter() - start:.1f} s")
    return True


def _tell(check: Check) -> None:
    errors = [problem for problem in check.problems if problem.severity is Severity.ERROR]
    click.echo(format_text(errors, check.library.sources), nl=False)
    if check.problems:
        click.echo(format_summary(check.problems))
