"""A record of the registry to a listing: every field, its lists and escapes, and whatever else may stand there."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.source import Source
from digest.problem import Severity
from digest.read import read_library
from digest.read.json_places import find_place
from digest.read.registry import parse_record
from digest.read.registry_record import parse_listing
from digest.read.registry_text import parse_criteria, parse_items, unescape
from digest.read.registry_words import say_code, say_name
from tests.trials import NUMBER, SCRIPT, make_record, places_in, replaced

RECORD = make_record()
PLACES = places_in(RECORD)


def outline(items):
    return [(item.text, outline(item.items)) if item.items else item.text for item in items]


def test_every_field_of_a_listing_is_read():
    listing, faults = parse_listing(RECORD)
    assert faults == []
    assert (listing.nct_id, listing.status, listing.enrolment) == (NUMBER, "RECRUITING", "1240")
    assert listing.identifiers == (NUMBER, "GARDEN-17", "2026-17 (Registry, Garden registry)")
    assert listing.official_title == "A Trial of Straw on Beds That Are < 2 Years Old"
    assert (listing.start, listing.primary_completion, listing.completion) == ("2026-05-01", "2026-09-30", "2026-12")
    assert listing.arms[0].gets == ("Behavioral: Strawing",)
    assert listing.locations[0].place == "Long Bed, Gardenton, Ontario, G4R 1D3, Canada (45.42, -75.7)"
    assert [person.email for person in listing.iter_contacts()] == [
        "office@garden.example.org",
        "moss@garden.example.org",
    ]
    assert listing.eligibility.healthy is True
    assert {each.section for each in listing.further} == {
        *("Status", "Oversight", "References", "IPD sharing statement", "Condition browse", "Record")
    }


def test_criteria_keep_their_lists_and_their_escapes_are_read():
    inclusion, exclusion = parse_listing(RECORD)[0].eligibility.criteria
    assert (inclusion.kind, inclusion.heading) == ("inclusion", "Inclusion Criteria")
    assert outline(inclusion.items) == ["Two beds of >= 4 m2", ("A well, with:", ["a pump", "a bucket"])]
    assert [item.number for item in inclusion.items[1].items] == ["1.", "2."]
    assert (exclusion.kind, outline(exclusion.items)) == ("exclusion", ["Use of a hose"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INCLUSION CRITERIA\n1. a\n2. b", [("inclusion", ["a", "b"])]),
        (
            "Key Inclusion Criteria for therapists:\n- a\n\nKey Exclusion Criteria:\n- b",
            [("inclusion", ["a"]), ("exclusion", ["b"])],
        ),
        ("**Inclusion Criteria:**\n\n• a\n• b\n   goes on\n", [("inclusion", ["a", "b goes on"])]),
        ("Inclusion: adults\nExclusion: none", [("inclusion", ["adults"]), ("exclusion", ["none"])]),
        ("Adults who meet the exclusion of others", [("", ["Adults who meet the exclusion of others"])]),
        ("Inclusion Criteria:\n\nTherapists:\n\n* a\n* b\n", [("inclusion", [("Therapists:", ["a", "b"])])]),
        ("Inclusion Criteria:\n\n* a\n\n  more of a\n* b", [("inclusion", ["a more of a", "b"])]),
        ("Inclusion Criteria:\n\na) one\nb) two", [("inclusion", ["a) one", "b) two"])]),
        ("Inclusion Criteria:\r\n\r\n* a\r\n", [("inclusion", ["a"])]),
        (
            "Inclusion Criteria:\n\n* \\<18 years\n* a \\*star\\* and \\\\ a slash",
            [("inclusion", ["<18 years", "a *star* and \\ a slash"])],
        ),
        ("Exclusion Criteria:", [("exclusion", [])]),
        (
            "  Inclusion Criteria:\n\n   * a\n\n  Exclusion Criteria:\n\n   * b",
            [("inclusion", ["a"]), ("exclusion", ["b"])],
        ),
        (
            "1. Inclusion Criteria:\n\n   * a\n\n2. Exclusion Criteria:\n\n   * b",
            [("inclusion", ["a"]), ("exclusion", ["b"])],
        ),
        ("* Inclusion Criteria\n  * a\n* Exclusion Criteria\n  * b", [("inclusion", ["a"]), ("exclusion", ["b"])]),
        ("Inclusion Criteria: a. Exclusion Criteria: b.", [("inclusion", ["a."]), ("exclusion", ["b."])]),
        (
            "Inclusion Criteria:\n\n* a who meets\n  inclusion criteria of b",
            [("inclusion", ["a who meets inclusion criteria of b"])],
        ),
        ("Non-inclusion Criteria:\n\n* a", [("exclusion", ["a"])]),
        ("Inclusion and Exclusion Criteria:\n\n* a", [("", ["a"])]),
        ("", []),
    ],
)
def test_eligibility_texts_as_people_write_them(text, expected):
    assert [(each.kind, outline(each.items)) for each in parse_criteria(text)] == expected


@given(st.text(alphabet=st.sampled_from("ab12.)*-•:\\> \n\tInclusionExclusion criteria"), max_size=200))
def test_no_word_of_an_eligibility_text_is_lost(text):
    def words(items):
        return " ".join(each.text for item in items for each in item.iter_all())

    read = " ".join(f"{each.heading} {words(each.items)}" for each in parse_criteria(text))
    letters = [char for char in unescape(text) if char.isalpha()]
    assert [char for char in read if char.isalpha()] == letters


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    parse_items(text)
    parse_criteria(text)


@given(st.sets(st.sampled_from(sorted(RECORD["protocolSection"]))))
def test_a_record_without_any_of_its_modules_is_read(gone):
    record = make_record(**dict.fromkeys(gone))
    _, faults = parse_listing(record)
    assert faults == []


@given(
    st.sampled_from(PLACES), st.sampled_from([None, 17, -0.5, True, SCRIPT, "", [], {}, [None], [[1]], {"x": SCRIPT}])
)
def test_whatever_stands_in_a_field_is_read_or_told_with_its_place(key, value):
    record = replaced(RECORD, key, value)
    text = json.dumps(record, indent=1)
    if not isinstance(record["protocolSection"], dict):
        return  # told before: there is no record in it
    made, problems = parse_record(Source(f"studies/registry/{NUMBER}.json", text), NUMBER, record)
    for problem in problems:
        assert problem.rule == "registry-record-unreadable"
        assert 0 <= problem.span.start < problem.span.end <= len(text)
    if value == {"x": SCRIPT} and not problems:
        assert "alert(1)" in repr(made.listing)


def test_a_value_of_the_wrong_kind_is_shown_all_the_same():
    key = ("protocolSection", "identificationModule", "briefTitle")
    listing, faults = parse_listing(replaced(RECORD, key, {"en": "Straw"}))
    assert [fault.key for fault in faults] == [key]
    assert any(each.label == "Brief title" and each.values == ("Straw",) for each in listing.further)


def test_a_field_that_nobody_knows_yet_is_not_lost():
    record = make_record(weatherModule={"rainOften": True, "clouds": [{"kind": "CUMULUS", "count": 3}]})
    found = {each.label: each.values for each in parse_listing(record)[0].further if each.section == "Weather"}
    assert found == {"Rain often": ("yes",), "Clouds": ("Kind: CUMULUS, Count: 3",)}


def test_of_several_facts_together_each_is_told_by_its_name():
    designed = {"expandedAccessTypes": {"individual": True, "intermediate": False}}
    record = make_record(designModule=designed, eligibilityModule={"genderBased": False})
    found = {each.label: each.values for each in parse_listing(record)[0].further}
    assert found["Expanded access types"] == ("Individual: yes, Intermediate: no",)
    assert found["Gender based"] == ("no",)


def test_the_record_itself_is_left_as_it_is():
    before = copy.deepcopy(RECORD)
    parse_listing(RECORD)
    assert before == RECORD


@pytest.mark.parametrize("data", [None, 7, [], "x", {}, {"protocolSection": []}, {"protocolSection": None}])
def test_what_is_no_record_gives_an_empty_listing(data):
    assert parse_listing(data)[0].nct_id == ""


def test_a_record_nested_beyond_reason_is_cut_and_read():
    deep: object = "end"
    for _ in range(300):
        deep = [deep]
    assert parse_listing(make_record(weatherModule={"deep": deep}))[0].further


def test_places_are_those_of_the_text():
    text = json.dumps(RECORD, indent=2)
    source = Source("x.json", text)
    for key in PLACES:
        span = find_place(source, key)
        value = RECORD
        for part in key:
            value = value[part]
        assert json.loads(text[span.start : span.end]) == value


def test_codes_and_names_are_said_in_words():
    assert say_code("NO_INTERVENTION") == "No intervention"
    assert say_code("Already in words") == "Already in words"
    assert say_name("isFdaRegulatedDrug") == "Is FDA regulated drug"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"null",
        b"7",
        b"[" * 5000,
        b'{"protocolSection": NaN}',
        b"\xff\xfe\x00",
        b'{"protocolSection": {',
        b'{"a": 1}',
    ],
)
def test_a_file_that_holds_no_record_is_a_problem_with_a_place_and_no_exception(tmp_path, content):
    (tmp_path / "mkdocs.yml").write_text("site_name: Garden\nsite_url: https://garden.example.org/\n", encoding="utf-8")
    path = tmp_path / "studies" / "registry" / f"{NUMBER}.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    library, problems = read_library(tmp_path)
    assert library.registry == ()
    (problem,) = [each for each in problems if each.span.path == f"studies/registry/{NUMBER}.json"]
    assert problem.severity is Severity.ERROR
    assert problem.fix


def test_a_record_with_half_a_letter_and_a_byte_order_mark_is_read(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: Garden\nsite_url: https://garden.example.org/\n", encoding="utf-8")
    path = tmp_path / "studies" / "registry" / f"{NUMBER}.json"
    path.parent.mkdir(parents=True)
    record = json.dumps(make_record(identificationModule={"nctId": NUMBER, "briefTitle": "Straw \ud800"}))
    path.write_text("\ufeff" + record, encoding="utf-8")
    (made,) = read_library(tmp_path)[0].registry
    assert made.listing.title == "Straw \N{REPLACEMENT CHARACTER}"
