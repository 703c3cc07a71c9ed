"""`digest build`, from top to bottom: check, plan, shells, files that changed, and one step at the end."""

import datetime
import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from digest.check import Check
from digest.errors import ContentRefused
from digest.export import iter_card_files, iter_pdf_files
from digest.meanwhile import usable_cores
from digest.model.library import Library
from digest.pages import Site, plan_site
from digest.problem import Severity
from digest.publish.engine import check_complete, render_tree
from digest.publish.finish import finish_site
from digest.publish.lock import locked
from digest.publish.look_ahead import looked_at_meanwhile
from digest.publish.outputs import Copy, Output, file_output, iter_files, iter_pages
from digest.publish.renew import Place, Recipe, Renewed, Tally, renew_site
from digest.publish.replace import check_target, repair, swap_folders, working_folder
from digest.publish.request import Request
from digest.publish.search_index import PendingIndex, start_search_index, write_search_index
from digest.publish.shells import Shells, Theme
from digest.publish.stage import stage_site
from digest.publish.tree import Stamp
from digest.publish.view import View
from digest.publish.workers import Crew
from digest.read import IMAGES, program_fingerprint

CACHE = ".digest/cache"
"""Folder in the digest for what can be made again at any time."""


@dataclass(frozen=True)
class Built:
    """What a build made."""

    site: Site
    target: Path
    tally: Tally
    seconds: Mapping[str, float]
    """Wall time by stage."""
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    """How each file of the site is recognised; none are told of a site that the engine rendered."""


@dataclass(frozen=True)
class Watcher:
    """Who wants to know how a build goes."""

    on_wait: Callable[[], None]
    """Another build is at work in the same place."""
    on_progress: Callable[[int, int], None]
    """So many files are made, of so many that must be."""


NOBODY = Watcher(lambda: None, lambda _done, _number: None)


def build_site(request: Request, check: Callable[[], Check], watcher: Watcher = NOBODY) -> Built:
    """Build a digest that is read and checked meanwhile.

    Raises ContentRefused if it has errors; whatever is raised, the old site stands.
    """
    check_target(request.target, request.root)
    request.target.parent.mkdir(parents=True, exist_ok=True)
    clock = Clock()
    # Two builds may share the output, or the digest and with it the cache.
    with (
        locked(working_folder(request.target, "lock"), watcher.on_wait),
        locked(request.root / CACHE / "lock", watcher.on_wait),
    ):
        clock.stop("wait")
        repair(request.target)
        if request.clean:
            forget_caches(request.root)
        make = _build_through_engine if request.through_engine else _build_by_shells
        site, renewed = make(request, check, clock, watcher)
    return Built(site, request.target, renewed.tally, clock.seconds, renewed.stamps)


def _plan(request: Request, check: Check) -> Site:
    if check.has_errors and not request.in_spite_of_errors:
        number = check.count(Severity.ERROR)
        message = f"the content has {number} {'error' if number == 1 else 'errors'}, so nothing was published"
        raise ContentRefused(message, "mend what `digest check` tells; for a preview all the same: --drafts-and-errors")
    return plan_site(published(check.library, request), request.day, request.offers)


def theme_of(root: Path, engine: str, day: datetime.date) -> Theme:
    """What renders the frames of a digest's pages."""
    return Theme(root, engine, root / CACHE / "shells", day)


def open_view(library: Library, root: Path, day: datetime.date, engine: str) -> View:
    """A preview of a library, drafts included: nothing is rendered before it is asked for."""
    site = plan_site(library, day)
    with locked(root / CACHE / "lock", lambda: None):
        shells = theme_of(root, engine, day).open_shells(site)
    return View(site, shells, root)


def published(library: Library, request: Request) -> Library:
    """What goes onto the site: no drafts, unless they were asked for."""
    return library if request.drafts else library.published()


def forget_caches(root: Path) -> None:
    """Throw away what other builds left; the lock stays."""
    cache = root / CACHE
    for folder in ("shells", "pagefind", "builds", "entries", "read", "check"):
        shutil.rmtree(cache / folder, ignore_errors=True)


def _build_by_shells(
    request: Request, check: Callable[[], Check], clock: "Clock", watcher: Watcher
) -> tuple[Site, Renewed]:
    theme, spare = theme_of(request.root, request.engine, request.day), working_folder(request.target, "spare")
    with ExitStack() as stack:
        trees = stack.enter_context(looked_at_meanwhile(request.target, spare))
        with theme.shells_ahead():
            checked = check()
        library = checked.library
        clock.stop("read and check")
        site = _plan(request, checked)
        clock.stop("plan")
        shells = theme.open_shells(site)
        clock.stop("shells")
        pending: list[PendingIndex] = []

        def start_search() -> None:
            if request.search:
                started = start_search_index(site, request.root / CACHE / "pagefind")
                pending.append(stack.enter_context(started))
                clock.stop("search texts")

        def finish_search() -> Mapping[str, Copy]:
            clock.stop("make files")
            copies = pending[0].copies() if pending else {}
            clock.stop("search")
            return copies

        recipe = Recipe(
            outputs=[*iter_pages(site, shells), *iter_files(site), *_iter_offered(request, site)],
            copies={to: Copy(source, key) for to, (source, key) in shells.theme_files().items()},
            late_copies=finish_search,
            bodies=site.bodies,
            contents={path: print_.content for path, print_ in library.fingerprints.items()},
            environment=_environment(request, library, shells),
        )
        place = Place(request.root, request.target, spare, trees)
        crew = Crew(request.workers or usable_cores(), start_search, watcher.on_progress)
        renewed = renew_site(recipe, place, crew, clean=request.clean)
        clock.stop("replace")
    return site, renewed


def _iter_offered(request: Request, site: Site) -> Iterator[Output]:
    if request.offers.cards:
        yield from map(file_output, iter_card_files(site, request.root))
    if request.offers.pdf:
        yield from map(file_output, iter_pdf_files(site, request.root))


def _environment(request: Request, library: Library, shells: Shells) -> str:
    """Of everything that files depend on, but what bodies say; empty if it cannot be told."""
    try:
        program = program_fingerprint()
    except OSError:
        return ""
    pictures = _sums_of_pictures(request.root, library) if request.offers.pdf else ()
    parts = (program, shells.folder.name, request.day, library.face, request.drafts, request.offers, pictures)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _sums_of_pictures(root: Path, library: Library) -> tuple[str, ...]:
    """Pages link pictures, which are copied by their content; a PDF holds them."""
    paths = sorted(path for path in library.files if path.lower().endswith(IMAGES))
    return tuple(hashlib.sha256((root / path).read_bytes()).hexdigest() for path in paths)


def _build_through_engine(
    request: Request, check: Callable[[], Check], clock: "Clock", _: Watcher
) -> tuple[Site, Renewed]:
    checked = check()
    clock.stop("read and check")
    site = _plan(request, checked)
    clock.stop("plan")
    new, staged = working_folder(request.target, "new"), working_folder(request.target, "staged")
    for folder in (new, staged):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        tree = stage_site(site, request.root, staged)
        clock.stop("stage")
        render_tree(request.engine, tree, new, request.day)
        check_complete(request.engine, [planned.address for planned in site.plan], new)
        clock.stop("engine")
        if request.search:
            write_search_index(site, request.root / CACHE / "pagefind", new)
            clock.stop("search")
        finish_site(site, request.root, new, _iter_offered(request, site))
        swap_folders(new, request.target)
        clock.stop("replace")
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(new, ignore_errors=True)
    number = sum(1 for path in request.target.rglob("*") if path.is_file())
    return site, Renewed(Tally(made=number, written=number), {})


class Clock:
    """Wall time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, stage: str) -> None:
        """A stage has ended."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
