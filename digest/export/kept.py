"""What was made before, by what it was made of: nothing is drawn or typeset twice.

A file of the cache is named after the hash of everything that goes into it, and begins with the hash of what it
holds. One that is damaged, cut off or half written is made anew.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

LENGTH = hashlib.sha256().digest_size


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


def is_whole(kept: bytes) -> bool:
    """Whether a file of the cache holds what its first bytes say."""
    return len(kept) > LENGTH and hashlib.sha256(kept[LENGTH:]).digest() == kept[:LENGTH]


def _read(path: Path) -> bytes | None:
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    return kept[LENGTH:] if is_whole(kept) else None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_bytes(hashlib.sha256(content).digest() + content)
    new.replace(path)
