"""Items of JSON to References: CSL-JSON and Crossref's works, which often come mixed.

Takes a stream; gives a Record or Refused for each item; never raises on bad content.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from digest.read.crossref import CSL_TYPES, parse_crossref_work
from digest.read.records.csl_json import parse_csl_item
from digest.read.records.json_items import Found, iter_json, iter_json_lines
from digest.read.records.kinds import JSON_LINES
from digest.read.records.record import Outcome, Refused, accept
from digest.read.records.stream import TextStream

ONLY_CROSSREF = frozenset({
    "content-domain", "deposited", "indexed", "is-referenced-by-count", "member", "prefix", "reference-count",
    "references-count",
})  # fmt: skip
CROSSREF_TYPES = frozenset(CSL_TYPES) - frozenset(CSL_TYPES.values())
CSL_TYPE_HINTS = frozenset({"title", "author", "DOI", "URL", "issued", "container-title", "type"})


def iter_works(stream: TextStream, *, one_a_line: bool = False) -> Iterator[Outcome]:
    """The items of a file of JSON or, where there is one a line, of JSON Lines."""
    in_lines = one_a_line or JSON_LINES.match(stream.head)
    found: Iterator[Found] = iter_json_lines(stream) if in_lines else iter_json(stream)
    for item in found:
        yield item if isinstance(item, Refused) else _outcome(*item, stream)


def is_crossref(item: Mapping[str, Any]) -> bool:
    """Whether an item is a work of Crossref's own, and not CSL-JSON, which looks much like it."""
    kind = item.get("type")
    return (
        isinstance(item.get("title"), list)
        or not ONLY_CROSSREF.isdisjoint(item)
        or (isinstance(kind, str) and kind in CROSSREF_TYPES)
    )


def _outcome(item: Any, line: int, stream: TextStream) -> Outcome:
    if not isinstance(item, Mapping):
        return Refused(stream.path, line, f"the item is no object with fields, but {_what(item)}")
    if "itemType" in item or "itemType" in (item.get("data") or ()):
        return Refused(stream.path, line, "the item is in Zotero's own JSON: export it as CSL JSON or BibTeX")
    if is_crossref(item):
        work = parse_crossref_work(item, path=stream.path)
        return accept(replace(work, citation_key="", places=stream.places), line)
    return accept(parse_csl_item(item, stream.path, stream.places), line)


def _what(item: Any) -> str:
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(item), "nothing")
