"""Problems as a compiler would tell them: place, message, the line, a mark under it, what to do."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from digest.model.source import Source
from digest.problem import Problem, Severity

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
WIDEST = 160


def format_text(problems: Sequence[Problem], sources: Mapping[str, Source], *, colour: bool = False) -> str:
    """Every problem, one after the other."""
    return "".join(format_problem(problem, sources, colour=colour) + "\n" for problem in problems)


def format_problem(problem: Problem, sources: Mapping[str, Source], *, colour: bool = False) -> str:
    """One problem. Its first line is `path:line:column: severity: message [rule]`, for grep and for editors."""
    source = sources.get(problem.span.path)
    line, column = source.line_column(problem.span.start) if source else (1, 1)
    severity = _paint(problem.severity.value, COLOURS[problem.severity], colour=colour)
    message = _one_line(problem.message)
    lines = [f"{problem.span.path}:{line}:{column}: {severity}: {message} [{problem.rule}]"]
    if source is not None and source.text:
        lines += _excerpt(source, problem, line, column)
    lines += [f"  why: {_one_line(problem.why)}"] if problem.why else []
    lines += [f"  fix: {_one_line(problem.fix)}"] if problem.fix else []
    return "\n".join(lines)


def _excerpt(source: Source, problem: Problem, line: int, column: int) -> Iterator[str]:
    """The line with a mark under the span; a long line is cut around it."""
    text = source.line(line)
    start = column - 1
    length = min(problem.span.end - problem.span.start, len(text) - start)
    cut = max(0, start - WIDEST // 3) if len(text) > WIDEST else 0
    shown = _printable(text[cut : cut + WIDEST])
    before, marked = shown[: start - cut], shown[start - cut : start - cut + max(length, 0)]
    number = str(line)
    yield f"  {number} | {shown}"
    yield f"  {' ' * len(number)} | {' ' * _width(before)}{'^' * max(1, _width(marked))}"


def _printable(text: str) -> str:
    """Tabs and control characters as one visible character each, so that marks stand below what they mean."""
    return "".join(" " if char == "\t" else char if char.isprintable() else "·" for char in text)


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else "·" for char in " ".join(text.split()))


def _width(text: str) -> int:
    """Columns on a terminal: East Asian wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[1;{code}m{text}\x1b[0m" if colour else text


def format_summary(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning in 3 files`, or that all is well."""
    if not problems:
        return "no problems found"
    counts = Counter(problem.severity for problem in problems)
    parts = [_count(counts[severity], severity.value) for severity in Severity if counts[severity]]
    files = len({problem.span.path for problem in problems})
    fixable = sum(bool(problem.edits) for problem in problems)
    hint = f"; `digest check --fix` offers to mend {fixable}" if fixable else ""
    return f"{', '.join(parts)} in {_count(files, 'file')}{hint}"


def _count(number: int, noun: str) -> str:
    plural = noun if noun == "advice" else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
