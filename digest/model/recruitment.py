"""Whether a study takes participants on a day: what its page, its record and the calendar say."""

import datetime
from collections.abc import Mapping
from typing import Any

from digest.model.study import RecruitmentStatus, Study


def statuses(study: Study) -> tuple[RecruitmentStatus | None, str]:
    """What the page says of recruitment and what the registry's record says; empty if it says nothing."""
    status = _status_module(study).get("overallStatus")
    return study.status, status if isinstance(status, str) else ""


def is_open(study: Study, today: datetime.date) -> bool:
    """Whether a study takes participants: page, dates and record all agree; one that says nothing agrees.

    A study of which neither page nor record says that it recruits is not open.
    """
    said = [str(status) for status in statuses(study) if status]
    if not said or any(status != RecruitmentStatus.RECRUITING for status in said):
        return False
    opens = study.sign_up.opens if study.sign_up else None
    closes = closing_day(study)
    return (opens is None or opens <= today) and (closes is None or today <= closes)


def closing_day(study: Study) -> datetime.date | None:
    """The last day to sign up: as the page says, else the record's primary completion date."""
    if study.sign_up and study.sign_up.closes:
        return study.sign_up.closes
    struct = _status_module(study).get("primaryCompletionDateStruct")
    written = struct.get("date") if isinstance(struct, Mapping) else None
    return _last_day(written) if isinstance(written, str) else None


def _last_day(written: str) -> datetime.date | None:
    """`2026-12-05`, or the last day of the month `2026-12`."""
    try:
        if len(written) == len("2026-12"):
            first = datetime.date.fromisoformat(f"{written}-01")
            return (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def _status_module(study: Study) -> Mapping[str, Any]:
    """`protocolSection.statusModule` of the record, empty where it has none."""
    protocol = study.record.record.get("protocolSection") if study.record else None
    module = protocol.get("statusModule") if isinstance(protocol, Mapping) else None
    return module if isinstance(module, Mapping) else {}
