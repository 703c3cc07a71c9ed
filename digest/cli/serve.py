"""`digest serve`: a preview that follows the editor's changes."""

import gc
import json
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import click

from digest.check import Check, Checker
from digest.cli.options import date_option, find_root, root_option, the_day
from digest.errors import DigestError
from digest.problem import Severity
from digest.publish import ENGINES, View, open_view
from digest.publish.preview import Preview
from digest.publish.watch import Watch
from digest.read import read_time_zone
from digest.report import format_summary, format_text, problem_as_data

COLLECT_AFTER = 1.0
"""Seconds without a change; by then the browser has its page."""


@click.command()
@root_option
@date_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port on this machine.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="mkdocs", show_default=True, help="What renders the theme."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one object a line.")
def command(*, root: Path, day: str | None, port: int, engine: str, form: str) -> None:
    """Preview the site, drafts included, on this machine only.

    Saving a file shows the page anew in the browser. A mistake is told here as `digest check` tells it, and on the page
    that it concerns, above its last good version, until it is mended. Ctrl+C ends it.
    """
    root = find_root(root)
    for each in (signal.SIGINT, signal.SIGTERM):  # in the background a shell lets the first be ignored
        signal.signal(each, signal.default_int_handler)
    desk = _Desk(root, day, engine, Checker(root), form)
    with Watch(root) as watch:
        view, mistakes = desk.look()
        gc.freeze()
        gc.disable()  # from here on garbage is looked for while nobody waits
        preview = Preview(view, port)
        preview.mistakes = mistakes
        threading.Thread(target=preview.serve_forever, daemon=True).start()
        desk.say(f"preview at {preview.address} (Ctrl+C ends it)", preview=preview.address)
        collecting = _collect_later()
        try:
            while True:
                watch.wait()
                collecting.cancel()
                start = time.perf_counter()
                try:
                    with preview.changing():
                        preview.view, preview.mistakes = desk.look()
                except DigestError as error:
                    click.echo(f"digest: {error}", err=True)
                else:
                    seconds = time.perf_counter() - start
                    desk.say(f"shown anew in {seconds:.2f} s", seconds=round(seconds, 3))
                collecting = _collect_later()
        except KeyboardInterrupt:
            desk.say("\npreview ended", ended=True)
        finally:
            preview.stop()


@dataclass
class _Desk:
    """Where the editor's changes are looked at."""

    root: Path
    day: str | None
    engine: str
    checker: Checker
    form: str
    last: View | None = None
    """The last good one."""

    def look(self) -> tuple[View, dict[str, str]]:
        """The newest view without errors, and what stands in the way of a newer one; at first in spite of errors."""
        today = the_day(self.day, read_time_zone(self.root))
        check = self.checker.check(today)
        mistakes = self._tell(check)
        if self.last is None or not mistakes:
            self.last = open_view(check.library, self.root, today, self.engine)
        else:
            self.say("the preview stays as it was until this is mended", stays=True)
        return self.last, mistakes

    def say(self, text: str, **data: object) -> None:
        """A line for people, or an object for programs."""
        click.echo(json.dumps(data, ensure_ascii=False) if self.form == "json" else text)

    def _tell(self, check: Check) -> dict[str, str]:
        """Print the errors; gives them by the file that they are in."""
        errors = [problem for problem in check.problems if problem.severity is Severity.ERROR]
        sources = check.library.sources
        if self.form == "json":
            self.say("", errors=[problem_as_data(problem, sources.get(problem.span.path)) for problem in errors])
        else:
            click.echo(format_text(errors, sources), nl=False)
            if check.problems:
                click.echo(format_summary(check.problems))
        paths = dict.fromkeys(problem.span.path for problem in errors)
        return {
            path: format_text([problem for problem in errors if problem.span.path == path], sources) for path in paths
        }


def _collect_later() -> threading.Timer:
    later = threading.Timer(COLLECT_AFTER, gc.collect)
    later.daemon = True
    later.start()
    return later
