r"""The registry's longer texts to paragraphs and lists, and its eligibility text to criteria.

The registry writes a little markup: `*` or `1.` before the items of a list, deeper lists indented, and a backslash
before characters that would otherwise be markup, as in `\>=8`. Raises nothing, and loses no word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from digest.model.listing import Criteria, Item

ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
"""CommonMark's backslash escapes: https://spec.commonmark.org/0.31.2/#backslash-escapes."""
MARKER = re.compile(r"(?:(?P<bullet>[*•·‣▪◦●○■–—-])|(?P<number>\d{1,3}[.)]|\(\d{1,3}\)))[ \t\u00a0]+(?=\S)")
LETTERED = re.compile(r"\(?[a-zA-Z][)][ \t]+(?=\S)|[a-z][.][ \t]+(?=\S)")
"""`a)`, `(a)` or `a.` before an item: a list too, whose letters are kept, since the text may refer to them."""
HEADING = re.compile(
    r"(?P<heading>[^\n:]{0,80}?\b(?:inclusion|exclusion)(?:[ \t]+criteri(?:a|on)\b)?[^\n:.;]{0,80}?)"
    r"[ \t]*(?P<colon>:|$)",
    re.IGNORECASE,
)
EXACT_HEADING = re.compile(
    r"(?:(?:key|main|major|general|non)[ -]?)?(?:in|ex)clusion criteri(?:a|on) ?:?", re.IGNORECASE
)
"""What is a heading even where it is indented, or an item of a list."""
WITHIN_LINE = re.compile(r"(?<=[.;]) +(?=(?:in|ex)clusion criteri(?:a|on) ?:)", re.IGNORECASE)
"""Where a heading stands in the middle of a line."""
DEEPEST = 8


@dataclass
class _Draft:
    """An item while it is read."""

    indent: int
    text: str
    is_listed: bool
    number: str = ""
    is_closed: bool = False
    """A blank line came after it."""
    items: list["_Draft"] = field(default_factory=list)

    def finish(self) -> Item:
        return Item(unescape(self.text), tuple(item.finish() for item in self.items), self.is_listed, self.number)


def unescape(text: str) -> str:
    r"""`\>=8` as it is meant: `>=8`; on one line."""
    return " ".join(ESCAPE.sub(r"\1", text).split())


def parse_items(text: str) -> tuple[Item, ...]:
    """Paragraphs and lists of a text."""
    top: list[_Draft] = []
    open_items: list[_Draft] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        bare = line.expandtabs(4).strip()
        if not bare:
            for item in open_items:
                item.is_closed = True
            if open_items and not open_items[0].is_listed:
                open_items = []
            continue
        _take_line(bare, len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()), top, open_items)
    return tuple(item.finish() for item in top)


def _take_line(bare: str, indent: int, top: list[_Draft], open_items: list[_Draft]) -> None:
    """A line begins an item or a paragraph, or goes on with the one before."""
    marker = MARKER.match(bare)
    is_lettered = LETTERED.match(bare) is not None
    if not marker and not is_lettered:
        while open_items and open_items[-1].is_closed and indent <= open_items[-1].indent:
            open_items.pop()
        if open_items:
            open_items[-1].text += f" {bare}"
            open_items[-1].is_closed = False
        else:
            paragraph = _Draft(indent, bare, is_listed=False)
            top.append(paragraph)
            open_items[:] = [paragraph]
        return
    while open_items and (not open_items[-1].is_listed or indent <= open_items[-1].indent):
        open_items.pop()
    del open_items[DEEPEST:]
    text = bare[marker.end() :] if marker else bare
    item = _Draft(indent, text, is_listed=True, number=(marker["number"] or "") if marker else "")
    (open_items[-1].items if open_items else top).append(item)
    open_items.append(item)


def parse_criteria(text: str) -> tuple[Criteria, ...]:
    """The eligibility text, cut at its headings: what must hold, what must not, and what belongs to neither."""
    found: list[Criteria] = []
    for kind, heading, part in _iter_parts(text):
        items = _with_lists_below(parse_items(part))
        if items or heading:
            found.append(Criteria(kind, heading, items))
    return tuple(found)


def _iter_parts(text: str) -> Iterator[tuple[str, str, str]]:
    kind, heading = "", ""
    lines: list[str] = []
    for line in _iter_lines(text):
        found = _find_heading(line)
        if found is None:
            lines.append(line)
            continue
        yield kind, heading, "\n".join(lines)
        kind, heading, rest = found
        lines = [rest]
    yield kind, heading, "\n".join(lines)


def _iter_lines(text: str) -> Iterator[str]:
    """The lines of a text, each heading on a line of its own."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        marker = MARKER.match(line.lstrip())
        start = len(line) - len(line.lstrip()) + marker.end() if marker else 0
        yield from (line[:start] + WITHIN_LINE.sub("\n", line[start:])).split("\n")


def _find_heading(line: str) -> tuple[str, str, str] | None:
    """Kind and words of a heading, and what follows it on its line."""
    marker = MARKER.match(line.lstrip())
    bare = (line.lstrip()[marker.end() :] if marker else line).strip().strip("*_# ").rstrip()
    is_plain = marker is None and bool(line[:1].strip())
    match = HEADING.match(bare) if is_plain or EXACT_HEADING.fullmatch(bare) else None
    if match is None or not _is_heading(match, bare):
        return None
    number = marker["number"] or "" if marker else ""
    return _kind(match["heading"]), unescape(f"{number} {match['heading']}"), bare[match.end() :]


def _kind(heading: str) -> str:
    """`Non-inclusion criteria` exclude; a heading over both kinds says nothing of either."""
    kinds = {found.lower() for found in re.findall(r"\binclusion|\bexclusion", heading, re.IGNORECASE)}
    if len(kinds) != 1:
        return ""
    return "exclusion" if re.search(r"\bnon[ -]?inclusion\b", heading, re.IGNORECASE) else kinds.pop()


def _is_heading(match: re.Match[str], bare: str) -> bool:
    """`Inclusion Criteria:` and `Exclusion criteria for therapists`, and no sentence that speaks of criteria."""
    says_criteria = re.search(r"criteri", match["heading"], re.IGNORECASE) is not None
    is_short = len(match["heading"].split()) <= 8  # noqa: PLR2004 - words of a heading
    return is_short and (bool(match["colon"]) or match.end() == len(bare)) and (says_criteria or bool(match["colon"]))


def _with_lists_below(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """A paragraph that ends in a colon leads the list that follows it."""
    led: list[Item] = []
    for item in items:
        before = led[-1] if led else None
        if item.is_listed and before is not None and not before.is_listed and before.text.endswith(":"):
            led[-1] = Item(before.text, (*before.items, item))
        else:
            led.append(item)
    return tuple(led)
