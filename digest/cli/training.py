"""`digest training`: looking after the course."""

import sys
from pathlib import Path

import click

from digest.cli.options import date_option, find_root, root_option, the_day


@click.group()
def command() -> None:
    """Look after the training course."""


@command.command()
@root_option
@date_option
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How to tell it.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--explain", metavar="RULE", help="Print a rule's documentation ('all' lists the rules).")
def check(*, root: Path, day: str | None, form: str, strict: bool, explain: str | None) -> None:
    """Find objectives without a reading, readings that are retracted, gone, old or closed, and what is missing.

    What `digest check` says of files in training/ is told too. A module should also read the newest meta-analysis on
    each of its topics.
    """
    from digest.check import check_course, check_library, iter_course_rules
    from digest.cli.check import explanation
    from digest.problem import Severity, sort_problems
    from digest.read import read_time_zone
    from digest.report import format_github, format_json, format_summary, format_text

    if explain is not None:
        listed = "\n".join(f"{rule.name} ({rule.severity}): {rule.summary}" for rule in iter_course_rules())
        click.echo(listed if explain == "all" else explanation(explain))
        return
    root = find_root(root)
    today = the_day(day, read_time_zone(root))
    checked = check_library(root, today)
    library = checked.library
    own = [problem for problem in checked.problems if problem.span.path.startswith("training/")]
    problems = sort_problems([*own, *check_course(library, today)])
    modules = len(library.modules)
    if form == "json":
        click.echo(format_json(problems, library.sources, modules=modules), nl=False)
    elif form == "github":
        click.echo(format_github(problems, library.sources), nl=False)
    else:
        click.echo(format_text(problems, library.sources, colour=sys.stdout.isatty()), nl=False)
        readings = sum(len(module.readings) for module in library.modules)
        counted = f"{modules} {'module' if modules == 1 else 'modules'}, "
        counted += f"{readings} {'reading' if readings == 1 else 'readings'}"
        click.echo(f"checked {counted}: {format_summary(problems)}")
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(problem.severity in failing for problem in problems) else 0)
