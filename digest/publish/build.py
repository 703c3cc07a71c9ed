"""`digest build`, from top to bottom: check, pages, staged tree, engine, finishing, and one step at the end."""

import datetime
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from digest.check import Check
from digest.errors import ContentRefused
from digest.model.library import Library
from digest.pages import Site, plan_site
from digest.problem import Severity
from digest.publish.engine import check_complete, render_tree
from digest.publish.finish import finish_site
from digest.publish.lock import locked
from digest.publish.replace import check_target, repair, replace_folder, working_folder
from digest.publish.search_index import write_search_index
from digest.publish.shells import open_shells
from digest.publish.stage import stage_site

CACHE = ".digest/cache"
"""Folder in the digest for what can be made again at any time."""


@dataclass(frozen=True)
class Request:
    """What is to be built, and how."""

    root: Path
    target: Path
    """The folder that becomes the site."""
    day: datetime.date
    engine: str = "mkdocs"
    through_engine: bool = False
    """Let the engine render every page: the slow way that the quick one is measured by."""
    drafts: bool = False
    """For a preview: publish drafts too."""
    in_spite_of_errors: bool = False
    """For a preview: go on although the content has errors."""
    search: bool = True
    """Make the readers' search index."""


@dataclass(frozen=True)
class Built:
    """What a build made."""

    site: Site
    target: Path
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall time by stage."""


def build_site(request: Request, check: Check, on_wait: Callable[[], None] = lambda: None) -> Built:
    """Build a checked digest. Raises ContentRefused if it has errors; whatever is raised, the old site stands."""
    if check.has_errors and not request.in_spite_of_errors:
        number = check.count(Severity.ERROR)
        message = f"the content has {number} {'error' if number == 1 else 'errors'}, so nothing was published"
        raise ContentRefused(message, "mend what `digest check` tells; for a preview all the same: --drafts-and-errors")
    check_target(request.target, request.root)
    request.target.parent.mkdir(parents=True, exist_ok=True)
    clock = _Clock()
    # Two builds may share the output, or the digest and with it the cache.
    with locked(working_folder(request.target, "lock"), on_wait), locked(request.root / CACHE / "lock", on_wait):
        repair(request.target)
        site = plan_site(published(check.library, request), request.day)
        clock.stop("pages")
        new = working_folder(request.target, "new")
        staged = working_folder(request.target, "staged")
        try:
            if request.through_engine:
                shutil.rmtree(staged, ignore_errors=True)
                tree = stage_site(site, request.root, staged)
                clock.stop("stage")
                render_tree(request.engine, tree, new, request.day)
                check_complete(request.engine, [page.address for page in site.pages], new)
                clock.stop("engine")
            else:
                shells = open_shells(site, request.root, request.engine, request.root / CACHE / "shells", request.day)
                clock.stop("shells")
                shells.write_pages(site, new)
                clock.stop("fill")
            if request.search:
                write_search_index(site, request.root / CACHE / "pagefind", new)
                clock.stop("search")
            finish_site(site, request.root, new)
            replace_folder(new, request.target)
            clock.stop("finish")
        finally:
            shutil.rmtree(staged, ignore_errors=True)
            shutil.rmtree(new, ignore_errors=True)
    return Built(site, request.target, clock.seconds)


def published(library: Library, request: Request) -> Library:
    """What goes onto the site: no drafts, unless they were asked for."""
    return library if request.drafts else library.published()


class _Clock:
    """Wall time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = now - self._last
        self._last = now
