"""What nobody took out of a record, as rows of plain text: a field without a place of its own is shown all the same."""

import re
from collections.abc import Iterator
from typing import Any

from digest.model.listing import Further
from digest.read.registry_text import unescape
from digest.read.registry_words import say_code, say_name

NOT_TOLD = frozenset({"resultsSection", "_note"})
"""Parts that are no listing: results are large and have their own pages in the registry; `hasResults` tells of them."""


def iter_further(data: dict[str, Any]) -> Iterator[Further]:
    """What nobody took, as rows of plain text."""
    for section, parts in data.items():
        if section in NOT_TOLD:
            continue
        if not isinstance(parts, dict):
            yield from _iter_rows("Record", section, parts)
            continue
        for module, fields in parts.items():
            name = say_name(module.removesuffix("Module"))
            if isinstance(fields, dict):
                for label, value in fields.items():
                    yield from _iter_rows(name, label, value)
            else:
                yield from _iter_rows(name, module, fields)


def _iter_rows(section: str, label: str, value: Any) -> Iterator[Further]:
    values = tuple(text for text in _iter_values(value) if text)
    if values:
        yield Further(section, say_name(label), values)


def _iter_values(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield _flat(each)
    elif isinstance(value, dict) and any(isinstance(each, dict | list) for each in value.values()):
        for name, each in value.items():
            text = "; ".join(filter(None, _iter_values(each)))
            if text:
                yield f"{say_name(name)}: {text}"
    else:
        yield _flat(value)


def _flat(value: Any) -> str:
    """One line for a value with everything in it; several fields each with its name, since `yes, no` tells nothing."""
    if isinstance(value, dict):
        told = [(say_name(name), text) for name, each in value.items() if (text := _flat(each))]
        return told[0][1] if len(value) == 1 and told else ", ".join(f"{name}: {text}" for name, text in told)
    if isinstance(value, list):
        return ", ".join(text for each in value if (text := _flat(each)))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = unescape(str(value))
    return say_code(text) if re.fullmatch(r"[A-Z]+(?:_[A-Z0-9]+)+", text) else text
