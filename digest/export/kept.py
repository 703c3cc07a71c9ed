"""What was made before, by what it was made of: nothing is drawn or typeset twice.

A file of the cache is named after the hash of everything that goes into it, and begins with the hash of what it
holds. One that is damaged, cut off or half written is made anew. Which files a later build will want cannot be told (a
title may be changed back), so those go that were used longest ago, once there are many more than a site has.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

LENGTH = hashlib.sha256().digest_size
SPARE = 50
"""Files that may always be there beside those of a site and as many again."""
OURS = re.compile(r"[0-9a-f]{64}(\.\d+)?")
"""What is kept, and what a build that was killed left half written."""


def made_once(folder: Path, ingredients: Iterable[str], make: Callable[[], bytes]) -> bytes:
    """The bytes that `make` gives for these ingredients: from the folder if they are there and whole."""
    recipe = hashlib.sha256()
    for part in ingredients:
        text = part.encode("utf-8", "surrogatepass")
        recipe.update(b"%d:" % len(text) + text)
    path = folder / recipe.hexdigest()
    found = _read(path)
    if found is None:
        found = make()
        _write(path, found)
    return found


def let_go(folder: Path, wanted: int) -> None:
    """Delete what was used longest ago, where a folder holds far more than the files that a site has of this kind."""
    try:
        with os.scandir(folder) as files:
            ours = [Path(file) for file in files if OURS.fullmatch(file.name) and file.is_file(follow_symlinks=False)]
    except OSError:
        return
    most = 2 * wanted + SPARE
    if len(ours) > most:
        for path in sorted(ours, key=_last_use)[:-most]:
            with contextlib.suppress(OSError):
                path.unlink()


def _last_use(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def is_whole(kept: bytes) -> bool:
    """Whether a file of the cache holds what its first bytes say."""
    return len(kept) > LENGTH and hashlib.sha256(kept[LENGTH:]).digest() == kept[:LENGTH]


def _read(path: Path) -> bytes | None:
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    if not is_whole(kept):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # its last use: see `let_go`
    return kept[LENGTH:]


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_bytes(hashlib.sha256(content).digest() + content)
    new.replace(path)
