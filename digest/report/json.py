"""Problems as one JSON document."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from digest.model.source import Source
from digest.problem import Edit, Problem, Severity


def problem_as_data(problem: Problem, source: Source | None) -> dict[str, Any]:
    """Every field, with lines and columns counted from 1 and edits as replaced ranges."""
    line, column = source.line_column(problem.span.start) if source else (1, 1)
    end_line, end_column = source.line_column(problem.span.end) if source else (1, 1)
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "path": problem.span.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "message": problem.message,
        "why": problem.why,
        "fix": problem.fix,
        "edits": [edit_as_data(edit) for edit in problem.edits],
    }


def edit_as_data(edit: Edit) -> dict[str, Any]:
    """A range of a file, in characters from its beginning, and what takes its place."""
    return {"path": edit.span.path, "start": edit.span.start, "end": edit.span.end, "text": edit.text}


def format_json(problems: Sequence[Problem], sources: Mapping[str, Source], **extra: object) -> str:
    """`{"problems": [...], "errors": n, "warnings": n, "advice": n}` and whatever else the command says."""
    document = {
        "problems": [problem_as_data(problem, sources.get(problem.span.path)) for problem in problems],
        "errors": sum(problem.severity is Severity.ERROR for problem in problems),
        "warnings": sum(problem.severity is Severity.WARNING for problem in problems),
        "advice": sum(problem.severity is Severity.ADVICE for problem in problems),
        **extra,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
