"""Work that another process does while this one does something else.

A thread would stand in this one's way, since Python runs one at a time.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


def can_fork() -> bool:
    """Whether a process can be had that knows what this one does: on Linux. (macOS has fork, and libraries that do not
    survive it.)
    """
    return sys.platform.startswith("linux")


def fork() -> int | None:
    """As `os.fork`; None where there is none, no more processes are allowed, or there is no room for one."""
    if can_fork():
        with suppress(OSError):
            return os.fork()
    return None


def usable_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def done_meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """Begun at the beginning, and done or given up at the end, when what it left on the disk may be looked for.

    Nothing is done where no process or no core is free for it: whoever wants the result must be able to do without.
    """
    child = fork() if usable_cores() > 1 and threading.active_count() == 1 else None
    if child is None:
        yield
        return
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    try:
        yield
    finally:
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
