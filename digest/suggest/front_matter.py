"""Edits of lists in YAML that touch nothing else: adding, renaming and removing items of a field.

Takes a `Source` and the `Places` of what stands in it; gives `Edit`s for a person to agree to. Flow lists (`[a, b]`)
stay flow lists, block lists stay block lists.
"""

import re
from collections.abc import Sequence

from digest.model.source import Places, Source
from digest.problem import Edit, Span
from digest.read.yaml_tree import NOTHING

QUOTES = "\"'"
FLOW = re.compile(r"\s*(?:[&!]\S*\s+)*\[")


def add_items(source: Source, places: Places, field: str, new: Sequence[str]) -> list[Edit]:
    """Append to a list field; one that is empty, missing or a single text becomes a flow list.

    No edit where the field could not be read.
    """
    if not new:
        return []
    if not places.has(field):
        return [_new_field(source, places, f"{field}: [{', '.join(new)}]")]
    items = _items(source, places, field)
    if not items:
        return _fill(source, places, field, new)
    if _is_flow(source, places, field):
        return [Edit(source.span(items[-1].end), "".join(f", {each}" for each in new))]
    line, dash = _dash(source, items[-1])
    line = max(line, source.line_column(items[-1].end)[0])
    indent = source.text[source.line_start(source.line_column(dash)[0]) : dash]
    end = source.line_start(line) + len(source.line(line).rstrip())  # a comment stays with its item
    return [Edit(source.span(end), "".join(f"{_newline(source)}{indent}- {each}" for each in new))]


def _fill(source: Source, places: Places, field: str, new: Sequence[str]) -> list[Edit]:
    """A list where there is none yet: `[]`, nothing at all, or a text, which becomes its first item."""
    if (field,) not in places.keys:
        return []
    span = _quoted(source, places.at(field))
    written = source.text[span.start : span.end]
    if written[:1] in ("|", ">", "{", "&", "*", "!"):
        return []
    kept = [] if written.startswith("[") or written.strip(QUOTES) in NOTHING else [written]
    text = f"[{', '.join([*kept, *(each for each in new if each != written.strip(QUOTES))])}]"
    if written:
        return [Edit(span, text)]
    return [Edit(source.span(source.text.index(":", places.key_at(field).end) + 1), f" {text}")]


def rename_item(source: Source, places: Places, field: str, old: str, new: str) -> list[Edit]:
    """Put `new` where `old` stands; if the list has it already, take `old` out."""
    items = _items(source, places, field)
    names = [source.text[item.start : item.end].strip(QUOTES) for item in items]
    if old not in names:
        return []
    index = names.index(old)
    if new not in names:
        return [Edit(items[index] if new[:1] in QUOTES else places.at(field, index), new)]
    if _is_flow(source, places, field):
        last = index + 1 == len(items)
        start, end = (items[index - 1].end, items[index].end) if last else (items[index].start, items[index + 1].start)
        return [Edit(source.span(start, end), "")]
    line, dash = _dash(source, items[index])
    first, _ = source.line_column(dash)
    return [Edit(source.span(source.line_start(first), source.line_start(line + 1)), "")]


def _items(source: Source, places: Places, field: str) -> list[Span]:
    """Where each item stands, its quotation marks included."""
    spans: list[Span] = []
    while places.has(field, len(spans)):
        spans.append(_quoted(source, places.at(field, len(spans))))
    return spans


def _quoted(source: Source, span: Span) -> Span:
    before = source.text[max(0, span.start - 1) : span.start]
    is_quoted = before in tuple(QUOTES) and source.text[span.end : span.end + 1] == before
    return source.span(span.start - 1, span.end + 1) if is_quoted else span


def _dash(source: Source, item: Span) -> tuple[int, int]:
    """The line of an item of a block list, and the offset of its dash, which may stand on a line before."""
    line, _ = source.line_column(item.start)
    first = line
    while first > 1 and not source.line(first).lstrip().startswith("-"):
        first -= 1
    return line, source.text.index("-", source.line_start(first))


def _is_flow(source: Source, places: Places, field: str) -> bool:
    """Whether the list stands in brackets, after an anchor or a tag perhaps."""
    colon = source.text.index(":", places.key_at(field).end)
    return FLOW.match(source.text, colon + 1) is not None


def _newline(source: Source) -> str:
    return "\r\n" if "\r\n" in source.text else "\n"


def stands_in_braces(source: Source, places: Places) -> bool:
    """Whether the fields stand as in `{id: mulch, label: Mulch}`."""
    return source.text[places.whole.start : places.whole.start + 1] == "{"


def lines_of_item(source: Source, places: Places) -> Span:
    """An item of a list of groups of fields, from its dash to the end of its last line."""
    line, dash = _dash(source, places.whole)
    last = max((span.end for span in places.values.values()), default=places.whole.end)
    end = source.text.index("}", last) if stands_in_braces(source, places) else last
    first, _ = source.line_column(dash)
    return source.span(source.line_start(first), source.line_start(max(line, source.line_column(end)[0]) + 1))


def _new_field(source: Source, places: Places, text: str) -> Edit:
    """A line below the last field, indented as the fields are; in braces behind the last one."""
    last = max((_quoted(source, span).end for span in places.values.values()), default=places.whole.start)
    if stands_in_braces(source, places):
        return Edit(source.span(last), f", {text}")
    column = max((source.line_column(span.start)[1] for key, span in places.keys.items() if len(key) == 1), default=1)
    line, _ = source.line_column(last)
    at = source.line_start(line + 1)
    line_of_field, newline = f"{' ' * (column - 1)}{text}", _newline(source)
    return Edit(
        source.span(at), line_of_field + newline if source.text[:at].endswith("\n") else newline + line_of_field
    )
