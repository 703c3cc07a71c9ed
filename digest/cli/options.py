"""Options that several verbs share, and what they mean."""

import datetime
import math
import os
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from digest.errors import DigestError, NotADigest

F = TypeVar("F", bound=Callable[..., Any])


def root_option(function: F) -> F:
    """`--root DIR`."""
    return click.option(
        "--root",
        type=click.Path(path_type=Path, file_okay=False),
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


def find_root(root: Path) -> Path:
    """The folder of the digest, or a clear sentence."""
    if not (root / "mkdocs.yml").is_file():
        message = f"'{root}' is not a digest: it has no mkdocs.yml"
        raise NotADigest(message, "go into the digest's folder, name it with --root, or make one: digest init DIR")
    return root


def the_day(written: str | None, time_zone: str) -> datetime.date:
    """The day to work on: as written, else SOURCE_DATE_EPOCH, else today in the digest's time zone."""
    if written is not None:
        try:
            return datetime.date.fromisoformat(written)
        except ValueError as error:
            message = f"--date '{written}' is not a day"
            raise DigestError(message, "write it as YYYY-MM-DD") from error
    zone = _zone(time_zone)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.datetime.fromtimestamp(int(epoch) if epoch.isdigit() else math.nan, zone).date()
        except (ValueError, OverflowError, OSError) as error:
            message = f"SOURCE_DATE_EPOCH '{epoch}' is not a time"
            raise DigestError(message, "give whole seconds since 1970, or unset it") from error
    return datetime.datetime.now(zone).date()


def _zone(name: str) -> datetime.tzinfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.UTC
