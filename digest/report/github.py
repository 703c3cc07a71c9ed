"""Problems as GitHub annotations: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""

from collections.abc import Mapping, Sequence

from digest.model.source import Source
from digest.problem import Problem, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def format_github(problems: Sequence[Problem], sources: Mapping[str, Source]) -> str:
    """One workflow command a problem."""
    return "".join(_command(problem, sources.get(problem.span.path)) + "\n" for problem in problems)


def _command(problem: Problem, source: Source | None) -> str:
    line, column = source.line_column(problem.span.start) if source else (1, 1)
    end_line, end_column = source.line_column(problem.span.end) if source else (1, 1)
    place = {"file": problem.span.path, "line": line, "endLine": end_line, "col": column, "endColumn": end_column}
    properties = ",".join(f"{name}={_escape_property(str(value))}" for name, value in place.items())
    text = "\n".join(part for part in (problem.message, problem.why, problem.fix) if part)
    title = _escape_property(problem.rule)
    return f"::{COMMANDS[problem.severity]} {properties},title={title}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
