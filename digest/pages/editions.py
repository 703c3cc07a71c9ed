"""Home, editions and the archive."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from markupsafe import Markup

from digest.model.entry import Edition
from digest.pages.frame import Frame
from digest.pages.linked_data_things import collection_data, edition_data
from digest.pages.old_addresses import FOR_HOME, names_asked_of_home
from digest.pages.page import Page, PlannedPage
from digest.pages.words import say_count, say_list, say_month


def render_home(frame: Frame) -> Page:
    """The newest edition with its takeaways, and the call to take part in open studies."""
    configuration = frame.library.configuration
    newest = frame.links.editions[0] if frame.links.editions else None
    return frame.page(
        "/",
        "home",
        configuration.title,
        configuration.site.site_description or configuration.digest.tagline or configuration.title,
        tagline=configuration.digest.tagline,
        edition=newest,
        previous=frame.links.editions[1] if len(frame.links.editions) > 1 else None,
        introduction=_introduction(frame, newest) if newest else Markup(),
        entries=frame.links.entries_of_edition(newest.month) if newest else (),
        old_names=names_asked_of_home(frame.library),
        old_addresses=FOR_HOME,
        linked_data=collection_data(frame, frame.links.entries_of_edition(newest.month) if newest else ()),
        data={"edition": newest.month if newest else ""},
    )


def iter_editions(frame: Frame) -> Iterator[PlannedPage]:
    """Each month that has entries, with the months around it."""
    editions = frame.links.editions
    for index, edition in enumerate(editions):
        later = editions[index - 1] if index else None
        earlier = editions[index + 1] if index + 1 < len(editions) else None
        changed = frame.links.entries_of_edition(edition.month)
        yield PlannedPage(edition.permalink, partial(_render_edition, frame, edition, earlier, later), changed)


def _render_edition(frame: Frame, edition: Edition, earlier: Edition | None, later: Edition | None) -> Page:
    entries = frame.links.entries_of_edition(edition.month)
    month = say_month(edition.month)
    page = frame.page(
        edition.permalink,
        "edition",
        f"{edition.title} ({month})" if edition.title else month,
        f"{month}: {say_list([entry.title for entry in entries])}",
        entries=entries,
        citations="citations" if any(map(frame.links.references_of, entries)) else "",
        introduction=_introduction(frame, edition),
        next=later,
        previous=earlier,
        linked_data=edition_data(frame, edition, entries),
        trail=[("Archive", "/archive/")],
        data={"edition": edition.month},
    )
    return frame.with_assets(page, edition)


def _introduction(frame: Frame, edition: Edition) -> Markup:
    return frame.bodies.document(edition) if edition.body is not None else Markup()


def render_archive(frame: Frame) -> Page:
    """All editions by year, newest first."""
    editions = frame.links.editions
    number = len(frame.links.entries)
    return frame.page(
        "/archive/",
        "archive",
        "Archive",
        f"All {say_count(number, 'summary', 'summaries')} by edition",
        editions=editions,
        number=number,
        linked_data=collection_data(frame, frame.links.entries),
        years=[(year, list(of_year)) for year, of_year in groupby(editions, key=lambda edition: edition.month[:4])],
    )
