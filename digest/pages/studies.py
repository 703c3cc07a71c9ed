"""Recruitment pages: open studies first, closed ones after; each in plain words, then in the registry's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

from markupsafe import Markup

from digest.model.body import Heading
from digest.model.identifier import fold
from digest.model.sign_up import email_fault, url_fault
from digest.model.study import Study
from digest.pages import study_facts
from digest.pages.frame import Frame
from digest.pages.page import Asset, Page, PlannedPage
from digest.pages.poster import plan_poster
from digest.pages.study_check import checklists
from digest.pages.study_data import study_linked_data
from digest.pages.study_items import render_items
from digest.pages.study_words import StatusWords, status_words
from digest.pages.words import say_count, say_list

EMPTY = re.compile(r"(<h2\b[^>]*>(?:(?!</h2>).)*</h2>)\s*(?=<h2\b|<section\b|\Z)", re.DOTALL)
"""A heading after which the next one comes, or nothing."""
TRAIL = (("Studies", "/studies/"),)


@dataclass(frozen=True)
class WayIn:
    """Where a visitor signs up."""

    href: str
    leads_to: str
    """`redcap.example.org`, or the address of e-mail."""
    label: str
    is_email: bool


def render_studies(frame: Frame) -> Page:
    """The list of all studies."""
    closed = [study for study in frame.library.studies if study not in frame.open_studies]
    return frame.page(
        "/studies/",
        "studies",
        "Studies",
        f"{say_count(len(frame.open_studies), 'study', 'studies')} looking for participants",
        groups=[
            ("Looking for participants", True, _with_status(frame, frame.open_studies)),
            ("Not taking participants", False, _with_status(frame, closed)),
        ],
    )


def iter_studies(frame: Frame) -> Iterator[PlannedPage]:
    """Each study, and its poster."""
    for study in frame.library.studies:
        yield PlannedPage(study.permalink, partial(_render_study, frame, study))
        yield plan_poster(frame, study)


def _render_study(frame: Frame, study: Study) -> Page:
    status = status_words(study, frame.today)
    listing = study.listing
    record_file = f"{study.record.nct_id}.json" if study.record else ""
    page = frame.page(
        study.permalink,
        "study",
        study.title,
        _description(study, status),
        study=study,
        status=status,
        way_in=way_in(frame, study) if status.is_open else None,
        paths=_paths(study),
        checklists=checklists(study) if status.is_open else [],
        has_more_criteria=any(not kind for kind, _ in listing.eligibility.iter_criteria()),
        about=render_items(listing.summary),
        details=render_items(listing.description),
        overview=study_facts.overview(study),
        who=study_facts.who(study),
        criteria=study_facts.criteria(study),
        design=study_facts.design(study),
        arms=study_facts.arms(study),
        outcomes=study_facts.outcomes(study),
        where=study_facts.where(study),
        answers=study_facts.answers(study),
        contacts=study_facts.contacts(study),
        dates=study_facts.dates(study),
        further=list(study_facts.further(study)),
        record_note=study_facts.record_note(study),
        record_file=record_file,
        source=study_facts.source(study, record_file),
        told=partial(_told, is_open=status.is_open),
        shown_at_once=study_facts.SHOWN_AT_ONCE,
        other_open=[each for each in frame.open_studies if each is not study],
        modules=[frame.links.lookup.modules[slug] for slug in study.training if slug in frame.links.lookup.modules],
        data={"registry": study.registry, "open": status.is_open, "status": status.now},
        linked_data=study_linked_data(study, frame),
        trail=TRAIL,
    )
    page = frame.with_assets(page, study)
    if study.record is None:
        return page
    record = Asset(study.record.path, f"{study.permalink}{study.record.nct_id}.json")
    return replace(page, assets=(*page.assets, record))


def _told(text: Markup, *, is_open: bool) -> Markup:
    """A text in which a heading with nothing below it says that nobody has told us: silence would be an answer."""
    ask = " Ask the study team before you decide." if is_open else ""
    return Markup(EMPTY.sub(rf'\1\n<p class="facts">Nobody has told us.{ask}</p>\n', str(text)))  # noqa: S704 - sanitised before


def way_in(frame: Frame, study: Study) -> WayIn | None:
    """The sign-up, unless nobody gave one or it leads where no visitor should be sent."""
    sign_up = study.sign_up
    if sign_up is None:
        return None
    hosts = frame.library.configuration.digest.sign_up_hosts
    if sign_up.url:
        if url_fault(sign_up.url, hosts):
            return None
        leads_to = sign_up.url.split("/")[2].lower()
        return WayIn(sign_up.url, leads_to, sign_up.label or f"Sign up at {leads_to}", is_email=False)
    if not sign_up.email or email_fault(sign_up.email):
        return None
    href = f"mailto:{quote(sign_up.email, safe='@+')}"
    return WayIn(href, sign_up.email, sign_up.label or "Write to the study team", is_email=True)


def _paths(study: Study) -> list[tuple[str, Heading]]:
    """For each audience the section of the text that tells its way: `## For therapists`."""
    headings = {fold(heading.text): heading for heading in study.body.headings if heading.level == 2}  # noqa: PLR2004 - `##`
    found = [(audience, headings.get(fold(f"For {audience}"))) for audience in study.audiences]
    return [(audience, heading) for audience, heading in found if heading is not None]


def _with_status(frame: Frame, studies: Iterable[Study]) -> list[tuple[Study, StatusWords]]:
    return [(study, status_words(study, frame.today)) for study in studies]


def _description(study: Study, status: StatusWords) -> str:
    """What a search engine shows: true also when it is shown later."""
    audience = f" for {say_list(study.audiences)}" if study.audiences else ""
    how = f"{status.now[:1].lower()}{status.now[1:]}" if status.closes or not status.is_open else "recruiting"
    return f"A study{audience} ({how}): {study.title}"
