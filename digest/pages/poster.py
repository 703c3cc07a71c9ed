"""A poster for a study: one printed page with its address as a QR code, as an ethics board would want to see it.

The only import of `segno`. The code is drawn when the site is built, so that no service is asked for it.
"""

from functools import cache, partial

import segno
from markupsafe import Markup

from digest.model.listing import Person
from digest.model.study import Contact, Poster, Study
from digest.pages.frame import Frame
from digest.pages.linked_data import absolute
from digest.pages.page import Page, PlannedPage
from digest.pages.study_check import checklists
from digest.pages.study_words import status_words


def plan_poster(frame: Frame, study: Study) -> PlannedPage:
    """The poster of one study; that of a closed one asks to be taken down."""
    return PlannedPage(study.poster_address, partial(_render_poster, frame, study))


def _render_poster(frame: Frame, study: Study) -> Page:
    poster, ethics = study.poster or Poster(), study.ethics
    address = absolute(frame.library.configuration, study.permalink)
    status = status_words(study, frame.today)
    version = poster.version_date or (ethics.version_date if ethics else None)
    return frame.page(
        study.poster_address,
        "poster",
        f"Poster: {study.title}",
        f"A poster to print for the study: {study.title}",
        study=study,
        status=status,
        parts=_parts(study, poster),
        contacts=[each for each in _contacts(study) if each.name or each.email or each.phone],
        responsible=study.sponsor or (study.listing.sponsor.name if study.listing.sponsor else ""),
        address=address,
        code=draw_code(address) if address else Markup(),
        version=version,
        trail=(("Studies", "/studies/"), (study.title, study.permalink)),
    )


def _contacts(study: Study) -> list[Contact | Person]:
    """The study team's contacts, else the record's."""
    return [*study.contacts] or [*study.listing.contacts]


def _parts(study: Study, poster: Poster) -> list[tuple[str, list[str]]]:
    """Headings and texts; who can take part is known from the criteria too."""
    who = [poster.who] if poster.who else _who(study)
    parts = [
        ("What the study is about", [poster.purpose]),
        ("Who can take part", who),
        ("What you would do", [poster.tasks]),
        ("How long it takes, and where", [poster.time_and_place]),
        ("What participants receive", [poster.compensation]),
    ]
    return [(heading, [text for text in texts if text]) for heading, texts in parts if any(texts)]


def _who(study: Study) -> list[str]:
    """What must be true of each audience, as far as the study team has said it plainly."""
    own = {each.plain for each in study.criteria if each.plain}
    lines = []
    for checklist in checklists(study):
        true = " ".join(question.statement for question in checklist.must if question.statement in own)
        whose = f"{checklist.audience.capitalize()}: " if checklist.audience else ""
        lines += [f"{whose}{true}"] * bool(true)
    return lines


@cache
def draw_code(address: str) -> Markup:
    """A QR code (ISO/IEC 18004, level M) as SVG, black on white whatever the page's colours, with its quiet zone."""
    code = segno.make_qr(address, error="m", boost_error=False)
    return Markup(code.svg_inline(border=4, omitsize=True, svgclass="code", lineclass=None, dark="#000", light="#fff"))  # noqa: S704 - drawn here, and holds no text
