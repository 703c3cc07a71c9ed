"""`digest check`: every mistake in the content, where it is, and how to mend it."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from digest.check import Check, check_library, find_rule, iter_rules
from digest.cli.fix import edits_of, offer_edits
from digest.cli.options import HomePath, date_option, find_root, root_option, the_day
from digest.errors import DigestError
from digest.problem import Problem, Severity
from digest.read import read_time_zone
from digest.report import format_github, format_json, format_summary, format_text


@click.command()
@click.argument("paths", nargs=-1)
@root_option
@date_option
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How to tell it.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--fix", is_flag=True, help="Show the safe edits as a diff and ask.")
@click.option("--yes", is_flag=True, help="With --fix: apply without asking.")
@click.option(
    "--since",
    type=HomePath(exists=True, dir_okay=False),
    metavar="FILE",
    help="Show only what an earlier `--format json`, kept in FILE, did not tell.",
)
@click.option("--explain", metavar="RULE", help="Print a rule's documentation ('all' lists the rules).")
def command(
    paths: Sequence[str],
    *,
    root: Path,
    day: str | None,
    form: str,
    strict: bool,
    fix: bool,
    yes: bool,
    since: Path | None,
    explain: str | None,
) -> None:
    """Find every mistake in the content and say how to mend it.

    PATHS narrow what is shown to files or folders; everything is checked all the same.
    """
    if explain is not None:
        click.echo(explanation(explain))
        return
    root = find_root(root)
    check = check_library(root, the_day(day, read_time_zone(root)))
    problems = narrowed(check.problems, paths, root)
    if fix:
        offer_edits(root, check.library, edits_of(problems), yes=yes)
        check = check_library(root, the_day(day, read_time_zone(root)))
        problems = narrowed(check.problems, paths, root)
    if since is not None:
        problems = only_new(problems, since)
    show(check, problems, form)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(problem.severity in failing for problem in problems) else 0)


def show(check: Check, problems: Sequence[Problem], form: str) -> None:
    """Print the problems in one of the three forms."""
    sources = check.library.sources
    if form == "json":
        click.echo(format_json(problems, sources, entries=len(check.library.entries)), nl=False)
    elif form == "github":
        click.echo(format_github(problems, sources), nl=False)
    else:
        colour = sys.stdout.isatty()
        click.echo(format_text(problems, sources, colour=colour), nl=False)
        entries, references = len(check.library.entries), len(check.library.references)
        counted = f"{entries} {'entry' if entries == 1 else 'entries'}, "
        counted += f"{references} {'reference' if references == 1 else 'references'}"
        click.echo(f"checked {counted}: {format_summary(problems)}", err=form != "text")


def only_new(problems: Sequence[Problem], since: Path) -> Sequence[Problem]:
    """The problems that an earlier report does not have; where in its file one stands may have changed."""
    try:
        told = json.loads(since.read_text(encoding="utf-8"))["problems"]
        known = {(each["rule"], each["path"], each["message"]) for each in told}
    except (ValueError, LookupError, TypeError) as error:
        message = f"'{since}' is not what `digest check --format json` writes"
        raise DigestError(message, "make it with: digest check --format json > FILE") from error
    return [problem for problem in problems if (problem.rule, problem.span.path, problem.message) not in known]


def narrowed(problems: Sequence[Problem], paths: Sequence[str], root: Path) -> Sequence[Problem]:
    """Only the problems in these files and folders; a path that does not exist is a mistake of the call."""
    if not paths:
        return problems
    wanted = [_from_root(path, root) for path in paths]
    return [
        problem
        for problem in problems
        if any(problem.span.path == path or problem.span.path.startswith(path + "/") or path == "." for path in wanted)
    ]


def _from_root(path: str, root: Path) -> str:
    for candidate in (Path(path), root / path):
        if candidate.exists() and candidate.resolve().is_relative_to(root.resolve()):
            return candidate.resolve().relative_to(root.resolve()).as_posix()
    message = f"there is no '{path}' in this digest"
    raise DigestError(message, "name files or folders of the digest, such as entries/2023-01")


def explanation(name: str) -> str:
    """A rule's documentation, or the list of all rules."""
    if name == "all":
        return "\n".join(f"{rule.name} ({rule.severity}): {rule.summary}" for rule in iter_rules())
    rule = find_rule(name)
    if rule is None:
        message = f"there is no rule '{name}'"
        raise DigestError(message, "`digest check --explain all` lists them")
    return f"{rule.name} ({rule.severity})\n\n{rule.documentation}"
