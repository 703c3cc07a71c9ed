"""A batch on a real Dask scheduler, a worker of which is killed; and what a restart believes."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from distributed import Client

from digest.suggest.batch import Tagger
from digest.suggest.cluster import find_faults, tag_file
from digest.suggest.corpus import Corpus
from digest.suggest.manifest import finish, open_manifest
from digest.suggest.types import ResearchTypes
from tests.suggest.garden import TERMS, make_works

CORPUS = Corpus(make_works(12), TERMS)


@pytest.fixture
def files(tmp_path):
    paths = []
    for number in range(8):
        path = tmp_path / f"{number}.jsonl"
        lines = [json.dumps({"id": f"{number}-{n}", "title": "straw bark cover"}) for n in range(300)]
        path.write_text("\n".join(lines), encoding="utf-8")
        paths.append(path)
    return paths


def ids(output):
    return [json.loads(line)["id"] for line in output.read_text(encoding="utf-8").splitlines()]


def expected(files):
    return [f"{number}-{n}" for number in range(len(files)) for n in range(300)]


def test_a_job_that_was_ended_goes_on_with_what_is_left(files, tmp_path):
    output = tmp_path / "out.jsonl"
    tagger = Tagger(CORPUS, ResearchTypes([]), ml=False)
    for job in open_manifest(output, files, CORPUS)[:3]:
        tag_file(job, tagger)
    again = open_manifest(output, files, CORPUS)
    assert [job.is_done for job in again] == [True] * 3 + [False] * 5
    for job in again[3:]:
        tag_file(job, tagger)
    finish(output, again)
    assert ids(output) == expected(files)
    assert not list(tmp_path.glob("*.parts"))


def test_what_could_not_be_read_before_a_job_was_ended_is_told_at_its_end_too(files, tmp_path):
    files[0].write_text('{"title": "straw"}\n{"broken\n', encoding="utf-8")
    jobs = open_manifest(tmp_path / "out.jsonl", files[:2], CORPUS)
    for job in jobs:
        tag_file(job, Tagger(CORPUS, ResearchTypes([]), ml=False))
    again = open_manifest(tmp_path / "out.jsonl", files[:2], CORPUS)
    assert [(fault.path, fault.line) for fault in find_faults(again)] == [(files[0].as_posix(), 2)]


def test_parts_of_a_job_that_was_done_in_another_way_are_not_believed(files, tmp_path):
    output = tmp_path / "out.jsonl"
    tag_file(open_manifest(output, files, CORPUS, "ml")[0], Tagger(CORPUS, ResearchTypes([]), ml=False))
    assert open_manifest(output, files, CORPUS, "ml")[0].is_done
    assert not any(job.is_done for job in open_manifest(output, files, CORPUS, "no ml"))


def test_parts_that_other_entries_taught_are_not_believed(files, tmp_path):
    output = tmp_path / "out.jsonl"
    tag_file(open_manifest(output, files, CORPUS)[0], Tagger(CORPUS, ResearchTypes([]), ml=False))
    assert not any(job.is_done for job in open_manifest(output, files, Corpus(make_works(13), TERMS)))


def start(*arguments):
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )


def address_of(scheduler):
    for line in scheduler.stderr:
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
            return found[1]
    pytest.fail("the scheduler did not start")


@pytest.mark.long
def test_every_record_is_in_the_output_once_although_a_worker_is_killed(files, tmp_path):
    from digest.suggest.cluster import tag_on_cluster

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    processes = [scheduler]
    try:
        address = address_of(scheduler)
        processes += [start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)]
        with Client(address, timeout="60s") as client:
            client.wait_for_workers(2, timeout=60)
        output = tmp_path / "out.jsonl"
        jobs = open_manifest(output, files, CORPUS)
        done = []

        def on_done(path):
            done.append(path)
            if len(done) == 1:
                os.killpg(processes[1].pid, signal.SIGKILL)
                time.sleep(0.2)

        assert tag_on_cluster(address, jobs, Tagger(CORPUS, ResearchTypes([]), ml=False), on_done) == []
        finish(output, jobs)
        assert sorted(done) == sorted(path.as_posix() for path in files)
        assert ids(output) == expected(files)
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stderr:
                process.stderr.close()
