"""What a command costs: wall time, processor time and memory, and on which machine.

Takes commands; gives figures. Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Sequence

from _processes import Watch

CPUINFO = Path("/proc/cpuinfo")
MOUNTS = Path("/proc/mounts")


class BenchFailed(Exception):
    """What could not be measured, and what the person can do."""


@dataclass(frozen=True)
class Job:
    """One thing to measure: a command and the state that it starts from."""

    name: str
    what: str
    """For a person."""
    command: Sequence[str]
    folder: Path
    """Where it runs."""
    remove: Sequence[Path] = ()
    """What is taken away before each run, so that it starts from nothing."""
    environment: dict[str, str] = field(default_factory=dict)
    """Beyond that of the process."""
    verify: Callable[[], dict[str, int]] | None = None
    """After the first run: raises BenchFailed unless the output is whole; gives its size."""
    then: Sequence[Sequence[str]] = ()
    """Commands that belong to it and run after the first, one after the other."""
    change: Callable[[], Callable[[], None]] | None = None
    """Before each run: changes what the program reads, and gives what raises BenchFailed unless the output shows it."""
    ours: bool = False
    """Whether the memory of its processes is ours to answer for."""
    slow: bool = False
    """So slow that it is not run to warm up, and that it may be run less often than the others."""


@dataclass(frozen=True)
class Run:
    """What one run cost, with all processes that it started and waited for."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of processor time, of user and system."""
    memory: int
    """Bytes: the peak of its largest process."""


@dataclass
class Result:
    """All runs of one job."""

    job: Job
    runs: list[Run] = field(default_factory=list)
    output: dict[str, int] = field(default_factory=dict)

    def figures(self) -> dict[str, Any]:
        """Medians and spreads, rounded to what can be told apart."""
        return {
            "name": self.job.name,
            "what": self.job.what,
            "runs": len(self.runs),
            "wall": spread([run.wall for run in self.runs]),
            "cpu": spread([run.cpu for run in self.runs]),
            "memory_mb": round(statistics.median(run.memory for run in self.runs) / 1e6),
            "output": self.output,
        }


def spread(values: Sequence[float]) -> dict[str, Any]:
    """The median, between which values all runs were, and each run in its turn."""
    each = [round(value, 3) for value in values]
    return {"median": round(statistics.median(values), 3), "least": min(each), "most": max(each), "each": each}


def measure_side_by_side(
    jobs: Sequence[Job], runs: int, say: Callable[[str], None], slow_runs: int = 0
) -> list[Result]:
    """Run every job so many times, in turns, so that a slow minute of the machine is everybody's slow minute.

    Those that are slow take part in the first `slow_runs` turns only, unless it is 0.
    """
    results = [Result(job) for job in jobs]
    for number in range(1, runs + 1):
        for result in results:
            if result.job.slow and 0 < slow_runs < number:
                continue
            show = result.job.change() if result.job.change is not None else None
            run = measure(result.job)
            result.runs.append(run)
            say(f"  {number}/{runs} {result.job.what}: {run.wall:.2f} s ({run.cpu:.2f} s of processor time)")
            if show is not None:
                show()
            if number == 1 and result.job.verify is not None:
                result.output = result.job.verify()
    return results


def warm_up(jobs: Sequence[Job], say: Callable[[str], None]) -> dict[str, int]:
    """Run every job once, uncounted; the memory of the largest process of each of ours, in bytes."""
    memory = {}
    for job in jobs:
        if job.slow:
            continue
        if job.change is not None:
            job.change()
        run = measure(job, watched=job.ours)
        say(f"  to warm up, {job.what}: {run.wall:.2f} s")
        if job.ours:
            memory[job.name] = run.memory
    return memory


def measure(job: Job, *, watched: bool = False) -> Run:
    """Run it once. `os.wait4` tells what each command cost, its own children with it.

    Watched, the memory is that of the largest process which is not Pagefind; the watching costs a little time.
    """
    for path in job.remove:
        shutil.rmtree(path, ignore_errors=True)
    wall, cpu, memory = 0.0, 0.0, 0
    for command in (job.command, *job.then):
        with tempfile.TemporaryFile() as said:
            start = time.perf_counter()
            process = subprocess.Popen(
                list(command),
                cwd=str(job.folder),
                env={**os.environ, **job.environment},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=watched,
            )
            watch = Watch(process.pid) if watched else None
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except KeyboardInterrupt:
                process.kill()  # a session of its own hears no Ctrl+C
                raise
            wall += time.perf_counter() - start
            process.returncode = 1 if status else 0
            if status:
                said.seek(0)
                tail = said.read()[-3000:].decode(errors="replace")
                raise BenchFailed(f"{job.what} failed: {' '.join(command)}\n{tail}")
        cpu += usage.ru_utime + usage.ru_stime
        largest = usage.ru_maxrss * (1 if platform.system() == "Darwin" else 1024)
        memory = max(memory, (watch.stop() if watch else 0) or largest)
    return Run(wall, cpu, memory)


def describe_machine() -> dict[str, object]:
    """The machine, and how busy it was with other things."""
    return {
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "load_before": round(os.getloadavg()[0], 2),
    }


def cpu_model() -> str:
    """The processor's name, as far as the system tells it."""
    if CPUINFO.is_file():
        for line in CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def file_system_of(folder: Path, mounts: Path = MOUNTS) -> str:
    """The kind of file system that a folder is on, as `ext4` or `tmpfs`; nothing where the system does not tell."""
    if not mounts.is_file():
        return ""
    path = folder.resolve()
    found: tuple[int, str] = (-1, "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, kind = line.split()[:3]
        mount = Path(point.replace("\\040", " "))
        if mount == path or mount in path.parents:
            found = max(found, (len(mount.parts), kind), key=lambda each: each[0])
    return found[1]
