"""The rows of the benchmarks as a picture: seconds by number of entries, both growing by factors (log-log).

Takes the results of rows; gives SVG that can be read on light and on dark, in print, and without seeing colours: ours
are solid lines with full marks, the others dashed ones with hollow marks, and each line bears its name.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import math
from html import escape
from typing import Any, Iterator, Sequence, Tuple

Line = Tuple[str, str, Sequence[Tuple[int, float]]]
"""Name, class, and points: size and seconds."""
WIDTH = 640
LEFT, RIGHT = 64, 214
"""Room for the seconds, and for the names of the lines."""
TOP, PANEL, GAP = 56, 300, 92
LINE = 20
"""Between two names."""
PANELS = (
    (
        "From nothing",
        (
            ("build", "ours", "digest, no search"),
            ("build", "peer", "Hugo"),
            ("build-search", "ours", "digest, search"),
            ("build-search", "peer", "Hugo, Pagefind"),
            ("material-blog", "peer", "Material's blog"),
        ),
    ),
    (
        "After one edit",
        (
            ("edit", "ours", "digest, no search"),
            ("edit", "peer", "Hugo"),
            ("edit-search", "ours", "digest, search"),
            ("edit-search", "peer", "Hugo, Pagefind"),
            ("serve", "ours", "digest serve"),
            ("serve", "beside", "Hugo's server"),
        ),
    ),
)
"""Title, and lines: row, side of it, name."""
STYLE = """\
svg { font: 15px system-ui, sans-serif; --ground: #fff; --ink: #1c2430; --faint: #d5dae2; --ours: #0b5cad;
  --ours2: #0f7b5f; --ours3: #6b3fa0; --peer: #8a4b08; --peer2: #5f6675; --peer3: #a3264f }
@media (prefers-color-scheme: dark) { svg { --ground: #12161d; --ink: #e8ecf2; --faint: #353d4a; --ours: #7db8ff;
  --ours2: #5fd3b0; --ours3: #c3a4f5; --peer: #f0b26b; --peer2: #b6bdca; --peer3: #f593b4 } }
.ground { fill: var(--ground) } text { fill: var(--ink) } .title { font-size: 17px; font-weight: 600 }
.grid { stroke: var(--faint) } .line { fill: none; stroke-width: 2.5 } .peer { stroke-dasharray: 6 4; stroke-width: 2 }
.lead { fill: none; stroke: var(--peer2) } .dot { stroke-width: 2 } .hollow { fill: var(--ground) }
.value { font-variant-numeric: tabular-nums }
"""


def chart(results: Sequence[dict[str, Any]]) -> str:
    """Two panels below each other; an empty text if there is nothing to draw."""
    panels = [(title, list(lines_of(results, lines))) for title, lines in PANELS]
    panels = [(title, lines) for title, lines in panels if lines]
    if not panels:
        return ""
    sizes = sorted({size for _, lines in panels for _, _, points in lines for size, _ in points})
    height = TOP + len(panels) * PANEL + (len(panels) - 1) * GAP + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
        '<title id="t">Seconds by number of entries</title>',
        f'<desc id="d">{escape(describe(panels))}</desc>',
        f"<style>\n{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
    ]
    for number, (title, lines) in enumerate(panels):
        parts += draw_panel(title, lines, sizes, TOP + number * (PANEL + GAP))
    return "\n".join([*parts, "</svg>"]) + "\n"


def lines_of(results: Sequence[dict[str, Any]], lines: Sequence[tuple[str, str, str]]) -> Iterator[Line]:
    """The lines that there are figures for."""
    counts = {True: 0, False: 0}
    for row, side, name in lines:
        ours = side == "ours"
        counts[ours] += 1
        found = [
            (each["entries"], each[side]["wall"]["median"]) for each in results if each["row"] == row and each.get(side)
        ]
        number = counts[ours] if counts[ours] > 1 else ""
        if found:
            yield name, f"{'ours' if ours else 'peer'}{number}", sorted(found)


def describe(panels: Sequence[tuple[str, list[Line]]]) -> str:
    """All figures in words, for who cannot see the picture."""
    said = []
    for title, lines in panels:
        each = (
            f"{name}: " + ", ".join(f"{s(value)} at {size:,}" for size, value in points) for name, _, points in lines
        )
        said.append(f"{title}. {'; '.join(each)}.")
    return " ".join(said)


def s(value: float) -> str:
    """Seconds, short."""
    return f"{value:.2g} s" if value < 100 else f"{value:.0f} s"  # noqa: PLR2004 - three figures are whole seconds


def draw_panel(title: str, lines: list[Line], sizes: Sequence[int], top: float) -> Iterator[str]:
    """Axes, lines, and the names at the end of the lines, none over another."""
    values = [value for _, _, points in lines for _, value in points]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: float) -> float:
        part = (math.log10(size) - first) / (last - first) if last > first else 0.5
        return round(LEFT + 24 + part * (WIDTH - LEFT - RIGHT - 48), 1)

    def y(value: float) -> float:
        return round(top + PANEL - (math.log10(value) - low) / (high - low) * PANEL, 1)

    yield f'<text class="title" x="{LEFT}" y="{top - 24}">{escape(title)}</text>'
    for decade in range(low, high + 1):
        at = y(10.0**decade)
        yield f'<path class="grid" d="M{LEFT} {at}H{WIDTH - RIGHT}"/>'
        yield f'<text class="value" x="{LEFT - 8}" y="{at + 4}" text-anchor="end">{10.0**decade:g} s</text>'
    for size in sizes:
        yield f'<text class="value" x="{x(size)}" y="{top + PANEL + 22}" text-anchor="middle">{size:,}</text>'
    yield f'<text x="{WIDTH - RIGHT + 12}" y="{top + PANEL + 22}">entries</text>'
    whole = [line for line in lines if line[2][-1][0] == sizes[-1]]
    places = apart([y(points[-1][1]) for _, _, points in whole], top + PANEL)
    for (name, _, points), place in zip(whole, places):
        at = y(points[-1][1])
        yield f'<path class="lead" d="M{x(sizes[-1]) + 6} {at}L{WIDTH - RIGHT + 4} {place}h4"/>'
        yield f'<text x="{WIDTH - RIGHT + 12}" y="{place + 5}">{escape(name)}: {s(points[-1][1])}</text>'
    for name, kind, points in lines:
        colour = f"var(--{kind})"
        peer = kind.startswith("peer")
        path = " ".join(f"{x(size)},{y(value)}" for size, value in points)
        yield f'<polyline class="line{" peer" if peer else ""}" stroke="{colour}" points="{path}"/>'
        for size, value in points:
            fill = 'class="dot hollow"' if peer else f'class="dot" fill="{colour}"'
            yield f'<circle {fill} stroke="{colour}" cx="{x(size)}" cy="{y(value)}" r="4"/>'
        if points[-1][0] != sizes[-1]:
            size, value = points[-1]
            yield f'<text x="{x(size) + 10}" y="{y(value) - 6}">{escape(name)}: {s(value)}</text>'


def apart(places: Sequence[float], most: float) -> list[float]:
    """The same places in the same order, pushed apart so that a name fits at each, and none below `most`."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for above, below in zip(order, order[1:]):
        moved[below] = max(moved[below], moved[above] + LINE)
    limit = most
    for index in reversed(order):
        moved[index] = round(min(moved[index], limit), 1)
        limit = moved[index] - LINE
    return moved
