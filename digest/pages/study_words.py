"""How the status of a study, its ages and the registry's codes are said to a visitor."""

import datetime
import re
from dataclasses import dataclass

from digest.model.listing import Eligibility
from digest.model.recruitment import Phase, Recruitment, recruitment
from digest.model.study import RecruitmentStatus, Study
from digest.pages.words import MONTHS, say_day, say_list
from digest.read.registry_words import say_code

SAYINGS = {
    RecruitmentStatus.ACTIVE_NOT_RECRUITING: "Under way, no longer recruiting",
    RecruitmentStatus.COMPLETED: "Completed; recruitment has closed",
    RecruitmentStatus.SUSPENDED: "Suspended; not recruiting at present",
    RecruitmentStatus.TERMINATED: "Ended early; recruitment has closed",
    RecruitmentStatus.WITHDRAWN: "Withdrawn before it began; not recruiting",
}
AGE = re.compile(r"(\d+(?:\.\d+)?) ?(year|month|week|day|hour|minute)s?", re.IGNORECASE)


@dataclass(frozen=True)
class StatusWords:
    """What a page says of recruitment."""

    now: str
    """In one line: `Recruiting until 5 December 2026`."""
    reason: str
    """Why nobody can sign up, and since when, in a sentence or two; empty while somebody can."""
    is_open: bool
    closes: datetime.date | None
    """The last day, while the study is open."""
    afterwards: str
    """What the line becomes after that day."""


def status_words(study: Study, today: datetime.date) -> StatusWords:
    """What a visitor must know first."""
    found = recruitment(study, today)
    now = _say_now(found)
    is_open = found.phase is Phase.OPEN
    return StatusWords(
        now,
        "" if is_open else _say_reason(study, found),
        is_open,
        found.closes if is_open else None,
        f"Recruitment closed on {say_day(found.closes)}" if found.closes else "",
    )


def _say_now(found: Recruitment) -> str:
    match found.phase:
        case Phase.OPEN:
            return f"Recruiting until {say_day(found.closes)}" if found.closes else "Recruiting"
        case Phase.NOT_YET:
            return "Not yet recruiting" + (f"; sign-up opens on {say_day(found.opens)}" if found.opens else "")
        case Phase.BY_INVITATION:
            return "Enrolling by invitation only"
        case Phase.UNKNOWN:
            return "Status unknown; not recruiting as far as is known"
        case Phase.CLOSED:
            if found.status:
                return SAYINGS[found.status]
            return f"Recruitment closed on {say_day(found.closes)}" if found.closes else "Recruitment has closed"


def _say_reason(study: Study, found: Recruitment) -> str:
    match found.phase:
        case Phase.NOT_YET:
            opens = f"It is to open on {say_day(found.opens)}." if found.opens else "The day is not known yet."
            return f"This study does not take participants yet. {opens} Come back then, or ask the study team."
        case Phase.BY_INVITATION:
            return "This study takes only people whom the study team invites. There is no sign-up for others."
        case Phase.UNKNOWN:
            return "Nobody has said for certain that this study takes participants, so there is no sign-up here."
        case _:
            return _say_end(study, found)


def _say_end(study: Study, found: Recruitment) -> str:
    """That recruitment has closed, and when, as far as anybody knows."""
    if found.status is RecruitmentStatus.SUSPENDED:
        return "Recruitment has stopped for the time being. The registry's record may say why."
    if found.is_past and found.closes:
        by_page = study.sign_up is not None and study.sign_up.closes is not None
        whose = (
            "the day that the study team gave" if by_page else "the day that the registry's record gives for its end"
        )
        return f"Recruitment closed on {say_day(found.closes)}, {whose}. Nobody can sign up any more."
    as_of = say_date(study.listing.updated)
    known = f" The registry's record said so on {as_of}." if as_of and study.listing.status == found.status else ""
    return f"Nobody can sign up any more; on which day recruitment closed is not known.{known}"


def say_date(written: str) -> str:
    """`2026-12-05` as `5 December 2026`, `2026-12` as `December 2026`; anything else as it is."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?:T.*)?", written)
    if match is None:
        return written
    year, month, day = match.groups()
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}" if day else f"{MONTHS[int(month) - 1]} {year}"


def say_ages(eligibility: Eligibility) -> str:
    """`18 years and older`, `50 to 80 years`."""
    low, high = _age(eligibility.minimum_age), _age(eligibility.maximum_age)
    if low and high:
        one, other = low.rpartition(" "), high.rpartition(" ")
        return f"{one[0] if one[2] == other[2] else low} to {high}"
    return f"{low} and older" if low else f"up to {high}" if high else ""


def age_question(eligibility: Eligibility) -> str:
    """The ages as a sentence about the reader; empty where anybody can take part."""
    low, high = _age(eligibility.minimum_age), _age(eligibility.maximum_age)
    parts = [f"at least {low}"] * bool(low) + [f"at most {high}"] * bool(high)
    return f"You are {say_list(parts)} old." if parts else ""


def _age(written: str) -> str:
    match = AGE.fullmatch(written.strip())
    if match is None:
        return written
    number = match[1]
    return f"{number} {match[2].lower()}{'' if number == '1' else 's'}"


SEXES = {"ALL": "All", "FEMALE": "Female", "MALE": "Male"}


def say_sex(eligibility: Eligibility) -> str:
    """`All`, `Female`, `Male`; then what the record says of gender."""
    words = SEXES.get(eligibility.sex.upper(), say_code(eligibility.sex))
    return "; ".join(each for each in (words, eligibility.gender) if each)


def say_codes(codes: tuple[str, ...]) -> str:
    """Several values of the registry's lists."""
    return ", ".join(say_code(code) for code in codes)
