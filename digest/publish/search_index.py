"""Entries to the readers' search index, `/pagefind/`: the only place that runs the program Pagefind.

Pagefind gets the text of each entry, in an order that is always the same, and answers with a folder of static files. An
index is kept in the cache under a fingerprint of all that went into it.
"""

import base64
import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from digest.errors import SearchIndexFailed
from digest.pages import SearchDocument, Site, iter_search_documents
from digest.publish.pagefind_files import UnknownFormat, tidy_bundle

PROGRAM = "pagefind_bin"
FORM = "3"
"""To be raised when the form of the documents changes, or what is done to Pagefind's files."""
MOST_KEPT = 2
WITHOUT = "`digest build --no-search` builds the site without it; the old site is as it was"


def write_search_index(site: Site, cache: Path, target: Path) -> None:
    """Put the index of all entries into `target`/pagefind. Raises SearchIndexFailed."""
    documents = list(iter_search_documents(site.links, site.bodies))
    if not documents:
        return
    folder = cache / _fingerprint(documents)
    if not _is_whole(folder):
        shutil.rmtree(folder, ignore_errors=True)
        working = cache / "making"
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir(parents=True)
        try:
            _index(documents, working / "pagefind")
            (working / "sum").write_text(_sum(working / "pagefind"), encoding="utf-8")
            working.rename(folder)
        finally:
            shutil.rmtree(working, ignore_errors=True)
    _forget_old(cache, folder)
    shutil.copytree(folder / "pagefind", target / "pagefind")


def _fingerprint(documents: Sequence[SearchDocument]) -> str:
    digest = hashlib.sha256()
    for part in (
        FORM,
        _version(),
        *(text for document in documents for text in (document.address, document.html)),
    ):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32]


def _version() -> str:
    try:
        return importlib.metadata.version("pagefind-bin")
    except importlib.metadata.PackageNotFoundError:
        return ""


def _index(documents: Sequence[SearchDocument], target: Path) -> None:
    requests: list[dict[str, Any]] = [{"type": "NewIndex", "config": {}}]
    requests += [
        {"type": "AddFile", "index_id": 0, "url": document.address, "file_contents": document.html}
        for document in documents
    ]
    requests += [{"type": "GetFiles", "index_id": 0}]
    try:
        for file in _run(requests)["files"]:
            path = target / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(file["content"]))
        tidy_bundle(target, _names(documents))
    except (UnknownFormat, OSError, ValueError, LookupError) as error:
        message = f"what the program Pagefind wrote cannot be read: {error!r}"
        raise SearchIndexFailed(message, WITHOUT) from error


def _names(documents: Sequence[SearchDocument]) -> dict[str, str]:
    """Name by address; should two entries of a day have one name, the later one's is lengthened."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for document in documents:
        name = document.name
        while name in taken:
            name += "0"
        taken.add(name)
        names[document.address] = name
    return names


def _run(requests: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Send requests to the program and wait for every answer; gives the last one. Raises SearchIndexFailed.

    The protocol is that of Pagefind's own clients: JSON in base64, a comma after each, on standard input and output.
    Pages are numbered in the order in which they are sent; over a folder it would be the order of the disk.
    """
    if importlib.util.find_spec(PROGRAM) is None:
        message = "the program Pagefind, which makes the search index, is not installed"
        raise SearchIndexFailed(message, f"install it with `scripts/setup`; {WITHOUT}")
    with subprocess.Popen(
        [sys.executable, "-m", PROGRAM, "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        sender = threading.Thread(target=_send, args=(process.stdin, requests), daemon=True)
        sender.start()
        try:
            return _receive(process.stdout, len(requests))
        finally:
            process.kill()
            sender.join()
            with contextlib.suppress(OSError):
                process.stdin.close()


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
    """Read so many answers; gives the last one."""
    pieces: list[bytes] = []
    while number:
        read = pipe.read1(1 << 20)  # type: ignore[attr-defined]  # a pipe of bytes is a BufferedReader
        if not read:
            message = "the program Pagefind, which makes the search index, stopped before it was done"
            raise SearchIndexFailed(message, WITHOUT)
        first, *others = read.split(b",")
        pieces.append(first)
        for piece in others:
            answer = _parse(b"".join(pieces))
            pieces = [piece]
            number -= 1
            if not number:
                return answer
    return {}


def _parse(text: bytes) -> dict[str, Any]:
    """What an answer says. Raises SearchIndexFailed if it is an error, or no answer."""
    try:
        payload: dict[str, Any] = json.loads(base64.b64decode(text))["payload"]
        fault = payload["message"] if payload["type"] == "Error" else ""
    except (ValueError, LookupError, TypeError):
        payload, fault = {}, "its answer cannot be read"
    if fault:
        message = f"the program Pagefind, which makes the search index, failed: {fault}"
        raise SearchIndexFailed(message, WITHOUT)
    return payload


def _sum(folder: Path) -> str:
    """A fingerprint of a folder's content."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_whole(folder: Path) -> bool:
    """Whether what the cache holds is what was put there."""
    try:
        return (folder / "sum").read_text(encoding="utf-8") == _sum(folder / "pagefind")
    except (OSError, UnicodeDecodeError):
        return False


def _forget_old(cache: Path, newest: Path) -> None:
    folders = [path for path in cache.iterdir() if path.is_dir() and path != newest]
    for folder in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[MOST_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
