"""Documents to a folder of Pagefind's files: the only place that runs the program Pagefind.

The protocol is that of Pagefind's own clients: JSON in base64, a comma after each, on standard input and output. Pages
are numbered in the order in which they are sent; over a folder it would be the order of the disk.
"""

import base64
import contextlib
import importlib.metadata
import importlib.util
import json
import os
import subprocess
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from digest.errors import SearchIndexFailed
from digest.on_demand import on_demand
from digest.pages.scripts import client_version

if TYPE_CHECKING:
    import pagefind_bin
else:
    pagefind_bin = on_demand("pagefind_bin")

PROGRAM = "pagefind_bin"
CHUNK_SIZE = 5000
"""Places of words in a piece of an index. With a quarter of Pagefind's own, a reader loads half as much for a word."""
CHUNK_SIZE_VARIABLE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"
WITHOUT = "`digest build --no-search` builds the site without it; the old site is as it was"


def pagefind_version() -> str:
    """Nothing if it is not installed."""
    try:
        return importlib.metadata.version("pagefind-bin")
    except importlib.metadata.PackageNotFoundError:
        return ""


class PagefindRuns:
    """Runs of the program, of which there may be several at once, and which can be stopped from any thread."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._lock = threading.Lock()

    def index(self, pages: Iterable[tuple[str, str]], target: Path) -> None:
        """Index pages, address and HTML, into a folder. Raises SearchIndexFailed.

        The files come with the last answer: the program would tell that it has written them before it has.
        """
        requests: list[dict[str, Any]] = [{"type": "NewIndex", "config": {}}]
        requests += [
            {"type": "AddFile", "index_id": 0, "url": address, "file_contents": html} for address, html in pages
        ]
        requests += [{"type": "GetFiles", "index_id": 0}]
        with self._start(target.parent) as process:
            assert process.stdin is not None  # noqa: S101 - both are pipes
            assert process.stdout is not None  # noqa: S101 - as above
            sender = threading.Thread(target=_send, args=(process.stdin, requests), daemon=True)
            sender.start()
            try:
                answer = _receive(process.stdout, len(requests))
            finally:
                process.kill()
                sender.join()
                self._running.discard(process)
                with contextlib.suppress(OSError):
                    process.stdin.close()
        for file in answer["files"]:
            path = target / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(file["content"]))

    def stop(self) -> None:
        """End what runs, and let nothing begin."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        """Start the program in a folder of its own, where it finds no settings but ours."""
        if importlib.util.find_spec(PROGRAM) is None:
            message = "the program Pagefind, which makes the search index, is not installed"
            raise SearchIndexFailed(message, f"install it with `scripts/setup`; {WITHOUT}")
        if pagefind_version() != client_version():
            message = (
                f"Pagefind {pagefind_version() or 'of an unknown version'} is installed, and the search page holds the "
                f"client of {client_version()}, which does not read its index"
            )
            raise SearchIndexFailed(message, f"run `pip install pagefind-bin=={client_version()}`; {WITHOUT}")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        with self._lock:
            if self._stopped:
                message = "the search index was not finished"
                raise SearchIndexFailed(message, WITHOUT)
            process = subprocess.Popen(
                [str(pagefind_bin.get_executable()), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=environment | {CHUNK_SIZE_VARIABLE: str(CHUNK_SIZE)},
            )
            self._running.add(process)
            return process


def _send(pipe: IO[bytes], requests: Sequence[dict[str, Any]]) -> None:
    """Write all requests. The pipe stays open: at its end the program stops, whatever it has left to do."""
    try:
        for number, request in enumerate(requests):
            message = json.dumps({"message_id": number, "payload": request})
            pipe.write(base64.b64encode(message.encode()) + b",")
        pipe.flush()
    except OSError:
        pass  # the program has gone: whoever reads its answers tells it


def _receive(pipe: IO[bytes], number: int) -> dict[str, Any]:
    """Read so many answers; gives the last one. Raises SearchIndexFailed if one is an error, or if there are fewer."""
    pieces: list[bytes] = []
    payload: dict[str, Any] = {}
    while number:
        read = pipe.read1(1 << 20)  # type: ignore[attr-defined]  # a pipe of bytes is a BufferedReader
        if not read:
            message = "the program Pagefind, which makes the search index, stopped before it was done"
            raise SearchIndexFailed(message, WITHOUT)
        first, *others = read.split(b",")
        pieces.append(first)
        for piece in others:
            payload = _parse(b"".join(pieces))
            pieces = [piece]
            number -= 1
    return payload


def _parse(answer: bytes) -> dict[str, Any]:
    """What an answer says. Raises SearchIndexFailed if it is an error, or no answer."""
    try:
        payload: dict[str, Any] = json.loads(base64.b64decode(answer))["payload"]
        fault = payload["message"] if payload["type"] == "Error" else ""
    except (ValueError, LookupError, TypeError):
        payload, fault = {}, "its answer cannot be read"
    if fault:
        message = f"the program Pagefind, which makes the search index, failed: {fault}"
        raise SearchIndexFailed(message, WITHOUT)
    return payload
