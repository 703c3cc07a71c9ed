"""Files of a site made by one process or by several.

Workers are forks of the process that planned the site, so that nothing has to be sent to them; each writes what it
makes, and tells what it made. Where a system cannot fork, or there is too little to do, one process does it all.
"""

import concurrent.futures
import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.errors import WorkerKilled
from digest.meanwhile import can_fork
from digest.on_demand import on_demand
from digest.pages import Bodies
from digest.publish.outputs import Output
from digest.publish.state import Record
from digest.publish.tree import Tree

if TYPE_CHECKING:
    import multiprocessing
else:
    multiprocessing = on_demand("multiprocessing")

PAYS_FROM = 1000
"""Files; with fewer, starting workers costs more than they save."""
CHUNKS = 100
"""Into so many parts the files are divided: workers end at about the same time, and neighbours share what they need."""
SMALLEST_CHUNK = 100
"""Files that a worker makes before it tells."""


@dataclass(frozen=True)
class Crew:
    """Who makes the files, and what goes on beside."""

    workers: int
    """Processes."""
    meanwhile: Callable[[], None]
    """Called once, when workers have been started and before threads are: a fork holds no thread but one."""
    on_progress: Callable[[int, int], None]
    """Called with how many files are made, and of how many."""


@dataclass(frozen=True)
class Work:
    """What workers have in common."""

    outputs: Sequence[Output]
    bodies: Bodies
    known: Mapping[str, Record]
    """The last site's files."""
    old: Tree
    new: Tree

    def make(self, start: int, end: int) -> tuple[dict[str, Record], int]:
        """Make some of the outputs, and write those that are not as they were; gives how many were written."""
        made = {}
        written = 0
        for output in self.outputs[start:end]:
            with self.bodies.note_used() as used:
                result = output.make()
            path, known = output.path, self.known.get(output.path)
            key = hashlib.sha256(result.content).hexdigest()
            if known is not None and known.key == key and self.new.stamps.get(path) == known.stamp:
                stamp = known.stamp
            elif known is not None and known.key == key and self.old.stamps.get(path) == known.stamp:
                self.new.keep(path, self.old)
                stamp = known.stamp
            else:
                stamp = self.new.write(path, result.content)
                written += 1
            assets = tuple((asset.address.lstrip("/"), asset.path) for asset in result.assets)
            made[path] = Record(key, stamp, tuple(sorted(used)), assets)
        return made, written


_work: list[Work] = []
"""What forked workers find."""


def make_all(work: Work, crew: Crew) -> tuple[dict[str, Record], int]:
    """Make all outputs. Raises WorkerKilled if a worker ended before its work did."""
    made: dict[str, Record] = {}
    written = 0
    number = len(work.outputs)
    for records, count in _run(work, crew):
        made |= records
        written += count
        crew.on_progress(len(made), number)
    return made, written


def _run(work: Work, crew: Crew) -> Iterator[tuple[dict[str, Record], int]]:
    number = len(work.outputs)
    size = max(SMALLEST_CHUNK, number // CHUNKS)
    # The last outputs are catalogues of everything: together, since they share what they are made of, and first, since
    # they are the largest, so that nobody waits for them.
    chunks = [(max(0, end - size), end) for end in range(number, 0, -size)]
    if crew.workers == 1 or len(work.outputs) < PAYS_FROM or not can_fork():
        crew.meanwhile()
        for chunk in chunks:
            yield work.make(*chunk)
        return
    _work[:] = [work]
    gc.freeze()  # for good: whoever looks for garbage in all that was read finds none
    try:
        with concurrent.futures.ProcessPoolExecutor(
            crew.workers, mp_context=multiprocessing.get_context("fork")
        ) as pool:
            pending = [pool.submit(_make, *chunk) for chunk in chunks]
            crew.meanwhile()
            for done in concurrent.futures.as_completed(pending):
                yield done.result()
    except concurrent.futures.BrokenExecutor as error:
        message = "a process that made pages was stopped before it was done"
        raise WorkerKilled(
            message, "build again, with `--workers 1` if memory is short; the old site stands"
        ) from error
    finally:
        _work.clear()


def _make(start: int, end: int) -> tuple[dict[str, Record], int]:
    return _work[0].make(start, end)
