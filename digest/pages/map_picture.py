"""Pictures of counts as SVG, drawn without knowing how wide the page is or whether it is dark: both are the style's.

A grid has one small picture a row, beside the row's name in text, so that names wrap and grow as the reader likes. What
is counted stands in each cell as a number: nothing is told by colour alone.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from markupsafe import Markup

from digest.pages.addresses import link
from digest.pages.words import say_count

SIDE = 24
"""Pixels of a cell: what a finger needs, WCAG 2.2, 2.5.8."""
GAP = 1
LEVELS = 5
LINE = 18
"""Characters of a column's name in a line: a longer one has two."""
LETTER = 6.2
"""Pixels of a character in a column's name, on average."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid: a type of research, a year."""

    label: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many there are, and where they are listed."""

    number: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A topic, with its cells in the order of the columns."""

    label: str
    address: str
    cells: Sequence[Cell]
    total: int
    """Of summaries: one that counts in two cells is one."""


@dataclass(frozen=True)
class Grid:
    """Topics by something, as a picture a row and as a table."""

    what: str
    """What the columns are."""
    columns: Sequence[Column]
    rows: Sequence[Row]

    @cached_property
    def most(self) -> int:
        """The largest number in it."""
        return max((cell.number for row in self.rows for cell in row.cells), default=0)

    @property
    def gaps(self) -> int:
        """Cells with nothing in them."""
        return sum(not cell.number for row in self.rows for cell in row.cells)

    @property
    def width(self) -> int:
        """Of every picture of it."""
        return len(self.columns) * SIDE

    def draw_head(self) -> Markup:
        """The names of the columns, from bottom to top."""
        names = [_lines(column.label) for column in self.columns]
        height = math.ceil(max((len(line) for lines in names for line in lines), default=0) * LETTER) + 8
        texts = "".join(
            f'<text transform="translate({index * SIDE + _first_line(lines) + 12 * number},{height - 4}) rotate(-90)">'
            f"{escape(line)}</text>"
            for index, lines in enumerate(names)
            for number, line in enumerate(lines)
        )
        return _svg(self.width, height, texts, "map-names")

    def draw(self, row: Row) -> Markup:
        """The cells of a row; those that lead somewhere are links with a name of their own."""
        box = SIDE - 2 * GAP
        gaps = "".join(
            f"M{index * SIDE + GAP + 0.5} {GAP + 0.5}h{box - 1}v{box - 1}h-{box - 1}z"
            for index, cell in enumerate(row.cells)
            if not cell.number
        )
        cells = "".join(self._cells(row))
        return _svg(self.width, SIDE, (f'<path class="gap" d="{gaps}"/>' if gaps else "") + cells)

    def _cells(self, row: Row) -> Iterator[str]:
        for index, (column, cell) in enumerate(zip(self.columns, row.cells, strict=True)):
            if not cell.number:
                continue
            left, box = index * SIDE, SIDE - 2 * GAP
            drawn = (
                f'<rect class="n{self._level(cell.number)}" x="{left + GAP}" y="{GAP}" width="{box}" height="{box}"/>'
                f'<text x="{left + SIDE // 2}" y="16.5">{_short(cell.number)}</text>'
            )
            name = escape(f"{row.label}, {column.label}: {say_count(cell.number, 'summary', 'summaries')}")
            yield (
                f'<a href="{link(cell.address)}" aria-label="{name}"><title>{name}</title>{drawn}</a>'
                if cell.address
                else f"<g><title>{name}</title>{drawn}</g>"
            )

    def _level(self, number: int) -> int:
        """How dark: few levels for small numbers, and by the root of large ones, of which there are few."""
        if self.most <= LEVELS:
            return number
        return max(1, math.ceil(LEVELS * math.sqrt(number / self.most)))


def draw_bars(numbers: Sequence[tuple[str, int]]) -> list[tuple[str, Markup, int]]:
    """Each name with a bar as wide as its number, and the number."""
    most = max((number for _, number in numbers), default=0) or 1
    return [(name, _bar(100 * number / most), number) for name, number in numbers]


def _bar(percent: float) -> Markup:
    text = f'<svg height="16" aria-hidden="true"><rect width="{percent:.4g}%" height="16"/></svg>'
    return Markup(text)  # noqa: S704 - numbers alone


def _svg(width: int, height: int, content: str, kind: str = "map-row") -> Markup:
    """Hidden from screen readers where it holds no link: the table says the same."""
    hidden = "" if "<a " in content else ' aria-hidden="true"'
    text = (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"{hidden}>{content}</svg>'
    )
    return Markup(text)  # noqa: S704 - every text in it is escaped


def _lines(label: str) -> list[str]:
    """A name in one line, or in two of nearly one length."""
    words = label.split()
    if len(label) <= LINE or len(words) == 1:
        return [label]
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(cuts, key=lambda cut: max(map(len, cut))))


def _first_line(lines: Sequence[str]) -> int:
    return 16 if len(lines) == 1 else 10


def _short(number: int) -> str:
    """At most three characters: `1.2k` would not fit."""
    return str(number) if number < 1000 else f"{number // 1000}k"  # noqa: PLR2004 - three digits
