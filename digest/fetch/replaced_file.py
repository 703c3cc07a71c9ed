"""A file of the digest that what was fetched is kept in: written in one step, and only if it changes."""

import os
import tempfile
from pathlib import Path


def replace_file(file: Path, content: bytes) -> bool:
    """Put new content in a file's place; whether it had to change. Raises OSError, and leaves the old file then."""
    if file.is_file() and file.read_bytes() == content:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=f".{file.stem}-", suffix=".partial", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
        Path(partial).chmod(file.stat().st_mode if file.exists() else 0o644)
        Path(partial).replace(file)
    except OSError:
        Path(partial).unlink(missing_ok=True)
        raise
    return True
