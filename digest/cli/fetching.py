"""The services as verbs use them: the digest's contact address, its cache, and DIGEST_SERVICES for tests."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.model.library import Library

if TYPE_CHECKING:
    from digest.fetch import OnProgress, Services


@contextmanager
def open_services(root: Path, library: Library, *, offline: bool = False, fresh: bool = False) -> "Iterator[Services]":
    """The services of a digest, closed afterwards."""
    from digest.fetch import VARIABLE, CacheUse, Services, cache_folder, read_addresses

    services = Services(
        contact=library.configuration.digest.contact,
        cache_folder=cache_folder(root),
        use=CacheUse.ONLY if offline else CacheUse.NONE if fresh else CacheUse.YOUNG,
        addresses=read_addresses(os.environ.get(VARIABLE)),
    )
    with closing(services):
        yield services


@contextmanager
def show_progress(label: str) -> "Iterator[OnProgress | None]":
    """A progress bar for a person, on standard error; nothing for a program."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def on_progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield on_progress
