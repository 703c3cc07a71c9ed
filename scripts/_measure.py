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
from typing import Callable, Sequence

CPUINFO = Path("/proc/cpuinfo")


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
    """After a run: raises BenchFailed unless the output is whole; gives its size."""


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

    def figures(self) -> dict[str, object]:
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


def spread(values: Sequence[float]) -> dict[str, float]:
    """The median, and between which values all runs were."""
    return {
        "median": round(statistics.median(values), 3),
        "least": round(min(values), 3),
        "most": round(max(values), 3),
    }


def measure_side_by_side(jobs: Sequence[Job], runs: int, say: Callable[[str], None]) -> list[Result]:
    """Run every job so many times, in turns, so that a slow minute of the machine is everybody's slow minute."""
    results = [Result(job) for job in jobs]
    for number in range(1, runs + 1):
        for result in results:
            run = measure(result.job)
            result.runs.append(run)
            say(f"  {number}/{runs} {result.job.what}: {run.wall:.2f} s ({run.cpu:.2f} s of processor time)")
            if number == 1 and result.job.verify is not None:
                result.output = result.job.verify()
    return results


def measure(job: Job) -> Run:
    """Run it once. `os.wait4` tells what this one child cost, its own children with it."""
    for path in job.remove:
        shutil.rmtree(path, ignore_errors=True)
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(job.command),
            cwd=str(job.folder),
            env={**os.environ, **job.environment},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = 1 if status else 0
        if status:
            said.seek(0)
            tail = said.read()[-3000:].decode(errors="replace")
            raise BenchFailed(f"{job.what} failed: {' '.join(job.command)}\n{tail}")
    memory = usage.ru_maxrss * (1 if platform.system() == "Darwin" else 1024)
    return Run(wall, usage.ru_utime + usage.ru_stime, memory)


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
