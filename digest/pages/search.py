"""The search page, which leads on without a script, and what a search engine is given of each entry."""

import hashlib
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import groupby

from digest.link import Links
from digest.model.entry import Entry
from digest.pages.bodies import Bodies
from digest.pages.frame import Frame
from digest.pages.page import Page
from digest.pages.words import say_count

STYLE = "../assets/digest/search.css"
IN_ALL = "qzxentry"
"""The word that stands in every document, and in the page's script; no word that people search for begins like it."""
NAME_LENGTH = 3
"""Hexadecimal digits that tell entries of one day apart; each costs every reader half a byte an entry."""
CODE_DIGITS = string.digits + string.ascii_lowercase + string.ascii_uppercase
SMALLEST_BUNDLE = 200
"""Entries; so many are indexed in a third of a second."""
MOST_BUNDLES = 8
"""And the newest; each costs every reader some 7 KB."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What is searched of one entry: its text, without the page around it."""

    address: str
    name: str
    """`20230101c0d3kZ`: the day and three digits, which are never another entry's, then the codes of its topics and
    types of research. Hits are known by it, so that they can be sorted and counted without further files."""
    fingerprint: str
    """Of all that goes into the text."""
    html: Callable[[], str]
    """Renders a document of its own, in which `data-pagefind-...` attributes say what is metadata."""


@dataclass(frozen=True, slots=True)
class SearchBundle:
    """Entries that are indexed together, newest first: those of whole years."""

    folder: str
    """Below `/pagefind/`: its first year, and nothing for the newest bundle."""
    documents: tuple[SearchDocument, ...]


def render_search(frame: Frame) -> Page:
    """The page that searches, by a script that stands in it."""
    links = frame.links
    topics = sorted(links.lookup.topics.values(), key=lambda topic: topic.label.casefold())
    counted = [(topic, len(links.entries_on_topic(topic.id))) for topic in topics]
    types = [(kind, len(links.entries_of_research_type(kind.id))) for kind in links.lookup.research_types.values()]
    return frame.page(
        "/search/",
        "search",
        "Search",
        f"Search {say_count(len(links.entries), 'summary', 'summaries')} by word, topic, type of research and year",
        number=len(links.entries),
        topics=[(topic, number) for topic, number in counted if number],
        types=[(kind, number) for kind, number in types if number],
        linked_data={"@type": "SearchResultsPage"},
        head=f'<link rel="stylesheet" href="{STYLE}">',
    )


def search_years(links: Links) -> list[tuple[str, int]]:
    """First year and number of entries of each bundle, oldest first.

    An edit costs the bundle that it falls into, and each bundle costs readers something. So years are put together
    until they hold enough; what comes after is the newest bundle. Where one ends moves rarely: as an entry is added to
    old years, or as the digest doubles.
    """
    most = SMALLEST_BUNDLE
    while len(links.entries) > most * MOST_BUNDLES:
        most *= 2
    years = [(year, len(list(entries))) for year, entries in groupby(reversed(links.entries), _year)]
    bundles: list[tuple[str, int]] = []
    for year, number in years:
        if not bundles or bundles[-1][1] >= most:
            bundles.append((year, number))
        else:
            bundles[-1] = (bundles[-1][0], bundles[-1][1] + number)
    return bundles


def _year(entry: Entry) -> str:
    return f"{entry.published.year:04}"


def facet_codes(links: Links) -> tuple[dict[str, str], dict[str, str]]:
    """Short codes for topics and for types of research, equally long and all different, by id.

    Topics count up and types down, so that a term that is added at the end of its list changes no other's code.
    """
    topics, types = links.lookup.topics, links.lookup.research_types
    base, length = len(CODE_DIGITS), 1
    while base**length < len(topics) + len(types):
        length += 1

    def code(number: int) -> str:
        return "".join(CODE_DIGITS[number // base**place % base] for place in reversed(range(length)))

    return (
        {topic: code(number) for number, topic in enumerate(topics)},
        {kind: code(base**length - 1 - number) for number, kind in enumerate(types)},
    )


def iter_search_bundles(links: Links, bodies: Bodies) -> Iterator[SearchBundle]:
    """Every entry, in bundles, the newest one first."""
    documents = iter_search_documents(links, bodies)
    bundles = search_years(links)
    for position in reversed(range(len(bundles))):
        since, number = bundles[position]
        folder = "" if position == len(bundles) - 1 else since
        yield SearchBundle(folder, tuple(next(documents) for _ in range(number)))


def iter_search_documents(links: Links, bodies: Bodies) -> Iterator[SearchDocument]:
    """Every entry, newest first: title, takeaway, summary, practice implications, and the citation of its work.

    Each begins with one word that all have: asked for no word at all, Pagefind would load its whole index.
    """
    settings = links.library.configuration.digest
    language = settings.language.partition("-")[0]
    topics, types = facet_codes(links)
    taken: set[str] = set()
    for entry in links.entries:
        values, source = _values(links, entry), _source(links, entry)
        codes = [topics[topic.id] for topic in links.topics_of(entry)]
        codes += [types[kind.id] for kind in links.types_of(entry)]
        name = "".join((_own_name(entry, taken), *sorted(codes)))
        used = (entry.permalink, name, language, values, entry.title, entry.takeaway, entry.body.text, source)
        fingerprint = "\0".join((*used, *settings.practice_implications)).encode("utf-8", "surrogatepass")
        yield SearchDocument(
            entry.permalink,
            name,
            hashlib.sha256(fingerprint).hexdigest(),
            partial(_render_document, bodies, entry, language, values, source),
        )


def _own_name(entry: Entry, taken: set[str]) -> str:
    """Its day and some digits; should another entry of that day have the same, the next ones that are free."""
    digits = hashlib.sha256(entry.permalink.encode()).hexdigest()
    at = 0
    while (name := f"{entry.published:%Y%m%d}{digits[at : at + NAME_LENGTH]}") in taken:
        at += 1
        if at + NAME_LENGTH > len(digits):
            digits, at = hashlib.sha256(digits.encode()).hexdigest(), 0
    taken.add(name)
    return name


def _render_document(bodies: Bodies, entry: Entry, language: str, values: str, source: str) -> str:
    body = bodies.entry(entry)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><body>\n{values}'
        f"<p>{IN_ALL}</p>\n<h1>{escape(entry.title)}</h1>\n"
        f'<p data-pagefind-weight="3">{escape(entry.takeaway)}</p>\n'
        f"{body.summary}\n<h2>{escape(body.implications_heading)}</h2>\n{body.implications}\n{body.rest}\n"
        f'<div data-pagefind-weight="0.5">{source}</div>\n</body></html>\n'
    )


def _values(links: Links, entry: Entry) -> str:
    """What a list of results says of an entry."""
    values = {
        "title": entry.title,
        "takeaway": entry.takeaway,
        "edition": entry.edition,
        "types": ", ".join(kind.label for kind in links.types_of(entry)),
        "standing": links.standing(entry).label,
    }
    return "".join(
        f'<i data-pagefind-meta="{name}[data-value]" data-value="{escape(value)}"></i>\n'
        for name, value in values.items()
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
