"""What the rules found when they last looked: as long as nothing but bodies changed, only those are looked at again.

A rule's `check` depends on every file's face (`Fingerprint`), the day and the program; its `check_document` on the
document's text besides. Nothing else is believed, and what is damaged is found anew.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.check.context import Context
from digest.check.rule import iter_rules
from digest.model.library import Library
from digest.model.lookup import Document
from digest.problem import Edit, Problem, Severity, Span
from digest.read.program import program_fingerprint
from digest.read.sealed import NOT_THIS_FORM, SealedFolder

FOLDER = ".digest/cache/check"
"""Below the digest's folder."""
FILE = "problems.json"


class ProblemCache:
    """What was found in one digest."""

    def __init__(self, root: Path) -> None:
        self._folder = SealedFolder(root, FOLDER)
        self._last: tuple[bytes, Mapping[str, Any]] | None = None

    def read(self, key: bytes) -> Any:
        """What was kept under this key, or an empty mapping."""
        if self._last is None:
            kept = self._folder.read(FILE, key)
            return kept if isinstance(kept, dict) else {}
        return self._last[1] if self._last[0] == key else {}

    def write(self, key: bytes, data: Mapping[str, Any]) -> None:
        """Keep what was found: on the disk what was found first, and in memory what a preview finds at each change."""
        is_first = self._last is None
        self._last = (key, data)
        if is_first:
            self._folder.write(FILE, key, data)


def check_again(context: Context, cache: ProblemCache) -> list[Problem]:
    """Every problem that the rules find."""
    try:
        key = json.dumps([program_fingerprint(), context.today.isoformat(), context.library.face]).encode()
    except OSError:  # then nothing is sure to be of the same program
        return [problem for rule in iter_rules() for problem in rule.find_problems(context)]
    kept = cache.read(key)
    try:
        of_library = _from_plain(kept["library"], context.library)
        of_documents = dict(kept["documents"])
    except NOT_THIS_FORM:
        of_library = [problem for rule in iter_rules() if rule.check for problem in rule.check(context)]
        of_documents = {}
    found = list(of_library)
    now: dict[str, Any] = {}
    for document in context.library.iter_documents():
        path = document.path
        content = context.library.fingerprints[path].content
        told = of_documents.get(path)
        problems = _known(told, content, context.library)
        if problems is None:
            problems = _check_document(context, document)
            told = [content, [_to_plain(problem) for problem in problems]]
        now[path] = told
        found += problems
    if not kept or now != of_documents:
        cache.write(key, {"library": [_to_plain(problem) for problem in of_library], "documents": now})
    return found


def _known(kept: Any, content: str, library: Library) -> Sequence[Problem] | None:
    try:
        return _from_plain(kept[1], library) if kept[0] == content else None
    except NOT_THIS_FORM:
        return None


def _check_document(context: Context, document: Document) -> Sequence[Problem]:
    rules = (rule.check_document for rule in iter_rules() if rule.check_document)
    return [problem for check in rules for problem in check(context, document)]


def _to_plain(problem: Problem) -> list[Any]:
    edits = [[*_parts(edit.span), edit.text] for edit in problem.edits]
    texts = [problem.rule, problem.severity, problem.message, problem.why, problem.fix]
    return [texts, _parts(problem.span), edits]


def _from_plain(items: Any, library: Library) -> list[Problem]:
    """Problems as they were; one whose edits would change another file than the digest's is none."""
    if items == []:  # as most documents have it
        return []
    problems = [_problem(item) for item in items]
    strange = [edit.span for each in problems for edit in each.edits if edit.span.path not in library.sources]
    if strange:
        raise ValueError(strange)
    return problems


def _problem(item: Any) -> Problem:
    (rule, severity, message, why, fix), span, edits = item
    _check(str, (rule, message, why, fix))
    changes = tuple(Edit(_span(place), text) for *place, text in edits)
    _check(str, (edit.text for edit in changes))
    return Problem(rule, Severity(severity), _span(span), message, why, fix, changes)


def _parts(span: Span) -> tuple[str, int, int]:
    return span.path, span.start, span.end


def _span(parts: Sequence[Any]) -> Span:
    path, start, end = parts
    _check(str, (path,))
    _check(int, (start, end))
    return Span(path, start, end)


def _check(kind: type, values: Iterable[Any]) -> None:
    if not all(type(value) is kind for value in values):
        raise TypeError(kind)
