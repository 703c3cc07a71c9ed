"""The memory of a command's processes while it runs, each by itself, as Linux tells it.

Takes the id of a process that leads a session of its own; gives bytes. Elsewhere than on Linux it sees nothing.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Iterator

PROC = Path("/proc")
ASIDE = "pagefind"
"""Processes whose name begins so are not ours."""
PAUSE = 0.02
"""Seconds between two looks. The system keeps each process's peak, so only one that lives shorter goes unseen."""


class Watch(threading.Thread):
    """Looks at all processes of a session until it is told to stop."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session = session
        self.largest = 0
        self.ended = threading.Event()
        self.start()

    def run(self) -> None:
        """Look, and wait."""
        while not self.ended.wait(PAUSE):
            for memory in iter_peaks(self.session):
                self.largest = max(self.largest, memory)

    def stop(self) -> int:
        """The peak of the largest process, in bytes; 0 if none was seen."""
        self.ended.set()
        self.join()
        return self.largest


def iter_peaks(session: int, proc: Path = PROC) -> Iterator[int]:
    """What each process of a session has taken at most so far, in bytes."""
    for folder in proc.glob("[0-9]*"):
        yield peak(folder, session)


def peak(folder: Path, session: int) -> int:
    """`VmHWM` of a process, in bytes; 0 if it is not of the session, stands aside, or has ended meanwhile."""
    try:
        name, _, rest = (folder / "stat").read_text(errors="replace").partition("(")[2].rpartition(")")
        if int(rest.split()[3]) != session or name.startswith(ASIDE):
            return 0
        status = (folder / "status").read_text(errors="replace")
    except (OSError, IndexError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
