"""Offering edits: shown as a diff, applied when the editor agrees."""

import difflib
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from digest.model.library import Library
from digest.problem import Edit, Problem


def offer_edits(root: Path, library: Library, edits: Iterable[Edit], *, yes: bool) -> list[str]:
    """Show what would change; change it when told so. Without a terminal and without `--yes` it is only shown.

    Gives the paths of the files that were changed.
    """
    changed = changed_texts(library, edits)
    if not changed:
        click.echo("nothing here can be mended automatically", err=True)
        return []
    for path, (before, after) in changed.items():
        click.echo(_diff(path, before, after), nl=False, err=True)
    if not yes and not (sys.stdin.isatty() and click.confirm(f"Apply to {len(changed)} file(s)?", err=True)):
        click.echo("nothing was changed", err=True)
        return []
    written = [path for path, (before, after) in changed.items() if _write(root / path, before, after)]
    for path in written:
        click.echo(f"mended {path}", err=True)
    return written


def edits_of(problems: Iterable[Problem]) -> list[Edit]:
    """Everything that the problems offer to mend."""
    return [edit for problem in problems for edit in problem.edits]


def changed_texts(library: Library, edits: Iterable[Edit]) -> Mapping[str, tuple[str, str]]:
    """Path to its text before and after all edits; of edits that overlap the first one counts."""
    by_path: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_path[edit.span.path].append(edit)
    changed = {}
    for path in sorted(by_path):
        source = library.sources.get(path)
        before = source.text if source else ""
        after = apply_edits(before, by_path[path])
        if after != before:
            changed[path] = (before, after)
    return changed


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Replace spans by texts; several insertions at one place follow each other in order."""
    pieces, position = [], 0
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start < position:
            continue
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*pieces, text[position:]])


def _diff(path: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{path}", f"b/{path}"
    )
    return "".join(line if line.endswith("\n") else line + "\n\\ no newline at the end\n" for line in lines)


def _write(path: Path, before: str, after: str) -> bool:
    """Replace a file in one step, unless somebody changed it meanwhile; whether it was."""
    if path.exists() and path.read_bytes() != before.encode():
        click.echo(f"{path} has changed meanwhile and was left alone", err=True)
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.digest-fix")
    partial.write_bytes(after.encode())
    if path.exists():
        partial.chmod(path.stat().st_mode)
    partial.replace(path)
    return True
