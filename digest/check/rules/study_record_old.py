"""A study whose record was fetched from the registry more than 90 days ago, or is not here at all.

Listings that nobody refreshes still call studies recruiting that ended years ago. A record changes until the study is
over and its results are posted: for a study that has ended this is advice only.

Passes:

    {"NCT01234567": {"fetched": "2026-11-01"}}           # studies/registry/fetched.json, and today is 2026-11-22

Fails:

    {"NCT01234567": {"fetched": "2026-01-01"}}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.recruitment import ENDED, statuses
from digest.model.study import Study
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
MOST_DAYS = 90


def check(context: Context) -> Iterator[Problem]:
    """Look at studies with a registry number."""
    for study in context.library.studies:
        message = _fault(context, study)
        if message:
            is_over = any(status in ENDED for status in statuses(study) if status)
            severity = Severity.ADVICE if is_over else SEVERITY
            fix = f"fetch it: `digest study fetch {study.registry}`"
            yield Problem("study-record-old", severity, study.places.at("registry"), message, fix=fix)


def _fault(context: Context, study: Study) -> str:
    if not study.registry:
        return ""
    if study.record is None:
        is_unread = f"studies/registry/{study.registry}.json" in context.library.files
        return "" if is_unread else f"the registry's record of '{study.registry}' is not here"
    fetched = study.record.fetched
    if fetched is None:
        return f"nobody knows when the record of {study.registry} was fetched"
    days = (context.today - fetched).days
    return f"the record of {study.registry} was fetched {days} days ago, on {fetched}" if days > MOST_DAYS else ""
