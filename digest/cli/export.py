"""`digest export`: files of the course for learning platforms and reference managers."""

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.options import HomePath, date_option, find_root, root_option, the_day
from digest.errors import ContentRefused, DigestError, OutputRefused

if TYPE_CHECKING:
    from digest.link import CourseModule
    from digest.pages import Site

CARTRIDGES = {"cartridge": "1.1", "cartridge-1.3": "1.3"}
WORKS = {"bibtex": "bib", "ris": "ris", "csl-json": "json"}
FORMS = (*CARTRIDGES, "html", *WORKS)


@click.group()
def command() -> None:
    """Write files for other programs; the built site offers the same."""


@command.command()
@root_option
@date_option
@click.option("--module", "slug", metavar="SLUG", default="", help="Only this module: its file's name without .md.")
@click.option("--as", "kind", type=click.Choice(FORMS), default="cartridge", show_default=True, help="What to write.")
@click.option(
    "--output",
    type=HomePath(dir_okay=False),
    help="File to write (default: course.imscc or SLUG.imscc; the terminal for all but cartridges).",
)
@click.option("--replace", is_flag=True, help="Write over a file that is there.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
def course(*, root: Path, day: str | None, slug: str, kind: str, output: Path | None, replace: bool, form: str) -> None:
    """Write the training course, or one module, for a learning platform.

    A cartridge (Common Cartridge 1.1 or 1.3) is imported; html is a list of links to paste into a page; the other forms
    hold the works that are read. With --format json the answer is {"kind", "modules", "links", "file"}, and {"text"}
    where no file is written.
    """
    from digest.link import course_of
    from digest.read import read_time_zone

    root = find_root(root)
    site = _plan(root, the_day(day, read_time_zone(root)), kind)
    site_url = site.library.configuration.site.site_url
    known = site.links.lookup.modules
    if not known or slug not in {"", *known}:
        message = f"there is no module '{slug}'" if slug else "the digest has no training module"
        raise DigestError(message, f"the modules are: {', '.join(known)}" if known else "add one to training/")
    modules = [each for each in course_of(site.links, site_url) if slug in {"", each.slug}]
    content = _content(site, modules, kind, slug)
    output = output or (Path(f"{slug or 'course'}.imscc") if kind in CARTRIDGES else None)
    if output is not None:
        _write(output, content, replace=replace)
    links = sum(len(module.links) for module in modules)
    if form == "json":
        answer = {"kind": kind, "modules": len(modules), "links": links, "file": str(output) if output else None}
        click.echo(json.dumps(answer | ({} if output else {"text": content.decode()}), ensure_ascii=False, indent=2))
    elif output is None:
        click.echo(content.decode(), nl=False)
    else:
        counted = f"{len(modules)} {'module' if len(modules) == 1 else 'modules'}, {links} links"
        click.echo(f"wrote {output}: {counted}")


def _plan(root: Path, today: datetime.date, kind: str) -> "Site":
    """The site of a digest without errors: an export must not lead learners to what does not exist."""
    from digest.check import check_library
    from digest.pages import plan_site

    checked = check_library(root, today)
    if not checked.library.configuration.site.site_url and kind not in WORKS:
        message = "the course cannot be exported: its links need the address of the site, and `site_url` is missing"
        raise DigestError(message, "add `site_url:` to mkdocs.yml, the address under which the site is published")
    if checked.has_errors:
        message = "the content has errors, so nothing was written"
        raise ContentRefused(message, "mend what `digest check` tells")
    return plan_site(checked.library.published(), today)


def _content(site: "Site", modules: "Sequence[CourseModule]", kind: str, slug: str) -> bytes:
    from digest.export.cartridge import VERSIONS, write_course
    from digest.export.citations import write_works
    from digest.link import works_of_course
    from digest.pages.training import render_paste_list

    if kind in CARTRIDGES:
        version = next(version for version in VERSIONS if version.number == CARTRIDGES[kind])
        return write_course(site, version, slug)
    if kind == "html":
        return render_paste_list(modules).encode()
    links = site.links
    works = links.works_of_module(links.lookup.modules[slug]) if slug else works_of_course(links)
    return write_works(links, works, WORKS[kind])


def _write(output: Path, content: bytes, *, replace: bool) -> None:
    try:
        with output.open("wb" if replace else "xb") as file:
            file.write(content)
    except FileExistsError as error:
        message = f"'{output}' is there already"
        raise OutputRefused(message, "name another file with --output, or write over it with --replace") from error
