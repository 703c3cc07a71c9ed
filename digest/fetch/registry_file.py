"""Records to `studies/registry/`: each as it was fetched, and `fetched.json` with the day and the source of all.

A record is written with its fields in the registry's order, a line each, so that a diff shows what has changed.
"""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digest.errors import DigestError
from digest.fetch.replaced_file import replace_file
from digest.model.study import REGISTRY
from digest.read.json_data import parse_json
from digest.read.registry_record import parse_listing

FETCHED = f"{REGISTRY}/fetched.json"


def format_record(data: dict[str, Any]) -> str:
    """A record as its file holds it."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def changes(root: Path, nct_id: str, data: dict[str, Any]) -> Iterator[str]:
    """What a new record says otherwise than the one that is kept, as far as visitors care, in words."""
    try:
        before, _ = parse_listing(parse_json(_file(root, nct_id).read_text(encoding="utf-8-sig")))
    except (OSError, ValueError):
        return
    after, _ = parse_listing(data)
    for name, words in (
        ("status", "status"),
        ("primary_completion", "primary completion"),
        ("completion", "completion"),
        ("enrolment", "enrolment"),
        ("updated", "last update"),
    ):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{words}: {old or 'nothing'} -> {new or 'nothing'}"
    for words, is_other in (
        ("eligibility has changed", before.eligibility != after.eligibility),
        (
            "groups or interventions have changed",
            (before.arms, before.interventions) != (after.arms, after.interventions),
        ),
        ("locations have changed", before.locations != after.locations),
        ("contacts have changed", before.contacts != after.contacts),
    ):
        if is_other:
            yield words


def write_record(  # noqa: PLR0913 - what `fetched.json` says of it
    root: Path, nct_id: str, data: dict[str, Any], *, fetched: datetime.date, source: str, kind: str
) -> bool:
    """Keep a record and where it comes from; whether the record itself is new or has changed."""
    about = _read_fetched(root)
    about[nct_id] = {"fetched": fetched.isoformat(), "source": source, "kind": kind}
    is_new = _write(_file(root, nct_id), format_record(data))
    _write(root / FETCHED, json.dumps(dict(sorted(about.items())), ensure_ascii=False, indent=2) + "\n")
    return is_new


def _file(root: Path, nct_id: str) -> Path:
    return root / REGISTRY / f"{nct_id}.json"


def _read_fetched(root: Path) -> dict[str, Any]:
    """What is there already; a file that cannot be read is not written over."""
    file = root / FETCHED
    try:
        data = parse_json(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (OSError, ValueError) as error:
        raise DigestError(f"'{FETCHED}' cannot be read: {error}", "mend it first: nothing was written") from error
    if not isinstance(data, dict):
        raise DigestError(f"'{FETCHED}' is not a JSON object", "mend it first: nothing was written")
    return data


def _write(file: Path, text: str) -> bool:
    """In one step, and only if it is not there like this."""
    content = text.encode("utf-8", "replace")
    try:
        return replace_file(file, content)
    except OSError as error:
        message = f"'{file}' could not be written: {error.strerror or error}"
        raise DigestError(message, "check the disk and its permissions") from error
