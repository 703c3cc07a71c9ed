"""The fourth element of a reference: journal, book, publisher or site (APA 7, 9.23 to 9.33)."""

from digest.cite.dates import status_note
from digest.cite.kinds import Kind
from digest.cite.locators import (
    format_issue,
    format_pages,
    format_volume,
    is_article_number,
    is_page_range,
)
from digest.cite.names import format_names_in_order, surname
from digest.cite.periodicals import title_case
from digest.cite.runs import Run, join_runs
from digest.cite.tidy import tidy
from digest.cite.titles import edition_and_volume, editor_role, is_published_thesis, numbered_genre
from digest.model.reference import Reference


def source_elements(reference: Reference, kind: Kind) -> list[list[Run]]:
    """What follows the title, an element a list: each ends with a full stop."""
    if kind is Kind.SERIAL:
        elements = [_serial(reference), [Run(_note_of_serial(reference))], [Run(_event(reference))]]
    elif kind is Kind.PART:
        elements = [_book(reference), [Run(_publisher(reference))]]
    elif kind is Kind.WEB:
        elements = [[Run(_site(reference))]]
    else:
        elements = [[Run(_publisher(reference))], [Run(_event(reference))]]
    return [runs for runs in elements if runs and runs[0].text]


def _serial(reference: Reference) -> list[Run]:
    """`Journal, 12(3), 45–67` with the journal and the volume in italics."""
    journal = title_case(tidy(reference.container_title), reference.language)
    volume, issue = format_volume(reference.volume), format_issue(reference.issue)
    numbers = [Run(volume, italic=True)] if volume else []
    if issue:
        numbers.append(Run(f"({issue})"))
    pages = _article_number(reference) or format_pages(reference.page)
    groups = [[Run(journal, italic=True)] if journal else [], numbers, [Run(pages)] if pages else []]
    return join_runs(groups, ", ")


def _article_number(reference: Reference) -> str:
    number = tidy(reference.number)
    if not number and is_article_number(tidy(reference.page)):
        number = tidy(reference.page)
    if not number or number.lower().startswith("article"):
        return number
    return f"Article {number}"


def _note_of_serial(reference: Reference) -> str:
    placed = any((reference.volume, reference.issue, reference.page, reference.number))
    return "" if placed else status_note(reference)


def _book(reference: Reference) -> list[Run]:
    """`In A. Editor & B. Editor (Eds.), Title of book (2nd ed., pp. 1–20)`."""
    opening = "In "
    editors = format_names_in_order(reference.editor, others=reference.editor_others)
    if editors:
        opening = f"In {editors} ({editor_role(reference)}), "
    runs = [Run(opening), Run(tidy(reference.container_title), italic=True)]
    places = [*edition_and_volume(reference), _pages_of_chapter(reference)]
    number = "" if reference.type in {"chapter", "paper-conference"} else numbered_genre(reference)
    identifier = "; ".join([part for part in (number, ", ".join([place for place in places if place])) if part])
    if identifier:
        runs.append(Run(f" ({identifier})"))
    return runs


def _pages_of_chapter(reference: Reference) -> str:
    pages = format_pages(reference.page)
    if not pages:
        return ""
    return f"{'pp.' if is_page_range(pages) else 'p.'} {pages}"


def _publisher(reference: Reference) -> str:
    """The publisher, unless it is the author (9.29) or stands in a thesis's brackets already."""
    publisher = tidy(reference.publisher)
    if reference.type == "thesis" and is_published_thesis(reference):
        return ""
    return "" if _is_author(publisher, reference) else publisher


def _site(reference: Reference) -> str:
    site = tidy(reference.container_title) or tidy(reference.publisher)
    return "" if _is_author(site, reference) else site


def _is_author(name: str, reference: Reference) -> bool:
    return bool(name) and len(reference.author) == 1 and surname(reference.author[0]).casefold() == name.casefold()


def _event(reference: Reference) -> str:
    """`Name of conference, Place` of a paper that is in no volume."""
    if reference.volume or reference.issue or reference.page or reference.type not in {"paper-conference", "speech"}:
        return ""
    event = tidy(reference.event_title)
    if not event or event.casefold() in reference.container_title.casefold():
        return ""
    return ", ".join([part for part in (f"{event[0].upper()}{event[1:]}", tidy(reference.event_place)) if part])
