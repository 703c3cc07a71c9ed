"""The evidence map: which topics were studied in which ways, and when; as pictures, and as tables that say the same."""

from collections import Counter
from collections.abc import Iterable, Sequence

from digest.model.entry import Entry
from digest.model.vocabulary import Topic
from digest.pages.frame import Frame
from digest.pages.linked_data_things import collection_data
from digest.pages.map_picture import Cell, Column, Grid, Row, draw_bars
from digest.pages.page import Page
from digest.pages.terms import crossing_address
from digest.pages.words import say_count

STYLE = "../assets/digest/map.css"


def render_map(frame: Frame) -> Page:
    """Topics by type of research, summaries by year, and topics over time."""
    links = frame.links
    topics = sorted(links.lookup.topics.values(), key=lambda topic: topic.label.casefold())
    years = _years(links.entries)
    by_year = Counter(entry.year for entry in links.entries)
    number = say_count(len(links.entries), "summary", "summaries")
    return frame.page(
        "/map/",
        "map",
        "Evidence map",
        f"{number} by topic, type of research and year: what there is, and where the gaps are",
        number=len(links.entries),
        by_type=_by_type(frame, topics),
        bars=draw_bars([(year, by_year[year]) for year in years]),
        over_time=_over_time(frame, topics, years),
        linked_data=collection_data(frame, links.entries),
        head=f'<link rel="stylesheet" href="{STYLE}">',
    )


def _years(entries: Iterable[Entry]) -> list[str]:
    """Every year from the first to the last, those without a summary too."""
    known = [int(entry.year) for entry in entries]
    return [str(year) for year in range(min(known), max(known) + 1)] if known else []


def _by_type(frame: Frame, topics: Sequence[Topic]) -> Grid:
    kinds = list(frame.links.lookup.research_types.values())
    columns = [Column(kind.label, kind.permalink) for kind in kinds]
    rows = []
    for topic in topics:
        entries = frame.links.entries_on_topic(topic.id)
        counted = Counter(kind for entry in entries for kind in dict.fromkeys(entry.research_types))
        cells = [Cell(counted[kind.id], crossing_address(topic, kind) if counted[kind.id] else "") for kind in kinds]
        rows.append(Row(topic.label, topic.permalink, cells, len(entries)))
    return Grid("type of research", columns, rows)


def _over_time(frame: Frame, topics: Sequence[Topic], years: Sequence[str]) -> Grid:
    rows = []
    for topic in topics:
        entries = frame.links.entries_on_topic(topic.id)
        counted = Counter(entry.year for entry in entries)
        rows.append(Row(topic.label, topic.permalink, [Cell(counted[year]) for year in years], len(entries)))
    return Grid("year", [Column(year) for year in years], rows)
