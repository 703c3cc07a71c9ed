"""Answers kept on disk, one a file, by the address that was asked.

A file that is damaged, in whatever way, counts as not there; a folder that cannot be written keeps nothing. Never
raises.
"""

import datetime
import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER = ".digest/cache/fetch"
"""Below the digest's folder."""
KEPT = datetime.timedelta(days=400)
"""What is older than this is thrown away."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and when it came."""

    status: int
    content_type: str
    body: bytes
    fetched: datetime.datetime


@dataclass(frozen=True)
class Cache:
    """The answers of one folder; without a folder, none."""

    folder: Path | None = None

    def find(self, address: str) -> Kept | None:
        """The answer to this question, if there is one in order."""
        file = self._file(address)
        if file is None:
            return None
        try:
            head, _, body = file.read_bytes().partition(b"\n")
            about = json.loads(head)
            if about["address"] != address or about["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            fetched = datetime.datetime.fromisoformat(about["fetched"])
            return Kept(int(about["status"]), str(about["content_type"]), body, fetched.astimezone(datetime.UTC))
        except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
            return None

    def keep(self, address: str, kept: Kept) -> None:
        """Keep an answer, in one step: another process sees the old one or the new one."""
        file = self._file(address)
        if file is None:
            return
        head = {
            "address": address,
            "content_type": kept.content_type,
            "fetched": kept.fetched.isoformat(timespec="seconds"),
            "sha256": hashlib.sha256(kept.body).hexdigest(),
            "status": kept.status,
        }
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(prefix=".", suffix=".partial", dir=file.parent)
            try:
                with os.fdopen(handle, "wb") as new:
                    new.write(json.dumps(head).encode() + b"\n" + kept.body)
                Path(partial).replace(file)
            except OSError:
                Path(partial).unlink(missing_ok=True)

    def sweep(self, now: datetime.datetime) -> None:
        """Throw away what is so old that nobody will ask for it, and what a crash left."""
        if self.folder is None or not self.folder.is_dir():
            return
        oldest = (now - KEPT).timestamp()
        for file in self.folder.glob("*/*"):
            with suppress(OSError):
                left = file.name.endswith(".partial") and file.stat().st_mtime < now.timestamp() - 3600
                if left or file.stat().st_mtime < oldest:
                    file.unlink()

    def _file(self, address: str) -> Path | None:
        if self.folder is None:
            return None
        name = hashlib.sha256(address.encode()).hexdigest()
        return self.folder / name[:2] / name
