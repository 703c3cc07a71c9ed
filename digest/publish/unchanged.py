"""Whether anything has changed at all since the last build: if not, nothing need be read, checked or planned.

A build notes the SHA-256 of all that went into it and of what the site's folder then held. When both are the same
again, the site is what a build would make.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from digest.publish.replace import working_folder
from digest.publish.request import Request
from digest.publish.state import FOLDER
from digest.publish.tree import Stamp, look_at
from digest.read import NOT_THIS_FORM, Files, SealedFolder, program_fingerprint


@dataclass(frozen=True)
class LastBuild:
    """What is told of a site that stays as it is."""

    pages: int
    entries: int
    warnings: int
    files: int


def key_of(request: Request, files: Files) -> str:
    """Of all that a site is made of; empty if that cannot be told, or if such a build tells errors every time."""
    if request.through_engine or request.in_spite_of_errors or request.clean:
        return ""
    try:
        parts = [program_fingerprint(), files.hash_all(), _hash_theme(request.root)]
    except OSError:
        return ""
    options = (request.day, request.engine, request.drafts, request.search, request.offers)
    return hashlib.sha256(repr((parts, options)).encode()).hexdigest()


def find_unchanged(request: Request, key: str) -> LastBuild | None:
    """The last build, if it was made of the same and the site's folder still holds what it made."""
    kept: Any = _folder(request).read(_name(request), key.encode()) if key else None
    try:
        held, counts = kept
        last = LastBuild(**{name: int(count) for name, count in counts.items()})
    except NOT_THIS_FORM:
        return None
    tree = look_at(request.target)
    is_whole = not working_folder(request.target, "old").exists()
    return last if is_whole and _digest(tree.stamps) == held else None


def note_build(request: Request, key: str, last: LastBuild, stamps: Mapping[str, Stamp]) -> None:
    """Note what a build made."""
    if key:
        _folder(request).write(_name(request), key.encode(), [_digest(stamps), asdict(last)])


def _folder(request: Request) -> SealedFolder:
    return SealedFolder(request.root, FOLDER)


def _name(request: Request) -> str:
    target = str(request.target.resolve()).encode("utf-8", "surrogatepass")
    return f"last-{hashlib.sha256(target).hexdigest()[:32]}.json"


def _digest(stamps: Mapping[str, Stamp]) -> str:
    rows = sorted((path, *stamp) for path, stamp in stamps.items())
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _hash_theme(root: Path) -> str:
    theme, found = root / "theme", hashlib.sha256()
    for path in sorted(path for path in theme.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found.update(f"{path.relative_to(theme).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()
