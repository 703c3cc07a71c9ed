"""Put a finished folder in the place of an old one, in one step.

Where the system can exchange two folders at once it does; elsewhere two renames follow each other, and the next
start repairs what a kill between them left.
"""

import ctypes
import os
import shutil
import sys
from pathlib import Path

from digest.errors import OutputRefused
from digest.publish.outputs import MARK
from digest.read import CONTENT_FOLDERS

KEPT = frozenset({*CONTENT_FOLDERS, "theme", "digest", "docs", "scripts", "tests", ".git"})
"""Folders of a digest that no site may replace."""
AT_FDCWD = -100
RENAME_EXCHANGE = 2


def check_target(target: Path, digest_root: Path) -> None:
    """Refuse a folder that holds something other than a built site."""
    resolved, root = target.resolve(), digest_root.resolve()
    if root == resolved or root.is_relative_to(resolved):
        message = f"'{target}' holds the digest itself"
        raise OutputRefused(message, "choose a folder of its own with --site-dir, such as site/")
    if resolved.is_relative_to(root) and resolved.relative_to(root).parts[0] in KEPT:
        message = f"'{target}' belongs to the digest"
        raise OutputRefused(message, "choose a folder of its own with --site-dir, such as site/")
    if not target.exists():
        return
    if target.is_symlink() or not target.is_dir():
        message = f"'{target}' is not a folder"
        raise OutputRefused(message, "move it away, or choose another folder with --site-dir")
    if any(target.iterdir()) and not (target / MARK).is_file():
        message = f"'{target}' holds files that `digest build` did not make"
        raise OutputRefused(message, "empty the folder, or choose another one with --site-dir")


def working_folder(target: Path, purpose: str) -> Path:
    """A folder beside the target, on the same disk, whose name says whose it is."""
    return target.parent / f".{target.name}.digest-{purpose}"


def repair(target: Path) -> None:
    """Undo what a killed build left: an old site that was moved aside comes back."""
    old = working_folder(target, "old")
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)


def swap_folders(new: Path, target: Path) -> None:
    """Put `new` where `target` is; what was there before is then at `new`."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = working_folder(target, "old")
        target.rename(old)
        new.rename(target)
        old.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at once (Linux 3.15 and later, most file systems); False where that cannot be."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    result: int = rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    return result == 0
