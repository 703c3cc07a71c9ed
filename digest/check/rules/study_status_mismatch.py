"""A study of which its page, the registry's record and the calendar say different things about recruitment.

The page offers a sign-up only while all three agree, so a visitor is never led to a study that is closed; but one of
the three is wrong, and the page tells its readers the most cautious of them. Compare: the page's `status`, the record
in `studies/registry/`, `sign_up: opens` and `closes`, and the record's dates of completion.

Passes:

    status: RECRUITING          # the record says so too, and its primary completion date is to come

Fails:

    status: RECRUITING          # the record says COMPLETED
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.recruitment import closing_day, last_day, statuses
from digest.model.study import RecruitmentStatus, Study
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING
RECRUITING = RecruitmentStatus.RECRUITING
STARTED = frozenset({RECRUITING, RecruitmentStatus.ENROLLING_BY_INVITATION, RecruitmentStatus.NOT_YET_RECRUITING})


def check(context: Context) -> Iterator[Problem]:
    """Look at studies."""
    for study in context.library.studies:
        yield from _check_words(study)
        yield from _check_calendar(context, study)
        yield from _check_dates(study)


def _problem(place: Span, message: str, fix: str, why: str = "") -> Problem:
    return Problem("study-status-mismatch", SEVERITY, place, message, why, fix)


def _place(study: Study) -> Span:
    return study.places.at("status") if study.places.has("status") else study.places.at("registry")


def _check_words(study: Study) -> Iterator[Problem]:
    page, record = statuses(study)
    if page and record and page != record:
        day = f" (fetched {study.record.fetched})" if study.record and study.record.fetched else ""
        message = f"the page says {page}, and the registry's record {study.registry} says {record[:60]}{day}"
        fix = f"ask the study team; fetch the record again (`digest study fetch {study.registry}`) or mend `status`"
        yield _problem(_place(study), message, fix, "as long as they differ, nobody is told to sign up")


def _check_calendar(context: Context, study: Study) -> Iterator[Problem]:
    """A word that the calendar has overtaken."""
    closes, opens = closing_day(study), study.sign_up.opens if study.sign_up else None
    said = zip(("page", "record"), statuses(study), strict=True)
    going_on = [f"the {whose} says {status}" for whose, status in said if status in STARTED]
    if going_on and closes is not None and closes < context.today:
        named = "`sign_up: closes`" if study.sign_up and study.sign_up.closes else "the record's completion date"
        message = f"{' and '.join(going_on)}, and {named} was {closes}"
        fix = "ask the study team whether it still recruits; then mend `status`, or set a later `sign_up: closes`"
        yield _problem(_place(study), message, fix, "the page tells readers that recruitment has closed")
    elif study.status is RECRUITING and opens is not None and context.today < opens:
        message = f"the page says RECRUITING, and sign-up opens on {opens}"
        yield _problem(
            _place(study), message, "write `status: NOT_YET_RECRUITING` until then, or mend `sign_up: opens`"
        )
    elif study.status is RecruitmentStatus.NOT_YET_RECRUITING and opens is not None and opens <= context.today:
        message = f"the page says NOT_YET_RECRUITING, and sign-up opened on {opens}"
        yield _problem(_place(study), message, "write `status: RECRUITING`, or mend `sign_up: opens`")


def _check_dates(study: Study) -> Iterator[Problem]:
    """Dates of the page that contradict each other or the record."""
    sign_up = study.sign_up
    if sign_up is None or sign_up.closes is None:
        return
    completion = last_day(study.listing.completion) or last_day(study.listing.primary_completion)
    if completion is not None and completion < sign_up.closes:
        message = f"sign-up closes on {sign_up.closes}, after the study's end on {completion} in the record"
        yield _problem(study.places.at("sign_up", "closes"), message, "ask the study team which of the two holds")
    if sign_up.opens is not None and sign_up.closes < sign_up.opens:
        message = f"sign-up closes on {sign_up.closes}, before it opens on {sign_up.opens}"
        yield _problem(study.places.at("sign_up", "closes"), message, "mend one of the two days")
