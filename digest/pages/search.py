"""The search page, which leads on without a script, and what a search engine is given of each entry."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from digest.link import Links
from digest.model.entry import Entry
from digest.pages.bodies import Bodies
from digest.pages.frame import Frame
from digest.pages.page import Page
from digest.pages.words import say_count

SCRIPT = "../assets/digest/search.js"
STYLE = "../assets/digest/search.css"
IN_ALL = "qzxentry"
"""The word that stands in every document, and in search.js; no word that people search for begins like it."""
NAME_LENGTH = 4
"""Hexadecimal digits that tell entries of one day apart; each costs every reader half a byte an entry."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What is searched of one entry: its text, without the page around it."""

    address: str
    name: str
    """Begins with the day, `20230101`, and is never another entry's; Pagefind's hits are known by it."""
    html: str
    """A document of its own, in which `data-pagefind-...` attributes say what is a filter or metadata."""


def render_search(frame: Frame) -> Page:
    """The page that searches, by the only script of the site."""
    links = frame.links
    topics = sorted(links.lookup.topics.values(), key=lambda topic: topic.label.casefold())
    counted = [(topic, len(links.entries_on_topic(topic.id))) for topic in topics]
    types = [(kind, len(links.entries_of_research_type(kind.id))) for kind in links.lookup.research_types.values()]
    page = frame.page(
        "/search/",
        "search",
        "Search",
        f"Search {say_count(len(links.entries), 'summary', 'summaries')} by word, topic, type of research and year",
        number=len(links.entries),
        topics=[(topic, number) for topic, number in counted if number],
        types=[(kind, number) for kind, number in types if number],
    )
    head = f'<link rel="stylesheet" href="{STYLE}">\n<script type="module" src="{SCRIPT}"></script>'
    return replace(page, head=head)


def iter_search_documents(links: Links, bodies: Bodies) -> Iterator[SearchDocument]:
    """Every entry, newest first: title, takeaway, summary, practice implications, and the citation of its work.

    Each begins with one word that all have: asked for no word at all, Pagefind would load its whole index.
    """
    language = links.library.configuration.digest.language.partition("-")[0]
    for entry in links.entries:
        body = bodies.entry(entry)
        html = (
            f'<!doctype html>\n<html lang="{escape(language)}"><body>\n{_values(links, entry)}'
            f"<p>{IN_ALL}</p>\n<h1>{escape(entry.title)}</h1>\n"
            f'<p data-pagefind-weight="3">{escape(entry.takeaway)}</p>\n'
            f"{body.summary}\n<h2>{escape(body.implications_heading)}</h2>\n{body.implications}\n{body.rest}\n"
            f'<div data-pagefind-weight="0.5">{_source(links, entry)}</div>\n</body></html>\n'
        )
        own = hashlib.sha256(entry.permalink.encode()).hexdigest()[:NAME_LENGTH]
        yield SearchDocument(entry.permalink, f"{entry.published:%Y%m%d}{own}", html)


def _values(links: Links, entry: Entry) -> str:
    """What an entry is filtered by, and what a list of results says of it."""
    types = links.types_of(entry)
    values = [
        *(("filter", "topic", topic.id) for topic in links.topics_of(entry)),
        *(("filter", "type", kind.id) for kind in types),
        ("filter", "year", entry.year),
        ("meta", "title", entry.title),
        ("meta", "takeaway", entry.takeaway),
        ("meta", "edition", entry.edition),
        ("meta", "types", ", ".join(kind.label for kind in types)),
        ("meta", "standing", links.standing(entry).label),
    ]
    return "".join(
        f'<i data-pagefind-{what}="{name}[data-value]" data-value="{escape(value)}"></i>\n'
        for what, name, value in values
        if value
    )


def _source(links: Links, entry: Entry) -> str:
    """Who wrote the work summarised, its title and where it appeared, as words to be found."""
    references = links.references_of(entry)[:1]
    words = [
        part
        for reference in references
        for part in (
            *(f"{name.given} {name.family} {name.literal}" for name in reference.author),
            reference.title,
            reference.container_title,
        )
    ]
    return escape(". ".join(" ".join(part.split()) for part in words if part.strip()))
