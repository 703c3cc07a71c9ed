"""Recruitment pages: open studies first, closed ones after."""

from collections.abc import Iterable, Iterator
from functools import partial

from digest.model.recruitment import closing_day, statuses
from digest.model.study import RecruitmentStatus, Study
from digest.pages.frame import Frame
from digest.pages.page import Page, PlannedPage
from digest.pages.words import say_count, say_day, say_list

SAYINGS = {
    RecruitmentStatus.NOT_YET_RECRUITING: "Not yet recruiting",
    RecruitmentStatus.RECRUITING: "Recruiting",
    RecruitmentStatus.ENROLLING_BY_INVITATION: "Enrolling by invitation only",
    RecruitmentStatus.ACTIVE_NOT_RECRUITING: "Under way, no longer recruiting",
    RecruitmentStatus.COMPLETED: "Completed; recruitment has closed",
    RecruitmentStatus.SUSPENDED: "Suspended; not recruiting",
    RecruitmentStatus.TERMINATED: "Ended early; recruitment has closed",
    RecruitmentStatus.WITHDRAWN: "Withdrawn; not recruiting",
    RecruitmentStatus.UNKNOWN: "Status unknown; not recruiting as far as is known",
}


def render_studies(frame: Frame) -> Page:
    """The list of all studies."""
    closed = [study for study in frame.library.studies if study not in frame.open_studies]
    return frame.page(
        "/studies/",
        "studies",
        "Studies",
        f"{say_count(len(frame.open_studies), 'study', 'studies')} looking for participants",
        groups=[
            ("Looking for participants", True, _with_status(frame.open_studies, is_open=True)),
            ("Closed to new participants", False, _with_status(closed, is_open=False)),
        ],
    )


def iter_studies(frame: Frame) -> Iterator[PlannedPage]:
    """Each study in plain words, with what the registry says."""
    for study in frame.library.studies:
        yield PlannedPage(study.permalink, partial(_render_study, frame, study))


def _render_study(frame: Frame, study: Study) -> Page:
    is_open = study in frame.open_studies
    page = frame.page(
        study.permalink,
        "study",
        study.title,
        _description(study, is_open=is_open),
        study=study,
        is_open=is_open,
        status=_status(study, is_open=is_open),
        facts=_facts(study),
        record_note=_record_note(study),
        modules=[frame.links.lookup.modules[slug] for slug in study.training if slug in frame.links.lookup.modules],
        data={"registry": study.registry, "open": is_open},
    )
    return frame.with_assets(page, study)


def _with_status(studies: Iterable[Study], *, is_open: bool) -> list[tuple[Study, str]]:
    return [(study, _status(study, is_open=is_open)) for study in studies]


def _status(study: Study, *, is_open: bool) -> str:
    """What a visitor must know first."""
    page_says, record_says = statuses(study)
    closes = closing_day(study)
    if is_open:
        return f"Recruiting until {say_day(closes)}" if closes else "Recruiting"
    for said in (record_says, page_says or ""):
        if said in RecruitmentStatus.__members__ and said != RecruitmentStatus.RECRUITING:
            return SAYINGS[RecruitmentStatus(said)]
    return f"Recruitment closed on {say_day(closes)}" if closes else "Not recruiting"


def _description(study: Study, *, is_open: bool) -> str:
    audience = f" for {say_list(study.audiences)}" if study.audiences else ""
    return f"A study{audience}, {'now recruiting' if is_open else 'closed to new participants'}: {study.title}"


def _facts(study: Study) -> list[tuple[str, str]]:
    """What the page says of the study, in the order of a listing; a fact nobody gave is left out."""
    ethics = study.ethics
    rows = [
        ("Registry number", study.registry),
        ("Conditions", "; ".join(study.conditions)),
        ("Interventions", "; ".join(study.interventions)),
        ("Participants", f"{study.enrolment:,}" if study.enrolment is not None else ""),
        ("Sex", study.sex),
        ("Ages", study.ages),
        ("Responsible", study.sponsor),
        ("Locations", "; ".join(study.locations)),
        ("Ethics board", ethics.board if ethics else ""),
        ("Ethics clearance", ethics.statement if ethics else ""),
        ("Text approved on", say_day(ethics.version_date) if ethics and ethics.version_date else ""),
        ("Contact", "; ".join(_contact(contact) for contact in study.contacts)),
    ]
    return [(name, value) for name, value in rows if value]


def _contact(contact: object) -> str:
    parts = (getattr(contact, name) for name in ("name", "role", "email", "phone"))
    return ", ".join(part for part in parts if part)


def _record_note(study: Study) -> str:
    """Where the registry's part comes from, and as of when."""
    record = study.record
    if record is None:
        return ""
    source = f" ({record.source})" if record.source else ""
    day = f" as of {say_day(record.fetched)}" if record.fetched else ""
    made = ", put together from listings of the trial" if record.kind == "reconstructed" else ""
    return f"Status and dates follow the registry's record {record.nct_id}{source}{day}{made}."
