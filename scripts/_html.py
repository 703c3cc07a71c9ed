"""Whether pages are valid HTML, as html-validate sees it, and which faults are known and stay.

Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import _npm

RULES = {
    "root": True,
    "extends": ["html-validate:recommended"],
    "rules": {
        "doctype-style": "off",  # HTML takes it in any case
        "long-title": "off",  # a matter for search engines: a title is as long as the editor wrote it
        "no-inline-style": "off",  # columns of a table are aligned in place, and e-mails know no other styles
        "no-trailing-whitespace": "off",  # engines leave some between blocks of the theme
        "valid-id": ["error", {"relaxed": True}],  # our own ids begin with `_`, so that no heading's can be the same
    },
}
KNOWN = (
    (
        "valid-autocomplete",
        r"#__(drawer|search)",
        "theme",
        "Material's base.html draws two hidden boxes that nothing switches here",
    ),
    (
        "valid-autocomplete",
        r".* > label > input",
        "ours",
        "Firefox would keep a visitor's answers over a reload; HTML has no other word against it",
    ),
)
"""Faults that stay: rule, place, whose, and the reason. No more may come."""
KIND = re.compile(r'<div class="digest digest-([a-z-]+)">')


class Fault(NamedTuple):
    """What a page has wrong."""

    page: str
    line: int
    rule: str
    message: str
    place: str


def pages_of_each_kind(site: Path, most: int = 3) -> list[Path]:
    """Some pages of every kind, the longest first; and whatever has no kind, such as redirects and e-mails."""
    found: dict[str, list[tuple[int, Path]]] = {}
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        kind = KIND.search(text)
        found.setdefault(kind.group(1) if kind else path.parts[-2], []).append((-len(text), path))
    return [path for _, pages in sorted(found.items()) for _, path in sorted(pages)[:most]]


def find_faults(site: Path, pages: list[Path]) -> list[Fault]:
    """All faults of these pages, known ones among them. Raises NoProgram."""
    program = _npm.fetch_program("html-validate")
    with tempfile.TemporaryDirectory() as folder:
        rules, report = Path(folder) / "rules.json", Path(folder) / "report.json"
        rules.write_text(json.dumps(RULES), encoding="utf-8")
        # into a file: on its way out it cuts what a pipe has not taken
        command = [*program, "--config", str(rules), "--formatter", "json=" + str(report), *map(str, pages)]
        done = subprocess.run(command, check=False, capture_output=True)
        if not report.is_file():
            raise _npm.NoProgram("html-validate failed:\n" + done.stderr.decode("utf-8", "replace"))
        results = json.loads(report.read_text(encoding="utf-8"))
    return [
        Fault(
            Path(result["filePath"]).resolve().relative_to(site.resolve()).as_posix(),
            message["line"],
            message["ruleId"],
            message["message"],
            message.get("selector") or "",
        )
        for result in results
        for message in result["messages"]
    ]


def reason_of(fault: Fault) -> str:
    """Why a fault stays; nothing for one that must go."""
    return next((why for rule, place, _, why in KNOWN if rule == fault.rule and re.fullmatch(place, fault.place)), "")
