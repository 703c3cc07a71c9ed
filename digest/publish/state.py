"""What a build remembers of the site it made, so that the next one makes only what changed.

Kept in the digest's cache, sealed; a state that is damaged or of another program is none, and the next build makes
everything. What it says of a file counts only while the file on the disk is the one that was written.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from digest.publish.tree import Stamp
from digest.read import NOT_THIS_FORM, SealedFolder, no_collecting

FOLDER = ".digest/cache/builds"
"""Below the digest's folder."""
FORM = 2
"""To be raised when what is kept changes."""


class Record(NamedTuple):
    """One file of the site."""

    key: str
    """SHA-256 of what is in it, or the key of what it is a copy of."""
    stamp: Stamp
    bodies: Sequence[str] = ()
    """The documents whose bodies went into it."""
    assets: Sequence[tuple[str, str]] = ()
    """Path on the site and in the repository of each file that the page shows."""


@dataclass
class State:
    """One site."""

    environment: str = ""
    """Of everything that all files depend on; all of them are made anew when it changes."""
    bodies: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every document's file, by path."""
    records: dict[str, Record] = field(default_factory=dict)
    """By path on the site."""


def read_state(root: Path, target: Path) -> State:
    """What is known of the site at `target`; nothing, if nothing sure is known."""
    data = SealedFolder(root, FOLDER).read(_name(target), _key(target))
    try:
        environment, bodies, paths, keys, sizes, times, used, assets = data
        with no_collecting():
            records = dict(zip(paths, map(Record, keys, map(Stamp, sizes, times)), strict=True))
            for path in used.keys() | assets.keys():
                shown = tuple((to, source) for to, source in assets.get(path, ()))
                records[path] = records[path]._replace(bodies=tuple(used.get(path, ())), assets=shown)
        return State(str(environment), dict(bodies), records)
    except NOT_THIS_FORM:
        return State()


def write_state(root: Path, target: Path, state: State) -> None:
    """Keep what is known of a site: in columns, which are quick to read."""
    records = state.records
    columns: list[Any] = [
        list(records),
        [record.key for record in records.values()],
        [record.stamp.size for record in records.values()],
        [record.stamp.changed for record in records.values()],
        {path: record.bodies for path, record in records.items() if record.bodies},
        {path: record.assets for path, record in records.items() if record.assets},
    ]
    SealedFolder(root, FOLDER).write(_name(target), _key(target), [state.environment, state.bodies, *columns])


def _name(target: Path) -> str:
    return f"{hashlib.sha256(str(target.resolve()).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def _key(target: Path) -> bytes:
    return json.dumps([FORM, str(target.resolve())]).encode()
