"""`vocabulary/*.yml` to topics, types of research, glossary and wording rules."""

from typing import Any, TypeVar

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
R = TypeVar("R", bound=Fields)
REQUIRED: dict[type[Fields], tuple[str, ...]] = {
    Topic: ("id", "label", "definition"),
    ResearchType: ("id", "label", "definition", "strength"),
    GlossaryTerm: ("term", "definition"),
    WordingRule: ("pattern", "why", "better", "source"),
}


def read_topics(files: Files) -> list[Topic]:
    """`vocabulary/topics.yml`, in the order of the file."""
    return _read_list(files, "vocabulary/topics.yml", TopicFields, Topic, required=True)


def read_research_types(files: Files) -> list[ResearchType]:
    """`vocabulary/research-types.yml`."""
    return _read_list(files, "vocabulary/research-types.yml", ResearchTypeFields, ResearchType, required=True)


def read_glossary(files: Files) -> list[GlossaryTerm]:
    """`vocabulary/glossary.yml`."""
    return _read_list(files, "vocabulary/glossary.yml", GlossaryTermFields, GlossaryTerm)


def read_wording_rules(files: Files) -> list[WordingRule]:
    """`vocabulary/recruitment-wording.yml`."""
    return _read_list(files, "vocabulary/recruitment-wording.yml", WordingRuleFields, WordingRule)


def _read_list(files: Files, path: str, fields_cls: type[Fields], cls: type[R], *, required: bool = False) -> list[R]:
    if path not in files.paths:
        if required:
            files.problems.append(
                _malformed(Span(path), f"there is no '{path}'", "add the file; `digest init` shows what it looks like")
            )
        return []
    source = files.read(path)
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
    return [
        item
        for index, data in enumerate(tree.data)
        for item in _read_item(files, source, tree.places, (index,), data, fields_cls, cls)
    ]


def _read_item(
    files: Files, source: Source, places: Places, key: Key, data: Any, fields_cls: type[Fields], cls: type[R]
) -> list[R]:
    own = _places_of_item(places, key)
    if not isinstance(data, dict):
        files.problems.append(_malformed(own.whole, f"'{data}' has no fields", "write `- id: ...` and its other fields"))
        return []
    fields, problems = read_fields(fields_cls, data, own, source)
    files.problems += problems
    reported = {problem.span for problem in problems}
    files.problems += [
        _malformed(own.key_at(name), f"'{_name(data)}' has no '{name}'", f"add `{name}: ...`")
        for name in REQUIRED[cls]
        if not getattr(fields, name) and own.at(name) not in reported
    ]
    return [cls(**vars(fields), path=source.path, places=own)]


def _name(data: dict[str, Any]) -> str:
    return str(next((value for value in data.values() if isinstance(value, str)), "this item"))


def _places_of_item(places: Places, key: Key) -> Places:
    depth = len(key)
    whole = places.at(*key)
    line_end = places.values.get((*key,), whole)
    return Places(
        Span(whole.path, whole.start, min(line_end.end, whole.start + 1)),
        {found[depth:]: span for found, span in places.values.items() if found[:depth] == key and found != key},
        {found[depth:]: span for found, span in places.keys.items() if found[:depth] == key},
    )


def _malformed(span: Span, message: str, fix: str) -> Problem:
    return Problem(RULE, Severity.ERROR, span, message, fix=fix)
