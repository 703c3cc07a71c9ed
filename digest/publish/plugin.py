"""For people who run MkDocs themselves: `mkdocs build` gives the pages of `digest build`.

The only module that imports mkdocs. Everything is staged as for `digest build`; MkDocs then goes on with the staged
tree's configuration in place of the digest's own.
"""

import datetime
import os
import shutil
import tempfile
import zoneinfo
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin

from digest.check import check_library
from digest.pages import Site, plan_site
from digest.publish.finish import finish_site
from digest.publish.stage import stage_site
from digest.read import CONTENT_FOLDERS, read_time_zone
from digest.report import format_summary, format_text


class Settings(Config):  # type: ignore[no-untyped-call]  # MkDocs annotates no __init_subclass__
    """None: `extra.digest` holds every setting, whoever runs the engine."""


class DigestPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """`plugins: [digest]` in mkdocs.yml."""

    _staged: Path | None = None
    _site: Site | None = None
    _root: Path = Path()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the digest, stage it, and let MkDocs render what was staged; errors stop the build."""
        root = self._root = Path(config.config_file_path).parent
        day = _today(root)
        check = check_library(root, day)
        if check.has_errors:
            text = format_text(check.problems, check.library.sources)
            message = f"\n{text}digest: {format_summary(check.problems)}; nothing was built"
            raise Abort(message)
        self._forget()
        self._site = plan_site(check.library.published(), day)
        self._staged = Path(tempfile.mkdtemp(prefix="digest-staged-"))
        tree = stage_site(self._site, root, self._staged / "tree")
        staged: MkDocsConfig = load_config(str(tree.configuration), site_dir=config.site_dir)
        staged.plugins["digest"] = self
        return staged

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the site as `digest build` does."""
        if self._site is not None:
            finish_site(self._site, self._root, Path(config.site_dir))

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> None:
        """`mkdocs serve` follows every content folder, not only `pages/`."""
        root = Path(config.config_file_path).parent
        for folder in (*CONTENT_FOLDERS, "theme"):
            if (root / folder).is_dir():
                server.watch(str(root / folder))

    def on_shutdown(self) -> None:
        """Take the staged tree away."""
        self._forget()

    def _forget(self) -> None:
        if self._staged is not None:
            shutil.rmtree(self._staged, ignore_errors=True)
            self._staged = None


def _today(root: Path) -> datetime.date:
    """SOURCE_DATE_EPOCH, else today, in the digest's time zone."""
    try:
        zone: datetime.tzinfo = zoneinfo.ZoneInfo(read_time_zone(root))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        zone = datetime.UTC
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.datetime.fromtimestamp(int(epoch), zone) if epoch else datetime.datetime.now(zone)
    return moment.date()
