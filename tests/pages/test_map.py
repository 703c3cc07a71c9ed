"""The evidence map: the picture, and the table that says the same."""

import datetime
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

from digest.model.vocabulary import ResearchType, Topic
from digest.pages import Page, plan_site
from digest.pages.map_picture import Cell, Column, Grid, Row, draw_bars
from tests.builders import make_entry, make_library, places

DAY = datetime.date(2026, 11, 22)
PLANTED = '<script>alert(1)</script> " & '


def make_map(entries: int = 3) -> Page:
    """Two topics, one without entries, and two types of research."""
    named: dict[str, Any] = {"definition": "x", "path": "t.yml", "places": places("t.yml")}
    topics = (Topic(id="soil", label=f"Soil {PLANTED}", **named), Topic(id="shade", label="Shade", **named))
    types = (
        ResearchType(id="trial", label=f"Field trial of several years {PLANTED}", **named),
        ResearchType(id="survey", label="Survey", **named),
    )
    made = [
        make_entry(f"e{number}", month=f"202{number}-01", topics=("soil",), research_types=("trial", "trial"))
        for number in range(0, 2 * entries, 2)
    ]
    library = make_library(entries=tuple(made), topics=topics, research_types=types)
    return next(page for page in plan_site(library, DAY).pages if page.kind == "map")


def test_each_cell_counts_its_summaries_and_leads_to_them():
    body = make_map().body
    link = re.search(r'<a href="\.\./topics/soil/trial/" aria-label="([^"]*)">', body)
    assert link is not None
    assert unescape(link[1]) == f"Soil {PLANTED}, Field trial of several years {PLANTED}: 3 summaries"
    assert body.count('href="../topics/soil/trial/"') == 1, "the table leads to topics and types"
    assert "An empty square is a gap: 3 of 4." in body


def test_years_without_a_summary_are_shown():
    body = make_map().body
    years = re.findall(r"<li><span>(\d{4})</span> .*? <span>(\d)<", body)
    assert years == [("2020", "1"), ("2021", "0"), ("2022", "1"), ("2023", "0"), ("2024", "1")]


def test_the_table_says_what_the_picture_says():
    tables = [table.split("<tr>") for table in re.findall(r"<table>.*?</table>", make_map().body, re.DOTALL)]
    cells = [[re.findall(r"<td>(\d+)</td>", row) for row in table[2:]] for table in tables]
    assert cells == [
        [["0", "0", "0"], ["3", "0", "3"]],
        [["0", "0", "0", "0", "0", "0"], ["1", "0", "1", "0", "1", "3"]],
    ]


def test_pictures_are_well_formed_and_every_text_in_them_is_text():
    body = make_map().body
    pictures = re.findall(r"<svg.*?</svg>", body, re.DOTALL)
    assert len(pictures) == 2 * 3 + 5
    for picture in pictures:
        tree = ElementTree.fromstring(picture)
        assert all(each.tag in {"svg", "a", "g", "path", "rect", "text", "title"} for each in tree.iter())


def test_a_digest_without_entries_has_a_map_that_says_so():
    assert "Nothing has been published yet." in make_map(0).body


def test_more_is_darker_and_no_number_is_lost():
    for most in (1, 5, 6, 40, 100_000):
        row = Row("a", "/a/", [Cell(number) for number in (1, most // 2, most)], most)
        drawn = Grid("year", [Column(str(year)) for year in range(3)], [row]).draw(row)
        levels = [int(level) for level in re.findall(r'class="n(\d)"', drawn)]
        assert levels == sorted(levels)
        assert levels[-1] == min(most, 5)
        assert levels[0] >= 1


def test_bars_are_as_wide_as_their_numbers():
    widths = [re.findall(r'width="([\d.]+)%"', bar) for _, bar, _ in draw_bars([("a", 1), ("b", 4), ("c", 0)])]
    assert widths == [["25"], ["100"], ["0"]]
    assert draw_bars([]) == []
