"""What an editor does between two builds: one more sentence in the body of one entry, each time another.

Takes an entry's file and the page that must show it. Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable

from _measure import BenchFailed

HEADING = "\n\n## Practice implications"
"""The sentence stands at the end of the summary, before this."""
ADDED = re.compile(r"\n\nWhat was added is zq[a-j]+zq\.(?=\n\n## )")


def word(number: int) -> str:
    """A word that no corpus has, another for each number."""
    return "zq" + "".join("abcdefghij"[int(digit)] for digit in str(number)) + "zq"


def edited(text: str, number: int) -> str:
    """The text of a file with this edit in it instead of the one before."""
    before, heading, after = ADDED.sub("", text).partition(HEADING)
    return f"{before}\n\nWhat was added is {word(number)}.{heading}{after}"


class Edit:
    """Edits of one file, and whether the site shows them."""

    def __init__(self, path: Path, page: Path) -> None:
        self.path = path
        self.page = page
        self.number = 0

    def change(self) -> Callable[[], None]:
        """Make the next edit; what raises BenchFailed unless the page shows it."""
        self.number += 1
        text = edited(self.path.read_text(encoding="utf-8"), self.number)
        self.path.write_bytes(text.encode())
        return self.verify

    def verify(self) -> None:
        """The page shows the last edit and none before it."""
        found = set(re.findall("zq[a-j]+zq", self.page.read_text(encoding="utf-8")))
        if found != {word(self.number)}:
            raise BenchFailed(f"{self.page} does not show what was written into {self.path}")
