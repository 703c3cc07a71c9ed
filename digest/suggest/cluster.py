"""A literature on a Dask cluster: a file a task. Needs the extra `[cluster]`; the only module that imports distributed.

Scheduling, and doing again what a lost worker had begun, is Dask's. All machines must see the files under the same
paths, and have this program installed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from distributed import Client, as_completed

from digest.errors import DigestError
from digest.read.records import Refused
from digest.suggest.batch import CHUNK, Tagger
from digest.suggest.items import iter_items
from digest.suggest.manifest import Job, write_whole

PATIENCE = "30s"
TRIES = 3


def tag_file(job: Job, tagger: Tagger) -> str:
    """Write the part of one file, and what could not be read beside it first."""
    refused: list[Refused] = []

    def write(partial: Path) -> None:
        items = iter_items(Path(job.path), refused.append)
        with partial.open("w", encoding="utf-8") as part:
            while chunk := list(islice(items, CHUNK)):
                part.writelines(f"{each.as_json()}\n" for each in tagger.tag(chunk))
        faults = json.dumps([asdict(fault) for fault in refused])
        write_whole(job.faults, lambda beside: beside.write_text(faults, encoding="utf-8"))

    write_whole(Path(job.part), write)
    return job.path


def tag_on_cluster(address: str, jobs: Sequence[Job], tagger: Tagger, on_done: Callable[[str], None]) -> list[Refused]:
    """Do what is not done yet; gives what could not be read, of what was done before too."""
    try:
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise DigestError(f"no Dask scheduler answers at '{address}'", "start one with `dask scheduler`") from error
    with client:
        # A task, since Dask makes its result again when the workers that had it are lost; what is scattered is gone.
        known = client.submit(_same, tagger, pure=False)
        futures = client.map(
            tag_file, [job for job in jobs if not job.is_done], tagger=known, retries=TRIES, pure=False
        )
        for future in as_completed(futures):  # type: ignore[no-untyped-call]
            on_done(future.result())
    return find_faults(jobs)


def _same(tagger: Tagger) -> Tagger:
    return tagger


def find_faults(jobs: Sequence[Job]) -> list[Refused]:
    """What could not be read in these files, all of them done."""
    return [Refused(**fault) for job in jobs for fault in json.loads(job.faults.read_text(encoding="utf-8"))]
