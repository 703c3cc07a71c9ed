"""`digest build`: check the content and build the site."""

import time
from pathlib import Path

import click

from digest.check import Check, check_library
from digest.cli.options import date_option, find_root, root_option, the_day
from digest.errors import ContentRefused
from digest.problem import Severity
from digest.publish import ENGINES, Built, Request, build_site
from digest.read import read_time_zone
from digest.report import format_summary, format_text


@click.command()
@root_option
@date_option
@click.option(
    "--site-dir", type=click.Path(path_type=Path), help="Folder to build into (default: site/ in the digest)."
)
@click.option(
    "--engine", type=click.Choice(ENGINES), default="mkdocs", show_default=True, help="What renders the theme."
)
@click.option("--through-engine", is_flag=True, help="Let the engine render every page: slow, and the same result.")
@click.option("--no-search", is_flag=True, help="Leave the readers' search index out.")
@click.option("--drafts-and-errors", is_flag=True, help="For a preview: build drafts too, and in spite of errors.")
def command(
    *,
    root: Path,
    day: str | None,
    site_dir: Path | None,
    engine: str,
    through_engine: bool,
    no_search: bool,
    drafts_and_errors: bool,
) -> None:
    """Check the content and build the site.

    The new site takes the old one's place in one step, when it is complete.
    """
    start = time.perf_counter()
    root = find_root(root)
    today = the_day(day, read_time_zone(root))
    check = check_library(root, today)
    tell_errors(check)
    request = Request(
        root,
        site_dir or root / "site",
        today,
        engine,
        through_engine=through_engine,
        drafts=drafts_and_errors,
        in_spite_of_errors=drafts_and_errors,
        search=not no_search,
    )
    try:
        built = build_site(
            request, check, on_wait=lambda: click.echo("waiting: another build is at work here", err=True)
        )
    except ContentRefused:
        click.echo(format_summary(check.problems), err=True)
        raise
    click.echo(summary(check, built, time.perf_counter() - start))


def tell_errors(check: Check) -> None:
    """Print the errors; warnings are for `digest check`."""
    errors = [problem for problem in check.problems if problem.severity is Severity.ERROR]
    click.echo(format_text(errors, check.library.sources), nl=False)


def summary(check: Check, built: Built, seconds: float) -> str:
    """`built 865 pages from 500 entries into site/ in 3.2 s`, and how many warnings wait."""
    warnings = check.count(Severity.WARNING)
    told = f"; {warnings} warnings, see `digest check`" if warnings else ""
    entries = len(built.site.library.entries)
    return f"built {len(built.site.pages)} pages from {entries} entries into {built.target} in {seconds:.1f} s{told}"
