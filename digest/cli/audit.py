"""`digest audit`: ask Crossref, PubMed and Unpaywall about every reference, and keep what they say."""

import datetime
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.fetching import open_services, show_progress
from digest.cli.options import date_option, find_root, root_option, the_day
from digest.errors import DigestError
from digest.model.library import Library
from digest.model.status import PATH
from digest.problem import Problem, Severity

if TYPE_CHECKING:
    from digest.fetch import Audit

RULES = (
    *("reference-retracted", "reference-concern", "reference-corrected", "reference-mismatch", "doi-unknown"),
    *("pmid-unknown", "reference-better-known", "link-dead"),
)
"""Rules that tell what `bib/status.json` says."""


@click.command()
@root_option
@date_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
@click.option("--links", is_flag=True, help="Try the links in entries, studies and reading lists too.")
@click.option("--write", is_flag=True, help="Show better records as a change of the .bib files and ask.")
@click.option("--yes", is_flag=True, help="With --write: apply without asking.")
@click.option("--offline", is_flag=True, help="Ask nobody: use only what was fetched before.")
@click.option("--fresh", is_flag=True, help="Ask anew what was asked within the last day.")
@click.option("--strict", is_flag=True, help="Count warnings, and questions without an answer, as errors.")
def command(
    *,
    root: Path,
    day: str | None,
    form: str,
    links: bool,
    write: bool,
    yes: bool,
    offline: bool,
    fresh: bool,
    strict: bool,
) -> None:
    """Ask Crossref, PubMed and Unpaywall about every DOI and PMID in bib/.

    Finds retractions, corrections and expressions of concern, DOIs that nobody knows, titles and years that do not
    match, volumes and pages known by now, and copies that anybody may read. What was learnt is kept in
    bib/status.json, which `digest check` and the site read.
    """
    from digest.check import check_library
    from digest.fetch import propose_better, run_audit, write_status
    from digest.read import read_time_zone

    if links and offline:
        raise DigestError("--links cannot be tried --offline", "leave one of the two out")
    root = find_root(root)
    today = the_day(day, read_time_zone(root))
    check = check_library(root, today)
    refuse_unreadable(check.problems)
    with (
        open_services(root, check.library, offline=offline, fresh=fresh) as services,
        show_progress("asking") as on_progress,
    ):
        audit = run_audit(check.library, services, today, links=links, on_progress=on_progress)
    written = write_status(root, audit.status)
    library = replace(check.library, status=audit.status)
    problems = findings(library, today)
    show(audit, library, problems, form, written=written)
    if not services.contact:
        click.echo("Unpaywall was not asked: set `contact` below `extra.digest` in mkdocs.yml", err=True)
    if write:
        from digest.cli.fix import edits_of, offer_edits

        offer_edits(root, library, edits_of(propose_better(library)), yes=yes)
    failing = any(problem.severity is not Severity.ADVICE for problem in problems) or not audit.is_complete
    sys.exit(1 if strict and failing else 0)


def refuse_unreadable(problems: Sequence[Problem]) -> None:
    """What cannot be read would be lost when the file is written anew."""
    for problem in problems:
        if problem.span.path == PATH and problem.severity is Severity.ERROR:
            raise DigestError(problem.message, problem.fix)


def findings(library: Library, today: datetime.date) -> list[Problem]:
    """What the rules say of the new status."""
    from digest.check import find_rule
    from digest.check.context import Context
    from digest.model.lookup import Lookup
    from digest.problem import sort_problems

    context = Context(library, Lookup(library), today)
    rules = [rule for name in RULES if (rule := find_rule(name))]
    return sort_problems(problem for rule in rules for problem in rule.find_problems(context))


def show(audit: "Audit", library: Library, problems: Sequence[Problem], form: str, *, written: bool) -> None:
    """Print what was learnt: as text with a summary, or as one JSON document."""
    from digest.report import format_json, format_summary, format_text

    for fault in audit.faults:
        click.echo(f"digest: {fault}", err=True)
    if form == "json":
        click.echo(format_json(problems, library.sources, **as_data(audit, written=written)), nl=False)
        return
    click.echo(format_text(problems, library.sources, colour=sys.stdout.isatty()), nl=False)
    names = {"crossref": "Crossref", "pubmed": "PubMed", "unpaywall": "Unpaywall"}
    answered = ", ".join(f"{names[service]} answered for {number}" for service, number in audit.answered.items())
    copies = sum(status.open_access is not None for status in audit.status.references.values())
    click.echo(f"asked about {audit.works} references{f': {answered}' if answered else ''}")
    if audit.links:
        click.echo(f"tried {audit.links} links")
    if copies:
        click.echo(f"{copies} of them can be read by anybody")
    partly = "" if audit.is_complete else "; not everybody answered, and what was known before stays"
    click.echo(f"{format_summary(problems)}; bib/status.json {'was written' if written else 'stays as it was'}{partly}")


def as_data(audit: "Audit", *, written: bool) -> dict[str, object]:
    """What the JSON document says besides the problems."""
    references = audit.status.references
    return {
        "references": audit.works,
        "answered": dict(audit.answered),
        "links": audit.links,
        "complete": audit.is_complete,
        "faults": list(audit.faults),
        "status_written": written,
        "retracted": [key for key, status in references.items() if status.retraction],
        "better": {key: dict(status.better) for key, status in references.items() if status.better},
        "open_access": {key: status.open_access.url for key, status in references.items() if status.open_access},
    }
