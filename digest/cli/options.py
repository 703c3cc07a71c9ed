"""Options that several verbs share, and what they mean."""

import datetime
import math
import os
import re
import zoneinfo
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from digest.errors import DigestError, NotADigest, OutputRefused

F = TypeVar("F", bound=Callable[..., Any])
WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class HomePath(click.Path):
    """A path, in which a leading `~` is the home folder: shells leave it as it is in `--output=~/x` and in quotes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or a clear sentence where nobody has that home."""
        written = os.fspath(value)
        if not written.startswith("~"):
            return super().convert(value, param, ctx)
        try:
            return super().convert(str(Path(written).expanduser()), param, ctx)
        except RuntimeError:
            self.fail(f"'{written}' begins with the home of nobody here; write ./{written} if it is a name", param, ctx)


def root_option(function: F) -> F:
    """`--root DIR`."""
    return click.option(
        "--root",
        type=HomePath(file_okay=False),
        default=Path(),
        help="Folder of the digest (default: the current one).",
    )(function)


def date_option(function: F) -> F:
    """`--date YYYY-MM-DD`."""
    return click.option(
        "--date",
        "day",
        metavar="YYYY-MM-DD",
        help="Day to work on (default: SOURCE_DATE_EPOCH, else today in the digest's time zone).",
    )(function)


def refuse_content(output: Path, root: Path, read: Iterable[Path | None] = ()) -> None:
    """Raise OutputRefused if a result would take the place of a file of the digest, or of one that is read for it."""
    from digest.read import CONTENT_FOLDERS

    if not output.exists():
        return
    content = [root / name for name in (*CONTENT_FOLDERS, "mkdocs.yml", "theme")]
    inside = any(output.resolve().is_relative_to(each.resolve()) for each in content)
    if inside or any(each is not None and output.samefile(each) for each in read):
        message = f"'{output}' is a file that is read, and would be lost"
        raise OutputRefused(message, "name another file")


def find_root(root: Path) -> Path:
    """The folder of the digest, or a clear sentence."""
    if not (root / "mkdocs.yml").is_file():
        message = f"'{root}' is not a digest: it has no mkdocs.yml"
        raise NotADigest(message, "go into the digest's folder, name it with --root, or make one: digest init DIR")
    return root


def the_day(written: str | None, time_zone: str) -> datetime.date:
    """The day to work on: as written, else SOURCE_DATE_EPOCH, else today in the digest's time zone."""
    if written is not None:
        return _read_day(written)
    zone = _zone(time_zone)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.datetime.fromtimestamp(int(epoch) if epoch.isdigit() else math.nan, zone).date()
        except (ValueError, OverflowError, OSError) as error:
            message = f"SOURCE_DATE_EPOCH '{epoch}' is not a time"
            raise DigestError(message, "give whole seconds since 1970, or unset it") from error
    return datetime.datetime.now(zone).date()


def _read_day(written: str) -> datetime.date:
    """`2026-11-22` and no other way to write it, as in front matter."""
    fault = None
    if WRITTEN_DAY.fullmatch(written):
        try:
            return datetime.date.fromisoformat(written)
        except ValueError as error:
            fault = error
    why = "there is no such day" if fault else "a day is written as 2026-11-22"
    raise DigestError(f"--date '{written}' is not a day: {why}", "write it as YYYY-MM-DD") from fault


def _zone(name: str) -> datetime.tzinfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.UTC
