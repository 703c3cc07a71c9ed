"""Which program this is: what it made may be used again only by the same."""

import hashlib
import importlib.metadata
import platform
import sys
from functools import cache
from pathlib import Path

PACKAGES = ("digest-evidence", "bibtexparser", "pylatexenc", "pyyaml", "pydantic", "pyromark", "nh3", "jinja2")
"""Whose versions show in what is read and made."""
ENDINGS = frozenset({".py", ".html", ".js", ".css", ".svg", ".json"})


@cache
def program_fingerprint() -> str:
    """SHA-256 of versions, code, templates and theme. Raises OSError or ImportError if they are not to be had."""
    versions = [f"{package} {importlib.metadata.version(package)}" for package in PACKAGES]
    found = hashlib.sha256("\n".join([*versions, platform.python_version(), sys.byteorder]).encode())
    package = Path(__file__).parents[1]
    for file in sorted(path for path in package.rglob("*.*") if path.suffix in ENDINGS):
        found.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()
