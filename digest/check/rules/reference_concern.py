"""A reference about which its journal has published an expression of concern, as far as the last audit knew.

The journal doubts the work and has not decided yet: its entry shows that, and a retraction may follow.

Passes:

    "bloom2023mulch": {"doi": "10.1000/garden.17", "sources": ["crossref"]}

Fails:

    "bloom2023mulch": {"doi": "10.1000/garden.17", "sources": ["pubmed"], "notices": [
      {"kind": "expression-of-concern", "date": "2024-05", "pmid": "12345678", "sources": ["pubmed"]}]}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.known import check_notices
from digest.model.status import NoticeKind
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    todo = "read the notice, and say in the entry what it doubts"
    yield from check_notices(context, "reference-concern", SEVERITY, _is_concern, todo)


def _is_concern(kind: NoticeKind) -> bool:
    return kind is NoticeKind.CONCERN
