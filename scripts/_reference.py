"""Pages of docs/ to the same pages with their generated parts renewed.

A generated part stands between `<!-- generated: WHAT -->` and `<!-- end -->`; all else on a page is a person's and
stays. Runs in `.venv/`, since it imports the program; `scripts/docs` starts it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Callable, Iterator

from _reference_fields import field_table, setting_table
from _reference_program import (
    command_sections,
    course_rule_sections,
    decision_list,
    room_sections,
    rule_sections,
    wall_list,
)

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PART = re.compile(r"(<!-- generated: (?P<what>[^\n]*?) -->\n).*?(?=<!-- end -->)", re.DOTALL)
KINDS: dict[str, Callable[[str], str]] = {
    "fields": field_table,
    "settings": setting_table,
    "commands": lambda _: command_sections(),
    "rules": lambda _: rule_sections(),
    "course-rules": lambda _: course_rule_sections(),
    "rooms": lambda _: room_sections(ROOT),
    "walls": lambda _: wall_list(ROOT),
    "decisions": lambda _: decision_list(DOCS / "decisions"),
}
"""First word of WHAT, and what makes the part; the words behind it are handed over."""


def iter_pages() -> Iterator[Path]:
    """Every page of docs/."""
    yield from sorted(DOCS.rglob("*.md"))


def renew(text: str) -> str:
    """A page with every generated part as it would be made today."""
    return PART.sub(lambda match: f"{match[1]}\n{make_part(match['what'])}\n\n", text)


def make_part(what: str) -> str:
    """What stands between the marks, without the blank lines around it."""
    kind, _, argument = what.partition(" ")
    if kind not in KINDS:
        raise SystemExit(f"docs: there is no kind of generated part called '{kind}', only {', '.join(KINDS)}")
    return KINDS[kind](argument).strip()


def main() -> int:
    """Renew, or with `--check` only name what is stale."""
    check = "--check" in sys.argv[1:]
    stale = 0
    for path in iter_pages():
        before = path.read_text(encoding="utf-8")
        after = renew(before)
        if after == before:
            continue
        stale += 1
        name = path.relative_to(ROOT).as_posix()
        if check:
            print(f"{name} is stale: `scripts/docs` renews it")
        else:
            path.write_bytes(after.encode())
            print(f"renewed {name}")
    if not stale:
        print("every page is fresh")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
