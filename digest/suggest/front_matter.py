"""Edits of lists in YAML that touch nothing else: adding, renaming and removing items of a field.

Takes a `Source` and the `Places` of what stands in it; gives `Edit`s for a person to agree to. Flow lists (`[a, b]`)
stay flow lists, block lists stay block lists.
"""

from collections.abc import Sequence

from digest.model.source import Places, Source
from digest.problem import Edit, Span

QUOTES = "\"'"


def add_items(source: Source, places: Places, field: str, new: Sequence[str]) -> list[Edit]:
    """Append to a list field; a field that is empty or missing becomes a flow list."""
    if not new:
        return []
    if not places.has(field):
        return [_new_line(source, places, f"{field}: [{', '.join(new)}]")]
    if not places.has(field, 0):
        span = places.at(field)
        if source.text[span.start : span.end].startswith("["):
            return [Edit(span, f"[{', '.join(new)}]")]
        colon = source.text.index(":", places.key_at(field).end) + 1
        return [Edit(source.span(colon), f" [{', '.join(new)}]")]
    last = _items(places, field)[-1]
    end = last.end + (source.text[last.end : last.end + 1] in tuple(QUOTES))
    if _is_flow(source, places, field):
        return [Edit(source.span(end), "".join(f", {each}" for each in new))]
    line, _ = source.line_column(last.start)
    indent = source.line(line)[: source.line(line).index("-")]
    end = source.line_start(line) + len(source.line(line).rstrip())  # a comment stays with its item
    return [Edit(source.span(end), "".join(f"{_newline(source)}{indent}- {each}" for each in new))]


def rename_item(source: Source, places: Places, field: str, old: str, new: str) -> list[Edit]:
    """Put `new` where `old` stands; if the list has it already, take `old` out."""
    spans = _items(places, field)
    names = [source.text[span.start : span.end] for span in spans]
    if old not in names:
        return []
    index = names.index(old)
    if new not in names:
        return [Edit(spans[index], new)]
    rest = [name for name in names if name != old]
    if _is_flow(source, places, field):
        return [Edit(places.at(field), f"[{', '.join(rest)}]")]
    line, _ = source.line_column(spans[index].start)
    return [Edit(source.span(source.line_start(line), source.line_start(line + 1)), "")]


def _items(places: Places, field: str) -> list[Span]:
    spans: list[Span] = []
    while places.has(field, len(spans)):
        spans.append(places.at(field, len(spans)))
    return spans


def _is_flow(source: Source, places: Places, field: str) -> bool:
    span = places.at(field)
    return source.text[span.start : span.start + 1] == "["


def _newline(source: Source) -> str:
    return "\r\n" if "\r\n" in source.text else "\n"


def _new_line(source: Source, places: Places, text: str) -> Edit:
    """A line below the last field, indented as the fields are."""
    last = max((span.end for span in places.values.values()), default=places.whole.start)
    column = max((source.line_column(span.start)[1] for key, span in places.keys.items() if len(key) == 1), default=1)
    line, _ = source.line_column(last)
    at = source.line_start(line + 1)
    before = "" if source.text[:at].endswith("\n") else _newline(source)
    return Edit(source.span(at), f"{before}{' ' * (column - 1)}{text}{_newline(source)}")
