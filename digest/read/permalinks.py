"""`entries/permalinks.txt` to `Permalinks`."""

import re

from digest.model.permalink import Permalinks
from digest.problem import Problem, Severity, Span
from digest.read.files import Files

PATH = "entries/permalinks.txt"
PERMALINK = re.compile(r"/(?:[a-z0-9-]+/)+")


def read_permalinks(files: Files) -> Permalinks:
    """One permalink a line; empty lines and lines that begin with `#` are passed over."""
    source = files.read(PATH) if PATH in files.paths else None
    if source is None:
        return Permalinks(PATH, {}, Span(PATH), is_readable=PATH not in files.paths)
    spans: dict[str, Span] = {}
    after = 0
    for line in source.text.split("\n"):
        before, after = after, after + len(line) + 1
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        start = before + line.index(text)
        span = source.span(start, start + len(text))
        if not PERMALINK.fullmatch(text):
            files.problems.append(
                Problem(
                    "permalink-malformed",
                    Severity.ERROR,
                    span,
                    f"'{text}' is not a permalink",
                    fix="a permalink looks like /2023/01/a-title/: it begins and ends with '/'",
                )
            )
        spans.setdefault(text, span)
    end = len(source.text)
    return Permalinks(PATH, spans, source.span(end), source.text.endswith("\n") or not source.text)
