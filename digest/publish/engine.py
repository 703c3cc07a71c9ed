"""Render a staged tree with one of three engines, each a program of its own.

The engines' banners and warnings are about themselves; none reaches the editor unless rendering failed.
"""

import datetime
import importlib.util
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from digest.errors import EngineFailed, EngineMissing
from digest.publish.complaint import read_complaint
from digest.publish.stage import StagedTree

ENGINES = ("mkdocs", "properdocs", "zensical")
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "NO_COLOR": "1"}
SAME_EVERYWHERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
LINES_OF_COMPLAINT = 15
NOT_OURS = (
    "sitemap.xml.gz",
    "sitemap.xml",
    "search.json",
    "search/search_index.json",
    "objects.inv",
    "assets/javascripts",
)
"""What engines write beside the pages: times of the build, an index nobody asks for, scripts that no page loads."""


def is_not_ours(path: str) -> bool:
    """Whether a file that an engine wrote is not published; `path` is from the site's root."""
    return any(path == name or path.startswith(f"{name}/") for name in NOT_OURS)


def is_installed(engine: str) -> bool:
    """Whether an engine can be used here."""
    return importlib.util.find_spec(engine) is not None


@dataclass(frozen=True)
class Rendering:
    """An engine at work on a tree."""

    engine: str
    tree: StagedTree
    target: Path
    process: subprocess.Popen[bytes]
    said: IO[bytes]

    def finish(self) -> None:
        """Wait until every page is in the target. Raises EngineFailed."""
        code = self.process.wait()
        with self.said:
            self.said.seek(0)
            said = self.said.read().decode("utf-8", "replace")
        if code != 0:
            if complaint := read_complaint(said, self.tree.theme.resolve()):
                todo = "mend that line, or take the file out of theme/; the old site is as it was"
                raise EngineFailed(complaint, todo)
            _fail(self.engine, said, f"ended with code {code}")
        if self.engine == "zensical":
            (self.tree.root / "site").rename(self.target)


def render_tree(engine: str, tree: StagedTree, target: Path, day: datetime.date) -> None:
    """Render every page of the tree into `target`. Raises EngineMissing or EngineFailed."""
    start_rendering(engine, tree, target, day).finish()


def start_rendering(engine: str, tree: StagedTree, target: Path, day: datetime.date) -> Rendering:
    """Let an engine begin to render a tree into `target`. Raises EngineMissing."""
    if not is_installed(engine):
        message = f"the engine {engine} is not installed"
        raise EngineMissing(message, "install it with `scripts/setup --all`, or use --engine mkdocs")
    configuration, target = tree.configuration.resolve(), target.resolve()
    if engine == "zensical":
        # Zensical takes the output folder from the configuration alone, and below it only.
        command = [sys.executable, "-m", "zensical", "build", "--clean", "-f", str(configuration)]
    else:
        command = [sys.executable, "-m", engine, "build", "--quiet", "-f", str(configuration), "-d", str(target)]
    said = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end; a pipe would be full while nobody reads
    process = subprocess.Popen(
        command,
        cwd=tree.root,
        env=os.environ | QUIET | SAME_EVERYWHERE | {"SOURCE_DATE_EPOCH": str(_noon(day))},
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT,
    )
    return Rendering(engine, tree, target, process, said)


def _noon(day: datetime.date) -> int:
    """Seconds since 1970 at noon of a day in UTC: a time for what must carry one."""
    noon = datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC).timestamp()
    return min(max(int(noon), 0), 2**32 - 1)  # what the header of a gzip file can hold


def _fail(engine: str, output: str, what: str) -> None:
    last = "\n".join(f"  {engine}: {line}" for line in output.strip().splitlines()[-LINES_OF_COMPLAINT:])
    message = f"the engine {engine} {what}\n{last}" if last else f"the engine {engine} {what} and said nothing"
    raise EngineFailed(message, "check what is in theme/ and in mkdocs.yml; the old site is as it was")


def check_complete(engine: str, addresses: list[str], target: Path) -> None:
    """An engine that leaves a page out says nothing of it: count them."""
    missing = [address for address in addresses if not (target / address.strip("/") / "index.html").is_file()]
    if missing:
        shown = ", ".join(missing[:3]) + (" ..." if len(missing) > 3 else "")  # noqa: PLR2004 - enough to see
        _fail(engine, "", f"left out {len(missing)} of {len(addresses)} pages ({shown})")
