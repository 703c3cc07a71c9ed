"""A site as it is looked at: the content of any of its files, made when it is asked for."""

import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from digest.pages import PlannedPage, Site
from digest.publish.outputs import Output, iter_files, make_page, path_of_page
from digest.publish.shells import Shells


class View:
    """One site on one day."""

    def __init__(self, site: Site, shells: Shells, root: Path) -> None:
        self._site = site
        self._shells = shells
        self._root = root
        self._one_at_a_time = threading.Lock()
        self._assets: dict[str, Path] = {}

    @cached_property
    def _pages(self) -> Mapping[str, PlannedPage]:
        return {path_of_page(planned): planned for planned in self._site.plan}

    @cached_property
    def _files(self) -> Mapping[str, Output]:
        return {output.path: output for output in iter_files(self._site)}

    @cached_property
    def _theme(self) -> Mapping[str, tuple[Path, str]]:
        return self._shells.theme_files()

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return self._site.links.lookup.permalinks

    def source_of(self, address: str) -> str:
        """The file of the digest that a page is made of, if there is one."""
        return self._sources.get(address, "")

    def find(self, address: str) -> bytes | None:
        """The content of the file at an address (`/2023/01/`), or None: nothing but files of the site."""
        path = address.removeprefix("/")
        path = f"{path}index.html" if path.endswith("/") or not path else path
        with self._one_at_a_time:
            return self._find(path)

    def _find(self, path: str) -> bytes | None:
        if path in self._pages:
            made = make_page(self._site, self._shells, self._pages[path])
            self._assets |= {asset.address.lstrip("/"): self._root / asset.path for asset in made.assets}
            return made.content
        if path in self._theme:
            return self._theme[path][0].read_bytes()
        if path not in self._assets and path not in self._files:
            page = f"{path.rpartition('/')[0]}/index.html"
            if page in self._pages and page != path:
                self._find(page)
        if path in self._assets:
            return self._assets[path].read_bytes()
        return self._files[path].make().content if path in self._files else None
