"""Whether a study takes participants on a day: what its page, its record and the calendar say."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from digest.model.study import RecruitmentStatus, Study

ENDED = frozenset(
    {
        RecruitmentStatus.ACTIVE_NOT_RECRUITING,
        RecruitmentStatus.COMPLETED,
        RecruitmentStatus.SUSPENDED,
        RecruitmentStatus.TERMINATED,
        RecruitmentStatus.WITHDRAWN,
    }
)
"""Statuses in which a study takes nobody any more, or nobody at present."""
DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:T.*)?")


class Phase(StrEnum):
    """What a visitor must know first."""

    OPEN = "open"
    NOT_YET = "not yet"
    BY_INVITATION = "by invitation"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    """Neither page nor record says that it recruits, or one says what nobody understands."""


@dataclass(frozen=True)
class Recruitment:
    """What page, record and calendar together say of a study on a day."""

    phase: Phase
    status: RecruitmentStatus | None
    """The word that decides; None where that is the calendar, or where nobody says anything."""
    opens: datetime.date | None
    closes: datetime.date | None
    """The last day to sign up, if one is known."""
    is_past: bool
    """Whether that day is over."""


def statuses(study: Study) -> tuple[RecruitmentStatus | None, str]:
    """What the page says of recruitment and what the registry's record says; empty if it says nothing."""
    return study.status, study.listing.status


def recruitment(study: Study, today: datetime.date) -> Recruitment:
    """All who speak of a study must agree that it recruits; one that says nothing agrees.

    A study of which neither page nor record says that it recruits is not open, nor one whose status nobody knows.
    """
    said = [str(status) for status in statuses(study) if status]
    known = [RecruitmentStatus(status) for status in said if status in RecruitmentStatus.__members__]
    opens = study.sign_up.opens if study.sign_up else None
    closes = closing_day(study)
    is_past = closes is not None and closes < today

    def told(phase: Phase, status: RecruitmentStatus | None = None) -> Recruitment:
        return Recruitment(phase, status, opens, closes, is_past)

    ended = [status for status in known if status in ENDED]
    if ended:
        return told(Phase.CLOSED, ended[-1])
    if len(known) < len(said) or not known or RecruitmentStatus.UNKNOWN in known:
        return told(Phase.CLOSED if is_past else Phase.UNKNOWN)
    if is_past:
        return told(Phase.CLOSED)
    for status, phase in (
        (RecruitmentStatus.ENROLLING_BY_INVITATION, Phase.BY_INVITATION),
        (RecruitmentStatus.NOT_YET_RECRUITING, Phase.NOT_YET),
    ):
        if status in known:
            return told(phase, status)
    return told(Phase.NOT_YET if opens is not None and today < opens else Phase.OPEN)


def is_open(study: Study, today: datetime.date) -> bool:
    """Whether a study takes participants: page, dates and record all agree."""
    return recruitment(study, today).phase is Phase.OPEN


def closing_day(study: Study) -> datetime.date | None:
    """The last day to sign up: as the page says, else the record's primary completion date, else its completion."""
    if study.sign_up and study.sign_up.closes:
        return study.sign_up.closes
    listing = study.listing
    return last_day(listing.primary_completion) or last_day(listing.completion)


def last_day(written: str) -> datetime.date | None:
    """`2026-12-05`, the last day of the month `2026-12`, or of the year `2026`; None for what is no date."""
    match = DATE.fullmatch(written.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.group("year", "month", "day"))
    try:
        if day:
            return datetime.date(year, month, day)
        return _end_of_month(year, month or 12)
    except (ValueError, OverflowError):
        return None


def _end_of_month(year: int, month: int) -> datetime.date:
    later = datetime.date(year, month, 28) + datetime.timedelta(days=4)
    return later - datetime.timedelta(days=later.day)
