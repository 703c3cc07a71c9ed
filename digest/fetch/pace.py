"""How fast a host may be asked: waits between questions, and what its headers say about it."""

import datetime
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
INTERVAL = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*s?")
SHORTEST, LONGEST = 0.02, 60.0
"""Seconds between two questions, whatever a header says."""


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@dataclass(frozen=True)
class Clock:
    """The time, and waiting: tests bring their own."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime.datetime] = _now
    sleep: Callable[[float], None] = time.sleep


class Pace:
    """Spaces the questions to one host, from however many threads they come."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.seconds = seconds
        """Between two questions."""
        self._clock = clock
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when it is this question's turn."""
        with self._lock:
            now = self._clock.monotonic()
            turn = max(now, self._next)
            self._next = turn + self.seconds
        if turn > now:
            self._clock.sleep(turn - now)

    def rest(self, seconds: float) -> None:
        """Ask nothing for so long: the host wants it."""
        with self._lock:
            self._next = max(self._next, self._clock.monotonic() + seconds)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Obey `x-rate-limit-limit` (questions) and `x-rate-limit-interval` (`1s`), as Crossref sends them."""
        limit = SECONDS.fullmatch(headers.get("x-rate-limit-limit", "").strip())
        interval = INTERVAL.fullmatch(headers.get("x-rate-limit-interval", "").strip())
        if limit and interval and float(limit[0]) > 0:
            with self._lock:
                self.seconds = min(max(float(interval[1]) / float(limit[0]), SHORTEST), LONGEST)


def retry_after(written: str | None, now: datetime.datetime) -> float | None:
    """Seconds to wait by a `Retry-After` header, which holds seconds or a date (RFC 9110, 10.2.3); None without one."""
    if not written:
        return None
    if SECONDS.fullmatch(written.strip()):
        return float(written)
    try:
        date = parsedate_to_datetime(written)
    except (ValueError, TypeError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=datetime.UTC)
    return max(0.0, (date - now).total_seconds())
