"""`digest doctor`: what of this machine, and of what the digest keeps on it, is not fit to work, and what to do."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from digest.cli.health import Finding, State
from digest.cli.options import date_option, root_option, the_day

MARKS = {State.GOOD: "good  ", State.NOTICE: "notice", State.FAULT: "FAULT "}


@click.command()
@root_option
@date_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def command(*, root: Path, day: str | None, form: str) -> None:
    """Look after the installation and what the digest keeps: versions, engines, fonts, caches, snapshots.

    Outside a digest, only the installation is looked at. Asks no service, and changes nothing but caches. Ends with 1
    if there is a fault.
    """
    from digest.cli.health_of_digest import examine_digest
    from digest.cli.health_of_program import examine_program
    from digest.read import read_time_zone

    findings = [*examine_program()]
    if (root / "mkdocs.yml").is_file():
        findings += examine_digest(root, the_day(day, read_time_zone(root)))
    else:
        said = "there is no digest in this folder, so only the installation was looked at"
        findings.append(Finding("digest", State.NOTICE, said, "go into the digest's folder, or name it with --root"))
    click.echo(_as_json(findings) if form == "json" else _as_text(findings), nl=False)
    sys.exit(1 if any(finding.state is State.FAULT for finding in findings) else 0)


def _as_text(findings: Sequence[Finding]) -> str:
    lines = []
    for finding in findings:
        lines.append(f"{MARKS[finding.state]}  {finding.about}: {finding.message}")
        lines += [f"          fix: {finding.todo}"] if finding.todo else []
    faults, notices = (sum(each.state is state for each in findings) for state in (State.FAULT, State.NOTICE))
    told = f"{faults} fault{'' if faults == 1 else 's'}, {notices} notice{'' if notices == 1 else 's'}"
    return "\n".join([*lines, told]) + "\n"


def _as_json(findings: Sequence[Finding]) -> str:
    told = [
        {"about": each.about, "state": each.state.value, "message": each.message, "todo": each.todo}
        for each in findings
    ]
    return json.dumps({"findings": told}, ensure_ascii=False, indent=2) + "\n"
