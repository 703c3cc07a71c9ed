"""Pages without an engine a page: the engine renders the theme once, and the program fills the frames.

For each section of the navigation and each depth of address one page with marks in place of its parts is rendered; the
result, cut at the marks, is a shell. Shells are kept in the cache and made again only when theme, configuration, engine
or program change. The way through the engine (`--through-engine`) is the reference: a test shows that both agree.
"""

import datetime
import hashlib
import importlib.metadata
import json
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from digest.errors import DigestError, EngineFailed
from digest.model.configuration import Configuration
from digest.model.page import FreePage
from digest.pages import Page, Site
from digest.publish.engine import is_not_ours, render_tree
from digest.publish.lock import locked
from digest.publish.parts import SECTIONS, Parts, section_of
from digest.publish.stage import StagedTree, engine_configuration, stage_theme, staged_page, write_text
from digest.read import program_fingerprint, read_frame

NAMES = ("title", "description", "head", "body")
MARKS = Parts("@@digest-title@@", "@@digest-description@@", "@@digest-head@@", "<div>@@digest-body@@</div>")
"""A page that shows where its parts stand; the body is an element, so that Markdown passes it through."""
PACKAGES = {
    "mkdocs": ("mkdocs", "mkdocs-material"),
    "properdocs": ("properdocs", "mkdocs-material"),
    "zensical": ("zensical",),
}
MANIFEST = "manifest.json"
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
        needed = USUAL.union(key_of(planned.address) for planned in site.plan)
        return self._open(site.library.configuration, site.library.pages, sorted(needed))

    @contextmanager
    def shells_ahead(self) -> Iterator[None]:
        """Let the engine render the shells while something else is done, if there are none yet.

        What goes wrong here will go wrong again, and be told, when the shells are opened.
        """
        if self.cache.is_dir() and any(self.cache.iterdir()):
            yield
            return
        thread = threading.Thread(target=self._open_ahead, daemon=True)
        thread.start()
        try:
            yield
        finally:
            thread.join()

    def _open_ahead(self) -> None:
        with suppress(DigestError, OSError), locked(self.cache.parent / "lock", lambda: None):
            self._open(*read_frame(self.digest_root), sorted(USUAL))

    def _open(self, configuration: Configuration, pages: Sequence[FreePage], needed: Sequence[ShellKey]) -> Shells:
        settings = json.dumps(engine_configuration(configuration, pages), ensure_ascii=False, indent=1)
        folder = self.cache / _fingerprint(self.digest_root, settings, self.engine, needed)
        sums = _sums_if_whole(folder)
        if sums is None:
            self.cache.mkdir(parents=True, exist_ok=True)
            working = self.cache / "making"
            shutil.rmtree(working, ignore_errors=True)
            try:
                tree = StagedTree(working / "staged")
                stage_theme(self.digest_root, tree.theme)
                write_text(tree.configuration, settings)
                shutil.rmtree(folder, ignore_errors=True)
                sums = _make(tree, needed, self.engine, working / "made", self.day)
                (working / "made").rename(folder)
                _forget_old(self.cache, folder)
            finally:
                shutil.rmtree(working, ignore_errors=True)
        return Shells(folder, {key: _read_shell(folder, key) for key in needed}, sums)


def _fingerprint(digest_root: Path, configuration: str, engine: str, needed: Iterable[ShellKey]) -> str:
    """Of everything that goes into the shells, versions included."""
    digest = hashlib.sha256()
    versions = engine_versions(engine)
    for part in (program_fingerprint(), configuration, engine, repr(list(needed)), repr(MARKS), *versions):
        digest.update(part.encode() + b"\0")
    theme = digest_root / "theme"
    for path in sorted(path for path in theme.rglob("*") if path.is_file()):
        digest.update(path.relative_to(theme).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def engine_versions(engine: str) -> list[str]:
    """Of an engine and its theme."""
    return [_version(package) for package in PACKAGES[engine]]


def _version(package: str) -> str:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return package


def _make(
    tree: StagedTree, needed: Sequence[ShellKey], engine: str, target: Path, day: datetime.date
) -> dict[str, str]:
    """Render one page a shell, take the pages out, and note what is there."""
    addresses = {key: _sample_address(key) for key in needed}
    for address in {"/", *addresses.values()}:
        page = Page(address=address, kind="shell", title="", description="", body="")
        write_text(tree.docs / address.strip("/") / "index.md", staged_page(page, MARKS))
    target.mkdir(parents=True)
    files = target / "files"
    render_tree(engine, tree, files, day)
    for key, address in addresses.items():
        source = files / address.strip("/") / "index.html"
        if not source.is_file():
            message = f"the engine {engine} left out a page of the theme ({address})"
            raise EngineFailed(message, "try `digest build --through-engine`")
        source.rename(target / _file_name(key))
    for address in addresses.values():
        top = address.strip("/").partition("/")[0]
        if top:
            shutil.rmtree(files / top, ignore_errors=True)
    (files / "index.html").unlink(missing_ok=True)
    for key in needed:
        _read_shell(target, key)
    sums = _sums(target)
    write_text(target / MANIFEST, json.dumps(sums, sort_keys=True))
    return sums


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


def _forget_old(cache: Path, newest: Path) -> None:
    folders = [path for path in cache.iterdir() if path.is_dir() and path != newest and path.name != "making"]
    for folder in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[MOST_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
