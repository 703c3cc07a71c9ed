"""Dataclasses of `digest.model` to Markdown tables: one row a field, with the words that stand under it in the code."""

from __future__ import annotations

import ast
import dataclasses
import datetime
import importlib
import inspect
import pkgutil
import re
import types
import typing
from enum import Enum
from typing import Any, Iterator, Sequence

import digest.model
from digest.model.fields import Fields

REQUIRED = re.compile(r"\s*Required( [^.]*)?\.")
SCALARS = {str: "text", int: "whole number", bool: "`true` or `false`", datetime.date: "day, `YYYY-MM-DD`"}
PLURALS = {str: "texts", int: "whole numbers", datetime.date: "days, `YYYY-MM-DD`"}


def iter_field_classes() -> Iterator[type[Any]]:
    """Every dataclass whose fields an editor may write, by name; not those that add what follows from the file."""
    for module in pkgutil.iter_modules(digest.model.__path__):
        importlib.import_module(f"digest.model.{module.name}")
    yield from sorted(Fields.__subclasses__(), key=lambda cls: cls.__name__)


def find_class(name: str) -> type[Any]:
    """The class of a generated part."""
    for cls in iter_field_classes():
        if cls.__name__ == name:
            return cls
    raise SystemExit(f"docs: there are no fields called '{name}' in digest/model/")


def field_table(name: str) -> str:
    """Field, what to write, whether it must be there, what it means."""
    rows = [
        (f"`{field.name}`", say_type(hint, field.name), "yes" if is_required(field, text) else "", meaning(text))
        for field, hint, text in iter_fields(find_class(name))
    ]
    return table(("field", "value", "required", "what it is"), rows)


def setting_table(name: str) -> str:
    """Key, what to write, what holds where it is left out, what it means."""
    rows = []
    for field, hint, text in iter_fields(find_class(name)):
        left_out = "required" if is_required(field, text) else say_default(field)
        rows.append((f"`{field.name}`", say_type(hint, field.name), left_out, meaning(text)))
    return table(("key", "value", "if left out", "what it is"), rows)


def iter_fields(cls: type[Any]) -> Iterator[tuple[dataclasses.Field[Any], Any, str]]:
    """Each field with its type and the words under it."""
    hints = typing.get_type_hints(cls)
    texts = read_field_texts(cls)
    for field in dataclasses.fields(cls):
        yield field, hints[field.name], texts.get(field.name, "")


def read_field_texts(cls: type[Any]) -> dict[str, str]:
    """The string under each field of a class, in its source."""
    tree = ast.parse(inspect.cleandoc(inspect.getsource(cls)))
    (body,) = (node.body for node in tree.body if isinstance(node, ast.ClassDef))
    texts = {}
    for node, below in zip(body, body[1:]):
        if isinstance(node, ast.AnnAssign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            texts[ast.unparse(node.target)] = " ".join(str(below.value.value).split())
    return texts


def is_required(field: dataclasses.Field[Any], text: str) -> bool:
    """Whether the words say so, or there is no default."""
    no_default = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    return no_default or REQUIRED.search(text) is not None


def meaning(text: str) -> str:
    """The words without a bare "Required.", which has its own column."""
    return REQUIRED.sub(lambda match: match[0] if match[1] else "", text)


def say_type(hint: Any, name: str) -> str:
    """A type as an editor would put it."""
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        (hint,) = (each for each in typing.get_args(hint) if each is not type(None))
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        return f"list of {PLURALS[item]}" if item in PLURALS else f"list of groups, see [`{name}`](#{name})"
    if dataclasses.is_dataclass(hint):
        return f"group of fields, see [`{name}`](#{name})"
    if issubclass(hint, Enum):
        return "one of " + ", ".join(f"`{each.value}`" for each in hint)
    return SCALARS[hint]


def say_default(field: dataclasses.Field[Any]) -> str:
    """The value that holds where nothing is written."""
    if field.default is dataclasses.MISSING or field.default in {"", ()}:
        return ""
    if isinstance(field.default, tuple):
        return f"`[{', '.join(field.default)}]`"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def table(heading: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [heading, ("---",) * len(heading), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
