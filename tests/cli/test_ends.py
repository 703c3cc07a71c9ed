"""How a command ends when somebody ends it: Ctrl+C, a reader that goes away, a stream that was never open."""

import os
import signal
import subprocess
import sys

import pytest

from digest.cli.init import write_template

DIGEST = [sys.executable, "-m", "digest"]


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    """A digest as `digest init` makes it."""
    folder = tmp_path_factory.mktemp("ends") / "garden"
    write_template(folder)
    return folder


def test_a_reader_that_goes_away_is_no_error_in_the_content(garden):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*DIGEST, "check", "--explain", "all"], cwd=garden, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.skipif(os.name == "nt", reason="no shell that closes a stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_as_good_as_one_that_nobody_reads(garden, closed):
    command = f'"{sys.executable}" -m digest check {closed}'
    done = subprocess.run(command, shell=True, cwd=garden, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is another thing there")
def test_what_is_stopped_says_so_and_does_not_blame_the_content(garden):
    running = subprocess.Popen(
        [*DIGEST, "suggest", "-"], cwd=garden, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdin is not None
    running.stdin.write(b"water " * 100_000)  # more than a pipe holds: it is reading
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 2
    assert said.strip() == b"digest: stopped before it was done"
