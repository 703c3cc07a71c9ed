"""Pages without an engine a page: the engine renders the theme once, and the program fills the frames.

For each section of the navigation and each depth of address one page with marks in place of its parts is rendered; the
result, cut at the marks, is a shell. Shells are kept in the cache and made again only when theme, configuration, engine
or program change. The way through the engine (`--through-engine`) is the reference: a test shows that both agree.
"""

import datetime
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from digest.errors import DigestError, EngineFailed
from digest.model.configuration import Configuration
from digest.model.page import FreePage
from digest.pages import Page, Site
from digest.publish.engine import Rendering, is_not_ours, start_rendering
from digest.publish.parts import SECTIONS, Parts, section_of
from digest.publish.stage import StagedTree, engine_configuration, stage_theme, staged_page, write_text
from digest.read import program_fingerprint, read_frame

NAMES = ("title", "description", "head", "body")
MARKS = Parts("@@digest-title@@", "@@digest-description@@", "@@digest-head@@", "<div>@@digest-body@@</div>")
"""A page that shows where its parts stand; the body is an element, so that Markdown passes it through."""
MANIFEST = "manifest.json"
MAKING = "making-"
"""How folders in the cache begin that shells are being made in."""
MOST_KEPT = 4
"""Sets of shells in the cache: one an engine, and the one before the last change of the theme."""

ShellKey = tuple[str, int]
"""Section of the navigation, and depth of the address."""


def key_of(address: str) -> ShellKey:
    """Which shell the page at an address is filled into."""
    return section_of(address), address.count("/") - 1


@dataclass(frozen=True, slots=True)
class Shell:
    """A rendered page, cut at its marks: texts, and between them the names of the parts."""

    texts: Sequence[str]
    names: Sequence[str]

    def fill(self, parts: Parts) -> str:
        """The page."""
        pieces = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            pieces += (getattr(parts, name), text)
        return "".join(pieces)


@dataclass(frozen=True)
class Shells:
    """All shells of a site, and the folder with the theme's other files."""

    folder: Path
    """Its name is a fingerprint of all that went into it."""
    shells: Mapping[ShellKey, Shell]
    sums: Mapping[str, str]
    """SHA-256 of each file of the folder, by its path in it."""

    def fill(self, address: str, parts: Parts) -> str:
        """The page at an address."""
        return self.shells[key_of(address)].fill(parts)

    def theme_files(self) -> dict[str, tuple[Path, str]]:
        """What the theme publishes beside pages: path on the site to the file, and its SHA-256."""
        found = ((path.removeprefix("files/"), path, key) for path, key in self.sums.items())
        return {to: (self.folder / path, key) for to, path, key in found if to != path and not is_not_ours(to)}


USUAL = frozenset(
    {("", depth) for depth in range(4)} | {(section, depth) for _, section in SECTIONS for depth in range(1, 4)}
)
"""Shells that nearly every site needs: they can be made before its pages are known."""


@dataclass(frozen=True)
class Theme:
    """What the engine renders shells with."""

    digest_root: Path
    """For the digest's own templates in `theme/`."""
    engine: str
    cache: Path
    """Folder that the shells are kept in."""
    day: datetime.date

    def open_shells(self, site: Site) -> Shells:
        """The shells that a site needs: from the cache if they are there and whole, else rendered by the engine."""
        needed = sorted(USUAL.union(key_of(planned.address) for planned in site.plan))
        settings = _settings(site.library.configuration, site.library.pages)
        folder = self._folder(settings, needed)
        sums = _sums_if_whole(folder)
        if sums is None:
            sums = self._start(settings, needed, folder).finish()
        return Shells(folder, {key: _read_shell(folder, key) for key in needed}, sums)

    @contextmanager
    def shells_ahead(self) -> Iterator[None]:
        """Let the engine render the shells while something else is done, if there are none yet; under the cache's lock.

        What goes wrong here will go wrong again, and be told, when the shells are opened.
        """
        pending = None
        if not _kept(self.cache):
            with suppress(DigestError, OSError):
                settings, needed = _settings(*read_frame(self.digest_root)), sorted(USUAL)
                pending = self._start(settings, needed, self._folder(settings, needed))
        try:
            yield
        finally:
            if pending is not None:
                with suppress(DigestError, OSError):
                    pending.finish()

    def _folder(self, settings: str, needed: Sequence[ShellKey]) -> Path:
        return self.cache / _fingerprint(self.digest_root, settings, self.engine, needed)

    def _start(self, settings: str, needed: Sequence[ShellKey], folder: Path) -> "_PendingShells":
        """Let the engine begin to render one page a shell."""
        self.cache.mkdir(parents=True, exist_ok=True)
        for left in self.cache.glob(f"{MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        # Of its own: the engine of a build that was killed may still be writing into its folder.
        working = Path(tempfile.mkdtemp(prefix=MAKING, dir=self.cache))
        tree = StagedTree(working / "staged")
        stage_theme(self.digest_root, tree.theme)
        write_text(tree.configuration, settings)
        for address in {"/", *map(_sample_address, needed)}:
            page = Page(address=address, kind="shell", title="", description="", body="")
            write_text(tree.docs / address.strip("/") / "index.md", staged_page(page, MARKS))
        (working / "made").mkdir(parents=True)
        return _PendingShells(
            start_rendering(self.engine, tree, working / "made" / "files", self.day), needed, working, folder
        )


@dataclass(frozen=True)
class _PendingShells:
    """Shells that an engine is about to render."""

    rendering: Rendering
    needed: Sequence[ShellKey]
    working: Path
    folder: Path

    def finish(self) -> dict[str, str]:
        """Wait, and put them into the cache; gives the SHA-256 of each file. Raises EngineFailed."""
        made = self.working / "made"
        try:
            self.rendering.finish()
            _take_out(made, self.needed, self.rendering.engine)
            sums = _sums(made)
            write_text(made / MANIFEST, json.dumps(sums, sort_keys=True))
            shutil.rmtree(self.folder, ignore_errors=True)
            made.rename(self.folder)
            _forget_old(self.folder.parent, self.folder)
        finally:
            shutil.rmtree(self.working, ignore_errors=True)
        return sums


def _settings(configuration: Configuration, pages: Sequence[FreePage]) -> str:
    return json.dumps(engine_configuration(configuration, pages), ensure_ascii=False, indent=1)


def _fingerprint(digest_root: Path, configuration: str, engine: str, needed: Iterable[ShellKey]) -> str:
    """Of everything that goes into the shells; that of the program tells the versions of engine and theme too."""
    digest = hashlib.sha256()
    for part in (program_fingerprint(), configuration, engine, repr(list(needed)), repr(MARKS)):
        digest.update(part.encode() + b"\0")
    theme = digest_root / "theme"
    for path in sorted(path for path in theme.rglob("*") if path.is_file()):
        digest.update(path.relative_to(theme).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def _take_out(made: Path, needed: Sequence[ShellKey], engine: str) -> None:
    """Move the pages out from among the theme's files. Raises EngineFailed if one is missing or has lost a part."""
    files = made / "files"
    addresses = {key: _sample_address(key) for key in needed}
    for key, address in addresses.items():
        source = files / address.strip("/") / "index.html"
        if not source.is_file():
            message = f"the engine {engine} left out a page of the theme ({address})"
            raise EngineFailed(message, "try `digest build --through-engine`")
        source.rename(made / _file_name(key))
    for address in addresses.values():
        top = address.strip("/").partition("/")[0]
        if top:
            shutil.rmtree(files / top, ignore_errors=True)
    (files / "index.html").unlink(missing_ok=True)
    for key in needed:
        _read_shell(made, key)


def _sample_address(key: ShellKey) -> str:
    """An address of this section and depth, below a name that no other file of a site has."""
    section, depth = key
    missing = depth - section.strip("/").count("/") - bool(section)
    return (section or "/") + "digest-shell/" * missing


def _file_name(key: ShellKey) -> str:
    section, depth = key
    return f"{section.strip('/') or 'no-section'}-{depth}.html"


def _read_shell(folder: Path, key: ShellKey) -> Shell:
    """Cut a rendered page at its marks. Raises EngineFailed if the theme has lost one of the parts."""
    text = (folder / _file_name(key)).read_text(encoding="utf-8")
    found = sorted((text.find(mark), name, mark) for name in NAMES for mark in [getattr(MARKS, name)])
    lost = [name for position, name, _ in found if position == -1]
    twice = [name for _, name, mark in found if text.count(mark) > 1]
    if lost or twice:
        message = f"the theme shows the {(lost or twice)[0]} of a page {'nowhere' if lost else 'more than once'}"
        raise EngineFailed(message, "mend main.html in theme/, or use `digest build --through-engine`")
    texts, position = [], 0
    for start, _, mark in found:
        texts.append(text[position:start])
        position = start + len(mark)
    return Shell((*texts, text[position:]), tuple(name for _, name, _ in found))


def _sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def _sums_if_whole(folder: Path) -> dict[str, str] | None:
    """If what the cache holds is what was put there; a damaged cache is made anew, never believed."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sums = _sums(folder)
    except (OSError, ValueError):
        return None
    return sums if sums and sums == manifest else None


def _kept(cache: Path) -> list[Path]:
    """The sets of shells in the cache."""
    if not cache.is_dir():
        return []
    return [path for path in cache.iterdir() if path.is_dir() and not path.name.startswith(MAKING)]


def _forget_old(cache: Path, newest: Path) -> None:
    folders = [path for path in _kept(cache) if path != newest]
    for folder in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[MOST_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
