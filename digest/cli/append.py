"""Appending references to a file of `bib/`: what stands there already is never touched."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from digest.cite import format_bibtex
from digest.errors import DigestError
from digest.model.reference import Reference

DEFAULT = "bib/references.bib"


def default_bibliography(root: Path) -> Path:
    """Where a new reference goes: the one file of `bib/`, else `bib/references.bib`."""
    found = sorted((root / "bib").glob("*.bib"))
    return found[0] if len(found) == 1 else root / DEFAULT


def append_references(path: Path, references: Iterable[Reference]) -> int:
    """Add records at the end of a .bib file, in one step; the file may not exist yet. Gives how many.

    The bytes that were there stay as they are: line endings are followed, nothing is reformatted. References may come
    as a stream; they are not gathered.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 0
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as partial:
        try:
            before = path.read_bytes() if path.exists() else b""
            newline = b"\r\n" if b"\r\n" in before else b"\n"
            partial.write(before)
            last = before[-2:]
            for reference in references:
                if last:
                    partial.write(newline if last.endswith(b"\n") else newline * 2)
                text = format_bibtex(reference).strip() + "\n"
                last = text.encode("utf-8", "replace").replace(b"\n", newline)
                partial.write(last)
                number += 1
            partial.close()
            if not number:
                Path(partial.name).unlink()
                return 0
            _put_in_place(Path(partial.name), path, len(before))
        except BaseException:
            Path(partial.name).unlink(missing_ok=True)
            raise
    return number


def _put_in_place(partial: Path, path: Path, size_before: int) -> None:
    """Replace the file, unless somebody wrote to it meanwhile."""
    if not path.exists():
        partial.chmod(0o666 & ~_umask())
    elif path.stat().st_size == size_before:
        partial.chmod(path.stat().st_mode)
    else:
        message = f"'{path}' has changed meanwhile"
        raise DigestError(message, "nothing was written; try again")
    partial.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
