"""`digest newsletter`: an edition as an e-mail, to be sent by whatever you send e-mails with."""

import json
import re
import sys
from pathlib import Path

import click

from digest.check import check_library
from digest.cli.options import HomePath, date_option, find_root, root_option, the_day
from digest.errors import ContentRefused, DigestError
from digest.export.newsletter import Contents, contents_of, write_eml, write_html, write_text
from digest.model.entry import Edition
from digest.pages import Site, plan_site
from digest.problem import Severity
from digest.read import read_time_zone
from digest.report import format_summary, format_text

FORMS = ("text", "html", "eml", "json")


@click.command()
@click.argument("month", metavar="YYYY-MM", required=False)
@root_option
@date_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="text (the default), html, eml: a file that a mail program opens as a draft; json: one document with all.",
)
@click.option(
    "--output",
    type=HomePath(dir_okay=False),
    help="A new file for it; its ending (.txt, .html, .eml, .json) says the format.",
)
def command(*, month: str | None, root: Path, day: str | None, form: str | None, output: Path | None) -> None:
    """Write an edition as an e-mail: the newest one, or that of a month.

    Nothing is sent, and no address is kept. Which studies look for participants is decided by the day.
    """
    form = form or _form_of(output)
    root = find_root(root)
    today = the_day(day, read_time_zone(root))
    check = check_library(root, today)
    if check.has_errors:
        errors = [problem for problem in check.problems if problem.severity is Severity.ERROR]
        click.echo(format_text(errors, check.library.sources), nl=False, err=form != "text")
        raise ContentRefused(format_summary(check.problems), "mend what `digest check` tells")
    site = plan_site(check.library.published(), today)
    content = _write(contents_of(site, _find_edition(site, month)), form)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        with output.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        message = f"'{output}' is there already"
        raise DigestError(message, "give --output the name of a new file") from error
    click.echo(f"wrote {output}", err=True)


def _form_of(output: Path | None) -> str:
    """The format that a file's ending names."""
    ending = output.suffix.removeprefix(".").lower() if output is not None else "txt"
    form = "text" if ending == "txt" else ending
    if form not in FORMS:
        message = f"'{output}' does not say which format it is to have"
        raise DigestError(message, "let it end in .txt, .html, .eml or .json, or use --format")
    return form


def _find_edition(site: Site, month: str | None) -> Edition:
    editions = site.links.editions
    if not editions:
        message = "nothing has been published yet"
        raise DigestError(message, "write an entry first: `digest new DOI`")
    if month is None:
        return editions[0]
    found = next((edition for edition in editions if edition.month == month), None)
    if found is None:
        known = bool(re.fullmatch(r"\d{4}-\d\d", month))
        message = f"there is no edition {month}" if known else f"'{month}' is not a month"
        newest = ", ".join(edition.month for edition in editions[:3])
        raise DigestError(message, f"write it as YYYY-MM; the newest are {newest}")
    return found


def _write(contents: Contents, form: str) -> bytes:
    if form == "eml":
        return write_eml(contents)
    if form == "json":
        data = {
            "edition": contents.month,
            "subject": contents.subject,
            "address": contents.web_address,
            "text": write_text(contents),
            "html": write_html(contents),
        }
        return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode("utf-8", "replace")
    return (write_html(contents) if form == "html" else write_text(contents)).encode("utf-8", "replace")
