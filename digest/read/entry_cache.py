"""Entries, read once: the front matter of a sound file, and what others see of its body, kept until the file changes.

A folder of `entries/` has one sealed file. A file with a problem is not kept: it is read again, and its problem told
again, until it is mended.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from digest.model.entry import Edition, Entry
from digest.read.program import program_fingerprint
from digest.read.sealed import SealedFolder

FOLDER = ".digest/cache/entries"
"""Below the digest's folder."""


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What is kept of a Markdown file."""

    data: dict[str, Any]
    """Its front matter as plain data, without fields that have no value."""
    body_start: int
    anchors: frozenset[str]
    minutes: int


class EntryCache:
    """What the files of `entries/` gave when they were read last."""

    def __init__(self, root: Path) -> None:
        self._folder = SealedFolder(root, FOLDER)
        self._kept: dict[str, dict[str, Any]] = {}
        self._seen: dict[str, dict[str, Any]] = {}
        self.made: dict[str, tuple[str, Entry | Edition]] = {}
        """By path, what was made of a file with this content, while the process lasts."""

    @cached_property
    def _program(self) -> str:
        try:
            return program_fingerprint()
        except OSError:  # then nothing is sure to be of the same program
            return ""

    def recall(self, path: str, content: str) -> Entry | Edition | None:
        """What this process made of the file when it had this content, or None."""
        known = self.made.get(path)
        return known[1] if known is not None and known[0] == content and self._note(path, content) else None

    def _note(self, path: str, content: str) -> bool:
        """Whether the file with this content is kept; it then stays so."""
        month, _, name = path.removeprefix("entries/").rpartition("/")
        found = self._month(month).get(name)
        if found is None or found[0] != content:
            return False
        self._seen.setdefault(month, {})[name] = found
        return True

    def find(self, path: str, content: str) -> KnownDocument | None:
        """What the file with this content (SHA-256) gave, or None."""
        month, _, name = path.removeprefix("entries/").rpartition("/")
        found = self._month(month).get(name)
        try:
            if found is None or found[0] != content:
                return None
            _, data, body_start, anchors, minutes = found
            known = KnownDocument(dict(data), int(body_start), frozenset(anchors), int(minutes))
        except (TypeError, ValueError, LookupError):
            return None
        self._seen.setdefault(month, {})[name] = found
        return known

    def keep(self, path: str, content: str, known: KnownDocument) -> None:
        """Note what a sound file gave."""
        month, _, name = path.removeprefix("entries/").rpartition("/")
        parts = [content, known.data, known.body_start, sorted(known.anchors), known.minutes]
        self._seen.setdefault(month, {})[name] = parts

    def save(self) -> None:
        """Write the folders in which something changed, and forget those that are gone."""
        if not self._program:
            return
        for month, seen in self._seen.items():
            if seen != self._month(month):
                self._folder.write(f"{month}.json", self._key(month), seen)
        self._folder.forget_others({f"{month}.json" for month in self._seen})
        self._kept, self._seen = self._seen, {}

    def _month(self, month: str) -> dict[str, Any]:
        if month not in self._kept:
            kept = self._folder.read(f"{month}.json", self._key(month)) if self._program else None
            self._kept[month] = kept if isinstance(kept, dict) else {}
        return self._kept[month]

    def _key(self, month: str) -> bytes:
        return json.dumps([self._program, month]).encode()
