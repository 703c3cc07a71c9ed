"""A site to its files: which there are, and how each is made when it is wanted."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digest.export import ExportedFile, iter_exported_files
from digest.pages import Asset, PlannedPage, Redirect, Site
from digest.pages.redirect import render_redirect
from digest.publish.parts import parts_of
from digest.publish.shells import Shells

MARK = ".digest-site"
"""A file that says that a folder is a built site, and so may be replaced."""
MARK_TEXT = b"This folder is made by `digest build`, which replaces all of it.\n"


@dataclass(frozen=True, slots=True)
class Made:
    """What a file of the site holds, and what else that tells."""

    content: bytes
    assets: tuple[Asset, ...] = ()
    """Files that a page shows."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site."""

    path: str
    """From the root of the site, without `/` at its beginning."""
    make: Callable[[], Made]


def iter_pages(site: Site, shells: Shells) -> Iterator[Output]:
    """Every page, filled into its shell."""
    for planned in site.plan:
        yield Output(path_of_page(planned), partial(make_page, site, shells, planned))


def path_of_page(planned: PlannedPage) -> str:
    """The file that a page is in."""
    return f"{planned.address.lstrip('/')}index.html"


def make_page(site: Site, shells: Shells, planned: PlannedPage) -> Made:
    """A page, filled into its shell."""
    page = planned.render()
    configuration = site.library.configuration
    parts = parts_of(page, configuration.title, configuration.site.site_url)
    return Made(shells.fill(page.address, parts).encode(), page.assets)


def iter_files(site: Site) -> Iterator[Output]:
    """Everything that is no page, and that the program makes itself."""
    for redirect in site.redirects:
        yield Output(f"{redirect.address.lstrip('/')}index.html", partial(_make_redirect, site, redirect))
    for file in iter_exported_files(site):
        yield file_output(file)
    yield Output(MARK, partial(Made, MARK_TEXT))


def file_output(file: ExportedFile) -> Output:
    """An exported file of the site."""
    return Output(file.address.lstrip("/"), partial(_make_file, file))


def _make_redirect(site: Site, redirect: Redirect) -> Made:
    configuration = site.library.configuration
    return Made(render_redirect(redirect, configuration.digest.language, configuration.site.site_url).encode())


def _make_file(file: ExportedFile) -> Made:
    return Made(file.write())


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of the site that is another one's copy."""

    source: Path
    key: str
    """Changes with what is in it."""


def copies_of_assets(root: Path, assets: Mapping[str, str]) -> dict[str, Copy]:
    """The digest's own files, by their path on the site; `assets` gives the paths in the repository."""
    return {
        path: Copy(root / source, hashlib.sha256((root / source).read_bytes()).hexdigest())
        for path, source in assets.items()
    }
