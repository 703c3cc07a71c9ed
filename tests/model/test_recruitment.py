"""A study is open only while page, record and calendar all say so."""

import datetime

import pytest

from digest.model.recruitment import Phase, closing_day, is_open, recruitment
from digest.model.study import RecruitmentStatus, RegistryRecord, SignUp
from digest.read.registry_record import parse_listing
from tests.builders import make_study

DAY = datetime.date(2026, 6, 15)
RECRUITING = RecruitmentStatus.RECRUITING


def _record(status: object, completion: object = None) -> RegistryRecord:
    module = {"overallStatus": status, "primaryCompletionDateStruct": {"date": completion}}
    record = {"protocolSection": {"statusModule": module}}
    return RegistryRecord(nct_id="NCT00000000", path="x.json", record=record, listing=parse_listing(record)[0])


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


def test_without_a_primary_completion_the_end_of_the_study_closes_it() -> None:
    """A study that is over takes nobody."""
    record = {
        "protocolSection": {"statusModule": {"overallStatus": "RECRUITING", "completionDateStruct": {"date": "2026"}}}
    }
    made = RegistryRecord(nct_id="NCT00000000", path="x.json", record=record, listing=parse_listing(record)[0])
    assert closing_day(make_study(record=made)) == datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("page", "record", "phase"),
    [
        (RecruitmentStatus.NOT_YET_RECRUITING, "RECRUITING", Phase.NOT_YET),
        (RecruitmentStatus.ENROLLING_BY_INVITATION, "RECRUITING", Phase.BY_INVITATION),
        (RECRUITING, "COMPLETED", Phase.CLOSED),
        (RecruitmentStatus.SUSPENDED, "NOT_YET_RECRUITING", Phase.CLOSED),
        (RECRUITING, "UNKNOWN", Phase.UNKNOWN),
        (RECRUITING, "<script>", Phase.UNKNOWN),
        (RECRUITING, "APPROVED_FOR_MARKETING", Phase.UNKNOWN),
        (None, "RECRUITING", Phase.OPEN),
        (None, "", Phase.UNKNOWN),
    ],
)
def test_of_two_words_the_more_cautious_counts(page: RecruitmentStatus | None, record: str, phase: Phase) -> None:
    """Whoever says it."""
    assert recruitment(make_study(status=page, record=_record(record)), DAY).phase is phase


def test_a_study_that_is_to_open_is_not_yet_recruiting() -> None:
    """And closed once its last day is over, whatever it says."""
    later = SignUp(opens=DAY + datetime.timedelta(1))
    assert recruitment(make_study(status=RECRUITING, sign_up=later), DAY).phase is Phase.NOT_YET
    over = make_study(status=RecruitmentStatus.NOT_YET_RECRUITING, record=_record(None, "2026-01"))
    assert recruitment(over, DAY).phase is Phase.CLOSED
