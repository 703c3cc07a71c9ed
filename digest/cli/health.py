"""What `digest doctor` finds: one thing that was looked at, and how it is."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing is."""

    GOOD = "good"
    NOTICE = "notice"
    """Something works less well than it could, or is getting old."""
    FAULT = "fault"
    """Something will not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    """`python`, `packages`, `caches` ...: programs may hold on to it."""
    state: State
    message: str
    todo: str = ""
    """What to do about it; empty where all is good."""
