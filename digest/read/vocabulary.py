"""`vocabulary/*.yml` to topics, types of research, glossary and wording rules."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from digest.model.fields import Fields
from digest.model.source import Key, Places, Source
from digest.model.vocabulary import (
    GlossaryTerm,
    GlossaryTermFields,
    ResearchType,
    ResearchTypeFields,
    Topic,
    TopicFields,
    WordingRule,
    WordingRuleFields,
)
from digest.problem import Problem, Severity, Span
from digest.read.fields import read_fields
from digest.read.files import Files
from digest.read.yaml_tree import parse_yaml

RULE = "vocabulary-malformed"
R = TypeVar("R")


@dataclass(frozen=True)
class _List(Generic[R]):
    """One of the lists."""

    path: str
    fields: type[Fields]
    make: Callable[..., R]
    required: tuple[str, ...]
    """Fields that every item has."""
    is_needed: bool = False
    """Whether a digest must have this list."""


TOPICS = _List("vocabulary/topics.yml", TopicFields, Topic, ("id", "label", "definition"), is_needed=True)
RESEARCH_TYPES = _List(
    "vocabulary/research-types.yml",
    ResearchTypeFields,
    ResearchType,
    ("id", "label", "definition", "strength"),
    is_needed=True,
)
GLOSSARY = _List("vocabulary/glossary.yml", GlossaryTermFields, GlossaryTerm, ("term", "definition"))
WORDING_RULES = _List(
    "vocabulary/recruitment-wording.yml", WordingRuleFields, WordingRule, ("pattern", "why", "better", "source")
)


def read_topics(files: Files) -> list[Topic]:
    """`vocabulary/topics.yml`, in the order of the file."""
    return _read_list(files, TOPICS)


def read_research_types(files: Files) -> list[ResearchType]:
    """`vocabulary/research-types.yml`."""
    return _read_list(files, RESEARCH_TYPES)


def read_glossary(files: Files) -> list[GlossaryTerm]:
    """`vocabulary/glossary.yml`."""
    return _read_list(files, GLOSSARY)


def read_wording_rules(files: Files) -> list[WordingRule]:
    """`vocabulary/recruitment-wording.yml`."""
    return _read_list(files, WORDING_RULES)


def _read_list(files: Files, kind: _List[R]) -> list[R]:
    if kind.path not in files.paths:
        if kind.is_needed:
            fix = "add the file; `digest init` shows what it looks like"
            files.problems.append(_malformed(Span(kind.path), f"there is no '{kind.path}'", fix))
        return []
    source = files.read(kind.path)
    if source is None:
        return []
    tree = parse_yaml(source, 0, len(source.text), rule=RULE)
    files.problems += tree.problems
    if not isinstance(tree.data, list):
        if tree.data is not None or not tree.problems:
            files.problems.append(
                _malformed(source.span(0, len(source.line(1))), "the file is not a list", "begin each item with `- `")
            )
        return []
    if kind.is_needed and not tree.data:
        files.problems.append(_malformed(source.span(0, len(source.line(1))), "the list is empty", "add its items"))
    return [
        item
        for data, places in zip(tree.data, _places_of_items(tree.places, len(tree.data)), strict=True)
        for item in _read_item(files, source, kind, data, places, tree.unreadable)
    ]


def _read_item(  # noqa: PLR0913, PLR0917 - the item, and where it stands
    files: Files, source: Source, kind: _List[R], data: Any, places: Places, unreadable: Collection[Key]
) -> list[R]:
    if not isinstance(data, dict):
        written = "an item" if data is None else f"'{str(data)[:60]}'"
        fix = "write `- id: ...` and its other fields"
        files.problems.append(_malformed(places.whole, f"{written} has no fields", fix))
        return []
    fields, places, problems = read_fields(kind.fields, data, places, source)
    files.problems += problems
    reported = {problem.span for problem in problems}
    files.problems += [
        _malformed(places.key_at(name), f"'{_name(data)}' has no '{name}'", f"add `{name}: ...`")
        for name in kind.required
        if not getattr(fields, name).strip() and places.at(name) not in reported and (name,) not in unreadable
    ]
    return [kind.make(**vars(fields), path=source.path, places=places)]


def _name(data: dict[str, Any]) -> str:
    return str(next((value for value in data.values() if isinstance(value, str)), "this item"))


def _places_of_items(places: Places, number: int) -> list[Places]:
    """The places of each item, with keys that begin at the item; what is missing is pointed out at its first sign."""
    values: list[dict[Key, Span]] = [{} for _ in range(number)]
    keys: list[dict[Key, Span]] = [{} for _ in range(number)]
    for into, spans in ((values, places.values), (keys, places.keys)):
        for key, span in spans.items():
            if len(key) > 1 and isinstance(key[0], int):
                into[key[0]][key[1:]] = span
    wholes = [places.at(index) for index in range(number)]
    return [
        Places(Span(whole.path, whole.start, min(whole.end, whole.start + 1)), own_values, own_keys)
        for whole, own_values, own_keys in zip(wholes, values, keys, strict=True)
    ]


def _malformed(span: Span, message: str, fix: str) -> Problem:
    return Problem(RULE, Severity.ERROR, span, message, fix=fix)
