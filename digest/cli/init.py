"""`digest init`: a new digest of any field, copied from the example in `digest/cli/template/`."""

import json
import os
import shlex
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath

import click

from digest.cli.options import HomePath
from digest.errors import DigestError, OutputRefused

MAY_BE_THERE = {".git"}
"""A repository that was made a moment ago counts as empty."""
NEXT = """\
A new digest is in {folder} ({count} files). Everything in it is an example: change it file by file.

Next:
{go}  digest check    finds every mistake and says how to mend it
  digest serve    shows the site and follows your changes

README.md in that folder says what each file is for. Begin with mkdocs.yml and vocabulary/topics.yml.
"""


@click.command()
@click.argument("folder", metavar="DIR", type=HomePath())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="json: one document.")
def command(folder: Path, form: str) -> None:
    """Make a new digest of any field in DIR, with one example of each kind.

    DIR is a folder that does not exist yet, or an empty one (.git may be in it). Nothing is ever overwritten.
    """
    refuse_if_taken(folder)
    count = write_template(folder)
    if form == "json":
        written = [path.as_posix() for path, _ in iter_template()]
        click.echo(json.dumps({"folder": str(folder), "files": written}, ensure_ascii=False, indent=2))
        return
    go = "" if folder.resolve() == Path.cwd() else f"  cd {shlex.quote(str(folder))}\n"
    click.echo(NEXT.format(folder=folder, count=count, go=go), nl=False)


def refuse_if_taken(folder: Path) -> None:
    """Raise OutputRefused unless a new digest has this folder to itself."""
    if not os.path.lexists(folder):
        return
    try:
        others = {path.name for path in folder.iterdir()} - MAY_BE_THERE
        message = f"'{folder}' is not empty, and nothing in it may be overwritten" if others else ""
    except OSError as error:
        message = f"'{folder}' is there already, and is not a folder that can be read: {error.strerror or error}"
    if message:
        raise OutputRefused(message, "name a folder that does not exist yet, or an empty one: digest init DIR")


def write_template(folder: Path) -> int:
    """Copy the example; how many files it has. A file that appeared meanwhile is left as it is."""
    count = 0
    try:
        for path, content in iter_template():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as new:
                new.write(content)
            count += 1
    except OSError as error:
        message = f"'{error.filename or folder}' could not be written: {error.strerror or error}"
        raise DigestError(message, "check the disk and its permissions, then try again with another folder") from error
    return count


def iter_template() -> Iterator[tuple[PurePath, bytes]]:
    """Path and content of every file of the example, by name."""
    yield from _iter_files(files("digest.cli") / "template", PurePath())


def _iter_files(folder: Traversable, path: PurePath) -> Iterator[tuple[PurePath, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _iter_files(item, path / item.name)
        else:
            yield path / item.name, item.read_bytes()
