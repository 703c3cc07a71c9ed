"""A reference that was corrected, completed or clarified by its publisher, as far as the last audit knew.

Most corrections change nothing that a summary says; some change its numbers. This is advice: look once.

Passes:

    "bloom2023mulch": {"doi": "10.1000/garden.17", "sources": ["crossref"]}

Fails:

    "bloom2023mulch": {"doi": "10.1000/garden.17", "sources": ["crossref"], "notices": [
      {"kind": "correction", "date": "2024-05-01", "doi": "10.1000/garden.98", "sources": ["publisher"]}]}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.known import check_notices
from digest.model.status import NoticeKind
from digest.problem import Problem, Severity

SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Problem]:
    todo = "see whether the correction changes what the entry says"
    yield from check_notices(context, "reference-corrected", SEVERITY, _corrects, todo)


def _corrects(kind: NoticeKind) -> bool:
    return kind.corrects
