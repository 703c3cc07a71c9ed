"""A poster for a study: one printed page with its address as a QR code, as an ethics board would want to see it.

The only import of `segno`. The code is drawn when the site is built, so that no service is asked for it.
"""

from functools import cache, partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.model.poster_text import poster_contacts, poster_text, responsible_for
from digest.model.study import Poster, Study
from digest.on_demand import on_demand
from digest.pages.frame import Frame
from digest.pages.linked_data import absolute
from digest.pages.page import Page, PlannedPage
from digest.pages.study_words import status_words

if TYPE_CHECKING:
    import segno
else:
    segno = on_demand("segno")


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
        sheet=poster_text(study),
        contacts=poster_contacts(study),
        responsible=responsible_for(study),
        address=address,
        code=draw_code(address) if address else Markup(),
        version=version,
        trail=(("Studies", "/studies/"), (study.title, study.permalink)),
    )


@cache
def draw_code(address: str) -> Markup:
    """A QR code (ISO/IEC 18004, level M) as SVG, black on white whatever the page's colours, with its quiet zone."""
    code = segno.make_qr(address, error="m", boost_error=False)
    return Markup(code.svg_inline(border=4, omitsize=True, svgclass="code", lineclass=None, dark="#000", light="#fff"))  # noqa: S704 - drawn here, and holds no text
