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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.errors import EngineFailed
from digest.pages import Page, Site
from digest.publish.engine import render_tree
from digest.publish.parts import Parts, parts_of, section_of
from digest.publish.stage import StagedTree, engine_configuration, stage_theme, staged_page, write_text

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


def key_of(page: Page) -> ShellKey:
    """Which shell a page is filled into."""
    return section_of(page.address), page.address.count("/") - 1


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
    shells: Mapping[ShellKey, Shell]

    def write_pages(self, site: Site, target: Path) -> None:
        """Write every page of a site, and the theme's files beside them."""
        shutil.copytree(self.folder / "files", target)
        configuration = site.library.configuration
        made: set[Path] = set()
        for page in site.pages:
            text = self.shells[key_of(page)].fill(parts_of(page, configuration.title, configuration.site.site_url))
            folder = target / page.address.strip("/")
            if folder not in made:
                folder.mkdir(parents=True, exist_ok=True)
                made.add(folder)
            (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")


def open_shells(site: Site, digest_root: Path, engine: str, cache: Path, day: datetime.date) -> Shells:
    """The shells that a site needs: from the cache if they are there and whole, else rendered by the engine."""
    needed = sorted({key_of(page) for page in site.pages})
    cache.mkdir(parents=True, exist_ok=True)
    working = cache / "making"
    shutil.rmtree(working, ignore_errors=True)
    tree = StagedTree(working / "staged")
    try:
        stage_theme(digest_root, tree.theme)
        configuration = json.dumps(engine_configuration(site.library), ensure_ascii=False, indent=1)
        folder = cache / _fingerprint(tree.theme, configuration, engine, needed)
        if not _is_whole(folder):
            shutil.rmtree(folder, ignore_errors=True)
            write_text(tree.configuration, configuration)
            _make(tree, needed, engine, working / "made", day)
            (working / "made").rename(folder)
            _forget_old(cache, folder)
        return Shells(folder, {key: _read_shell(folder, key) for key in needed})
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _fingerprint(theme: Path, configuration: str, engine: str, needed: Iterable[ShellKey]) -> str:
    """Of everything that goes into the shells, versions included."""
    digest = hashlib.sha256()
    versions = map(_version, ("digest-evidence", *PACKAGES[engine]))
    for part in (configuration, engine, repr(list(needed)), repr(MARKS), *versions):
        digest.update(part.encode() + b"\0")
    for path in sorted(path for path in theme.rglob("*") if path.is_file()):
        digest.update(path.relative_to(theme).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def _version(package: str) -> str:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return package


def _make(tree: StagedTree, needed: Sequence[ShellKey], engine: str, target: Path, day: datetime.date) -> None:
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
    write_text(target / MANIFEST, json.dumps(_sums(target), sort_keys=True))


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


def _is_whole(folder: Path) -> bool:
    """Whether what the cache holds is what was put there; a damaged cache is made anew, never believed."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return bool(manifest) and manifest == _sums(folder)
    except (OSError, ValueError):
        return False


def _forget_old(cache: Path, newest: Path) -> None:
    folders = [path for path in cache.iterdir() if path.is_dir() and path != newest and path.name != "making"]
    for folder in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[MOST_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
