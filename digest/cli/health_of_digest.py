"""What a digest keeps on this machine: caches, what a killed build left, and snapshots of services that grow old."""

import datetime
import json
import re
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from digest.check import Check, check_library
from digest.cli.health import Finding, State
from digest.export.kept import is_whole
from digest.pages.words import say_count
from digest.problem import Severity
from digest.read import read_time_zone

CACHE = ".digest/cache"
SEAL = re.compile(rb"[0-9a-f]{64}\n")
"""The first line of what `read/sealed.py` keeps."""
BY_CONTENT = frozenset({"cards", "pdf"})
"""Folders of `export/kept.py`."""
SNAPSHOTS = frozenset({"status-old", "status-unreadable", "study-record-old", "registry-record-unreadable"})
"""Rules about what was fetched from services."""
SHOWN = 3
MEGABYTE = 1024 * 1024


def examine_digest(root: Path, today: datetime.date) -> Iterator[Finding]:
    """Each thing that the digest keeps."""
    check = check_library(root, today)
    yield _content(check)
    yield _contact(check)
    yield _time_zone(root)
    yield from _caches(root)
    yield from _left_over(root)
    yield from _snapshots(check)


def _content(check: Check) -> Finding:
    errors, warnings = check.count(Severity.ERROR), check.count(Severity.WARNING)
    counts = (len(check.library.entries), "entry", "entries"), (errors, "error", ""), (warnings, "warning", "")
    said = ", ".join(say_count(*count) for count in counts)
    if errors:
        return Finding("content", State.FAULT, f"{said}: nothing is published", "run `digest check`, and mend them")
    return Finding("content", State.GOOD, said)


def _contact(check: Check) -> Finding:
    contact = check.library.configuration.digest.contact
    if contact:
        return Finding("contact", State.GOOD, f"mistakes are reported to {contact}")
    said = "no summary says where to report a mistake, since no address is set up"
    return Finding("contact", State.NOTICE, said, "add a public `contact` below `extra`, `digest` in mkdocs.yml")


def _time_zone(root: Path) -> Finding:
    name = read_time_zone(root)
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        said = f"'{name}' is not known here, so today is today in UTC"
        return Finding("time zone", State.NOTICE, said, "correct `time_zone` in mkdocs.yml, or: pip install tzdata")
    return Finding("time zone", State.GOOD, name)


def _caches(root: Path) -> Iterator[Finding]:
    """Every cache is made anew when it is damaged; that it was may tell of a disk that fails."""
    folder = root / CACHE
    if not folder.is_dir():
        yield Finding("caches", State.GOOD, "none yet: the first build makes them")
        return
    if not folder.resolve().is_relative_to(root.resolve()):
        said = f"{CACHE} is a link to {folder.resolve()}, outside of the digest: some commands will not use it"
        yield Finding("caches", State.NOTICE, said, f"delete the link; {CACHE} is made anew")
        return
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    damaged = [path.relative_to(root).as_posix() for path in files if _is_damaged(path, path.relative_to(folder))]
    size = sum(path.stat().st_size for path in files) / MEGABYTE
    said = f"{len(files)} files, {size:.0f} MB in {CACHE}"
    if damaged:
        named = ", ".join(damaged[:SHOWN]) + (f" and {len(damaged) - SHOWN} more" if len(damaged) > SHOWN else "")
        todo = f"delete {CACHE}; the next build makes it anew. If it happens again, look after the disk"
        yield Finding("caches", State.NOTICE, f"{said}; damaged: {named}", todo)
    else:
        yield Finding("caches", State.GOOD, said)


def _is_damaged(path: Path, name: Path) -> bool:
    """Whether a file is not what its form says: its own hash, a seal and JSON, or JSON."""
    try:
        content = path.read_bytes()
    except OSError:
        return True
    if name.parts[0] in BY_CONTENT:
        return not is_whole(content)
    if path.suffix != ".json" or name.parts[0] in {"shells", "pagefind"}:  # files of the site, each looked after there
        return False
    seal = SEAL.match(content)
    try:
        json.loads(content[seal.end() :] if seal else content)
    except (ValueError, RecursionError):
        return True
    return False


def _left_over(root: Path) -> Iterator[Finding]:
    """A killed build leaves a folder beside the site, which the next one removes."""
    found = sorted(path.name for path in root.glob(".*.digest-*") if path.is_dir())
    if found:
        said = f"a build was cut off, or is at work: {', '.join(found)}"
        yield Finding("builds", State.NOTICE, said, "if none is at work: run `digest build`, which tidies up")


def _snapshots(check: Check) -> Iterator[Finding]:
    """What was fetched, and when: pages show it with its date."""
    problems = [problem for problem in check.problems if problem.rule in SNAPSHOTS]
    for problem in problems:
        about = "retractions" if problem.rule.startswith("status") else "registry"
        yield Finding(about, State.NOTICE, problem.message, problem.fix)
    asked = check.library.status.asked
    if check.library.references and asked is None:
        said = "nobody has asked yet whether a reference was retracted or corrected"
        yield Finding("retractions", State.NOTICE, said, "run `digest audit`; pages then say what is known, and when")
    elif asked is not None and not any(problem.rule.startswith("status") for problem in problems):
        yield Finding("retractions", State.GOOD, f"last asked on {asked}")
    if check.library.registry and not any("regist" in problem.rule or "record" in problem.rule for problem in problems):
        yield Finding("registry", State.GOOD, f"{len(check.library.registry)} records, none of them old")
