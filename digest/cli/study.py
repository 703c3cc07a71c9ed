"""`digest study`: fetching the registry's records, comparing pages with them, starting a page from one."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import HomePath, date_option, find_root, root_option, the_day

if TYPE_CHECKING:
    import datetime

    from digest.model.study import Study

RULES = ("study-", "registry-", "arm-", "criterion-", "recruitment-")
"""What the names of the rules about studies begin with."""


@click.group()
def command() -> None:
    """Fetch, compare and start recruitment pages."""


@command.command()
@click.argument("numbers", nargs=-1, metavar="[NCT...]")
@root_option
@date_option
@click.option("--offline", is_flag=True, help="Ask nobody: use only what was fetched before.")
@click.option("--fresh", is_flag=True, help="Ask anew what was asked within the last day.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def fetch(numbers: Sequence[str], *, root: Path, day: str | None, offline: bool, fresh: bool, form: str) -> None:
    """Fetch records of ClinicalTrials.gov into studies/registry/; without a number, those of all studies.

    A record that could not be fetched leaves the one that is there as it is.
    """
    from digest.cli.fetching import open_services
    from digest.cli.study_record import fetch_one, read_number
    from digest.errors import DigestError
    from digest.read import read_library

    root = find_root(root)
    library, _ = read_library(root)
    wanted = [read_number(number) for number in numbers]
    wanted = wanted or sorted({study.registry for study in library.studies if study.registry})
    if not wanted:
        raise DigestError("no study has a registry number", "name one: digest study fetch NCT01234567")
    today = the_day(day, library.configuration.digest.time_zone)
    told: list[dict[str, Any]] = []
    with open_services(root, library, offline=offline, fresh=fresh) as services:
        for number in dict.fromkeys(wanted):
            told.append(fetch_one(services, root, number, today))
            if form == "text":
                _tell_fetched(told[-1])
    if form == "json":
        click.echo(json.dumps({"records": told}, ensure_ascii=False, indent=2))
    sys.exit(2 if any(each["fault"] for each in told) else 0)


def _tell_fetched(told: dict[str, Any]) -> None:
    if told["fault"]:
        click.echo(f"digest: {told['number']}: {told['fault']}\n  fix: {told['fix']}", err=True)
        return
    news = "; ".join(told["changes"]) or ("new" if told["is_new"] else "as it was")
    click.echo(f"{told['number']}: {news} ({told['path']}, as of {told['fetched']})")


@command.command()
@root_option
@date_option
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How to tell it.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
def check(*, root: Path, day: str | None, form: str, strict: bool) -> None:
    """Compare every study with its record and the calendar; nobody is asked.

    Says of each whether it takes participants and why, then what is wrong with its page or its record.
    """
    from digest.check import check_library
    from digest.problem import Severity
    from digest.read import read_time_zone
    from digest.report import format_github, format_summary, format_text

    root = find_root(root)
    today = the_day(day, read_time_zone(root))
    checked = check_library(root, today)
    problems = [each for each in checked.problems if is_about_studies(each.rule, each.span.path)]
    studies = [as_told(study, today) for study in checked.library.studies]
    sources = checked.library.sources
    if form == "json":
        from digest.report import format_json

        document = json.loads(format_json(problems, sources, entries=len(checked.library.entries)))
        click.echo(json.dumps({"studies": studies, **document}, ensure_ascii=False, indent=2))
    elif form == "github":
        click.echo(format_github(problems, sources), nl=False)
    else:
        for each in studies:
            dates = f", closes {each['closes']}" if each["closes"] else ""
            said = f"page {each['page_status'] or '-'}, record {each['record_status'] or '-'}{dates}"
            click.echo(f"{each['path']}: {each['phase']} on {today} ({said})")
        click.echo(format_text(problems, sources, colour=sys.stdout.isatty()), nl=False)
        number = len(studies)
        click.echo(f"checked {number} {'study' if number == 1 else 'studies'}: {format_summary(problems)}")
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(each.severity in failing for each in problems) else 0)


def is_about_studies(rule: str, path: str) -> bool:
    """Whether a problem concerns a recruitment page or its record."""
    return path.startswith("studies/") or rule.startswith(RULES)


def as_told(study: "Study", today: "datetime.date") -> dict[str, Any]:
    """What page, record and calendar say of a study."""
    from digest.model.recruitment import recruitment, statuses

    found = recruitment(study, today)
    page, record = statuses(study)
    fetched = study.record.fetched if study.record else None
    return {
        "path": study.path,
        "registry": study.registry,
        "phase": str(found.phase),
        "page_status": str(page or ""),
        "record_status": record,
        "opens": found.opens.isoformat() if found.opens else None,
        "closes": found.closes.isoformat() if found.closes else None,
        "fetched": fetched.isoformat() if fetched else None,
    }


@command.command()
@click.argument("number", required=False, metavar="[NCT...]")
@root_option
@date_option
@click.option("--record", type=HomePath(exists=True, dir_okay=False), help="A record in a file.")
@click.option("--offline", is_flag=True, help="Ask nobody: use only what was fetched before.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def new(
    number: str | None,
    *,
    root: Path,
    day: str | None,
    record: Path | None,
    offline: bool,
    dry_run: bool,
    form: str,
) -> None:
    """Start a recruitment page from the registry's record, and keep the record too.

    The page is a draft: the record's criteria and groups wait for plain words, and each section for its text. Nothing
    that exists is overwritten.
    """
    from digest.cli.study_record import find_data, read_number
    from digest.cli.study_text import plan_page, write_plan
    from digest.errors import DigestError
    from digest.read import read_library

    if number is None and record is None:
        raise DigestError("name a study", "digest study new NCT01234567, or --record FILE.json")
    root = find_root(root)
    library, _ = read_library(root)
    today = the_day(day, library.configuration.digest.time_zone)
    wanted = read_number(number) if number else ""
    found = find_data(root, library, wanted, record, today, offline=offline)
    plan = plan_page(root, library, found)
    if not dry_run:
        write_plan(root, plan)
    if form == "json":
        told = {"page": plan.path, "record": plan.record_path, "record_written": plan.writes_record and not dry_run}
        click.echo(
            json.dumps({**told, "written": not dry_run, "notes": list(plan.notes)}, ensure_ascii=False, indent=2)
        )
        return
    for note in plan.notes:
        click.echo(f"note: {note}")
    verb = "would write" if dry_run else "wrote"
    if plan.writes_record:
        click.echo(f"{verb} {plan.record_path}")
    click.echo(f"{verb} {plan.path}")
    if dry_run:
        click.echo(plan.text)
