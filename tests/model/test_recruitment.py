"""A study is open only while page, record and calendar all say so."""

import datetime

import pytest

from digest.model.recruitment import is_open
from digest.model.study import RecruitmentStatus, RegistryRecord, SignUp
from tests.builders import make_study

DAY = datetime.date(2026, 6, 15)
RECRUITING = RecruitmentStatus.RECRUITING


def _record(status: object, completion: object = None) -> RegistryRecord:
    module = {"overallStatus": status, "primaryCompletionDateStruct": {"date": completion}}
    return RegistryRecord(nct_id="NCT00000000", path="x.json", record={"protocolSection": {"statusModule": module}})


def test_a_recruiting_study_is_open() -> None:
    """By its page alone, by its record alone, or by both."""
    assert is_open(make_study(status=RECRUITING), DAY)
    assert is_open(make_study(record=_record("RECRUITING")), DAY)
    assert is_open(make_study(status=RECRUITING, record=_record("RECRUITING")), DAY)


@pytest.mark.parametrize("status", [status for status in RecruitmentStatus if status is not RECRUITING])
def test_any_other_word_closes_it(status: RecruitmentStatus) -> None:
    """Whoever says it."""
    assert not is_open(make_study(status=status), DAY)
    assert not is_open(make_study(status=RECRUITING, record=_record(str(status))), DAY)
    assert not is_open(make_study(status=status, record=_record("RECRUITING")), DAY)


def test_a_study_of_which_nobody_says_anything_is_not_open() -> None:
    """Silence is no invitation."""
    assert not is_open(make_study(), DAY)
    assert not is_open(make_study(record=_record(None)), DAY)
    assert not is_open(make_study(record=_record({"not": "text"})), DAY)


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        (DAY, DAY, True),
        (DAY + datetime.timedelta(1), None, False),
        (None, DAY - datetime.timedelta(1), False),
        (None, None, True),
    ],
)
def test_the_calendar_opens_and_closes_it(opens: datetime.date, closes: datetime.date, *, expected: bool) -> None:
    """Both days belong to it."""
    assert is_open(make_study(status=RECRUITING, sign_up=SignUp(opens=opens, closes=closes)), DAY) is expected


@pytest.mark.parametrize(
    ("completion", "expected"),
    [("2026-06-15", True), ("2026-06-14", False), ("2026-06", True), ("2026-05", False), ("soon", True), (7, True)],
)
def test_without_a_closing_day_the_primary_completion_closes_it(completion: object, *, expected: bool) -> None:
    """A month counts to its last day; what is no date says nothing."""
    assert is_open(make_study(record=_record("RECRUITING", completion)), DAY) is expected


def test_the_pages_own_closing_day_comes_before_the_records() -> None:
    """The team knows better when it closes."""
    sign_up = SignUp(closes=datetime.date(2026, 12, 31))
    assert is_open(make_study(sign_up=sign_up, record=_record("RECRUITING", "2026-01-01")), DAY)
