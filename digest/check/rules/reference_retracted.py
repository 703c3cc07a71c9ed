"""A reference that was retracted, withdrawn or removed, wholly or in part, as far as the last audit knew.

Its entry carries a banner, and so does every list and export with it. Readers should also find in the entry itself
what that means for practice. This is a warning and never an error: a site does not stop building because time
passes. `digest audit` asks Crossref, which has the Retraction Watch database too, and PubMed, and keeps what it
learnt in `bib/status.json`.

Passes:

    "bloom2023mulch": {"doi": "10.1000/garden.17", "sources": ["crossref"]}

Fails:

    "bloom2023mulch": {"doi": "10.1000/garden.17", "sources": ["crossref"], "notices": [
      {"kind": "retraction", "date": "2024-05-01", "doi": "10.1000/garden.99", "sources": ["publisher"]}]}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.known import check_notices
from digest.model.status import NoticeKind
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    todo = "say in the entry what the notice says, or stop citing the work"
    yield from check_notices(context, "reference-retracted", SEVERITY, _retracts, todo)


def _retracts(kind: NoticeKind) -> bool:
    return kind.retracts
