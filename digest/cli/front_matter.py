"""Writing a new entry's file: YAML that reads back as what was meant."""

import json
import re
from collections.abc import Sequence

PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_ ()'’,./-]*[A-Za-z0-9)?!.])?")
NOT_TEXT = re.compile(r"(?i)(?:true|false|yes|no|on|off|null|~|[\d.:-]+)")


ALWAYS = ("title", "takeaway", "citations", "topics", "research_types")
"""Fields that every entry needs: written empty where they are not known, so that the editor sees what to fill in."""


def entry_text(*, body: str, draft: bool = False, **fields: str | Sequence[str]) -> str:
    """Front matter and body of a new entry."""
    lines = [f"{name}: {_value(fields.get(name, ''), name)}".rstrip() for name in ALWAYS]
    lines += [f"{name}: {_value(value, name)}" for name, value in fields.items() if name not in ALWAYS and value]
    lines += ["draft: true"] * draft
    return "\n".join(["---", *lines, "---", "", body.strip(), ""])


def _value(value: str | Sequence[str], name: str) -> str:
    if isinstance(value, str):
        return _scalar(value) if value or name in {"title", "takeaway"} else "[]"
    return f"[{', '.join(_scalar(item, in_list=True) for item in value)}]"


def _scalar(text: str, *, in_list: bool = False) -> str:
    """Plain where that is safe, else in double quotes, whose escapes are those of JSON."""
    if not text:
        return ""
    safe = PLAIN.fullmatch(text) and not NOT_TEXT.fullmatch(text) and not (in_list and set(text) & set(",[]{}"))
    return text if safe else json.dumps(text, ensure_ascii=False)
