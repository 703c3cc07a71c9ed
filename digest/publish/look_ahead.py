"""Folders looked at while something else is done.

A process of its own does it, where there are any: asking the system for every file of two large sites takes as long as
reading half the digest, and a thread would stand in the way of the reader.
"""

import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from digest.meanwhile import fork
from digest.publish.tree import Stamp, Tree, look_at

Trees = Callable[[], Sequence[Tree]]
"""Waits, and gives what the folders held; to be called once."""


@contextmanager
def looked_at_meanwhile(*folders: Path) -> Iterator[Trees]:
    """What folders hold at the beginning, to be asked for at the end."""
    reading, writing = os.pipe()
    child = fork() if any(folder.is_dir() for folder in folders) else None
    if child is None:
        os.close(reading)
        os.close(writing)
        yield lambda: list(map(look_at, folders))
        return
    if child == 0:
        os.close(reading)  # else nothing would tell the child that nobody reads
        _tell(folders, writing)
    os.close(writing)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - a file descriptor

        def take() -> Sequence[Tree]:
            try:
                found = marshal.loads(pipe.read())  # noqa: S302 - from our own child
                return [_tree(folder, *columns) for folder, columns in zip(folders, found, strict=True)]
            except (EOFError, ValueError, TypeError):  # the child was killed
                return list(map(look_at, folders))

        try:
            yield take
        finally:
            pipe.close()  # one that still writes ends by that
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def _tell(folders: Sequence[Path], pipe: int) -> None:
    """What the child does, and all that it does."""
    try:
        trees = [look_at(folder) for folder in folders]
        columns = [
            (
                list(tree.stamps),
                [stamp.size for stamp in tree.stamps.values()],
                [stamp.changed for stamp in tree.stamps.values()],
                list(tree.folders),
            )
            for tree in trees
        ]
        with open(pipe, "wb") as file:
            file.write(marshal.dumps(columns))
    finally:
        os._exit(0)


def _tree(folder: Path, paths: list[str], sizes: list[int], times: list[int], folders: list[str]) -> Tree:
    return Tree(folder, dict(zip(paths, map(Stamp, sizes, times), strict=True)), set(folders))
