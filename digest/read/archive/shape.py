"""The shape of an old blog's page: months, titles, citations, summaries, practice implications.

Takes blocks of text in order, whatever format they came from; gives an `Archive`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.model.identifier import fold

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = re.compile(r"(?i)\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+((?:19|20)\d\d)\s*")
CITATION = re.compile(
    r"^\W*[^\W\d_][^()]{1,1500}?\((?:(?:19|20)\d\d[a-z]?|in press|n\.d\.)[^()]{0,40}\)[.,:]?\s+\S", re.IGNORECASE
)
"""Names, then a year in parentheses: how a reference in APA style begins."""
THIS_MONTH = re.compile(r"(?i)^this month\s*(?:\.\.\.|…)?$")
LONGEST_TITLE = 160
END_OF_SENTENCE = (".", "!”", ".”", '."', ";", ":")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or an item of a list."""

    line: int
    text: str
    """As CommonMark."""
    plain: str
    """Without any mark-up."""
    kind: str = "paragraph"
    """`paragraph`, `heading` or `item`."""
    address: str = ""
    """Where a heading links to."""


@dataclass(slots=True)
class ArchivedEntry:
    """One summary of the old blog, as far as it was understood."""

    title: str
    month: str
    """`YYYY-MM`."""
    line: int
    day: str = ""
    """`YYYY-MM-DD`, where the source knows it."""
    citations: list[str] = field(default_factory=list)
    summary: list[Block] = field(default_factory=list)
    implications: list[Block] = field(default_factory=list)
    address: str = ""
    topics: list[str] = field(default_factory=list)
    """Names of topics, as the source has them."""
    draft: bool = False

    @property
    def text(self) -> str:
        """Everything that the summary says, for finding its topics."""
        return " ".join(block.plain for block in (*self.summary, *self.implications))


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that belongs to nothing."""

    line: int
    text: str
    why: str


@dataclass(slots=True)
class Archive:
    """What a file holds."""

    entries: list[ArchivedEntry] = field(default_factory=list)
    introductions: dict[str, list[Block]] = field(default_factory=dict)
    """Of an edition, by its month."""
    furniture: list[Block] = field(default_factory=list)
    """Menus, filters and the blog's description."""
    leftovers: list[Leftover] = field(default_factory=list)


def month_of(text: str) -> str:
    """`January 2023` or `Jan. 2023` gives `2023-01`; anything else nothing."""
    match = MONTH.fullmatch(text)
    return f"{match[2]}-{MONTHS.index(match[1].lower()) + 1:02}" if match else ""


def read_shape(blocks: Sequence[Block], implications: tuple[str, ...]) -> Archive:
    """Sort the blocks of a page."""
    archive = Archive()
    first = next((index for index, block in enumerate(blocks) if month_of(block.plain)), len(blocks))
    _read_front(archive, blocks[:first], month_of(blocks[first].plain) if first < len(blocks) else "")
    reader = _Reader(archive, blocks, {fold(name) for name in implications})
    for index in range(first, len(blocks)):
        reader.take(index)
    return archive


def _read_front(archive: Archive, blocks: Sequence[Block], month: str) -> None:
    """What stands before the first month: the introduction of the newest edition, and furniture."""
    introduced = False
    for index, block in enumerate(blocks):
        before = blocks[index - 1].plain if index else ""
        if month and not introduced and block.kind == "paragraph" and THIS_MONTH.match(before.strip()):
            archive.introductions[month] = [block]
            introduced = True
        else:
            archive.furniture.append(block)


@dataclass
class _Reader:
    """Where the reading of months and entries stands."""

    archive: Archive
    blocks: Sequence[Block]
    implications: set[str]
    month: str = ""
    entry: ArchivedEntry | None = None
    in_implications: bool = False

    def take(self, index: int) -> None:
        """Put one block where it belongs."""
        block = self.blocks[index]
        month = month_of(block.plain)
        if month:
            self.month, self.entry = month, None
        elif self._is_implications(block) and self.entry is not None:
            self.in_implications = True
        elif self.entry is None or self._begins_entry(index):
            self._begin(block)
        elif self._is_leftover(index):
            self.archive.leftovers.append(Leftover(block.line, block.plain, "neither a title nor part of a summary"))
        elif not self.in_implications and not self.entry.summary and CITATION.match(block.plain):
            self.entry.citations.append(block.plain)
        else:
            (self.entry.implications if self.in_implications else self.entry.summary).append(block)

    def _begin(self, block: Block) -> None:
        self.entry = ArchivedEntry(block.plain.strip(), self.month, block.line, address=block.address)
        self.in_implications = False
        self.archive.entries.append(self.entry)

    def _is_implications(self, block: Block) -> bool:
        return fold(block.plain.strip().rstrip(":")) in self.implications

    def _begins_entry(self, index: int) -> bool:
        """A title: short, no sentence, and what follows is a reference or a summary with practice implications."""
        block = self.blocks[index]
        entry = self.entry
        if entry is None or not _is_short(block):
            return False
        if not self.in_implications and not entry.summary:
            return False
        if block.kind == "heading" and self.in_implications:
            return True
        following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if following is not None and CITATION.match(following.plain):
            return True
        return self.in_implications and self._implications_follow(index)

    def _implications_follow(self, index: int) -> bool:
        """Whether practice implications come before the month ends."""
        for block in self.blocks[index + 1 :]:
            if month_of(block.plain):
                return False
            if self._is_implications(block):
                return True
        return False

    def _is_leftover(self, index: int) -> bool:
        """A short line after the practice implications that opens nothing: a pager, a footer, a menu."""
        return self.in_implications and bool(self.entry and self.entry.implications) and _is_short(self.blocks[index])


def _is_short(block: Block) -> bool:
    text = block.plain.strip()
    return block.kind != "item" and len(text) <= LONGEST_TITLE and not text.endswith(END_OF_SENTENCE)
