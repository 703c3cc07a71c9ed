"""Whether two records are of one work, and which is the better one."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetch.compare import better_fields, is_same_title, is_same_year, iter_mismatches
from digest.model.reference import DateParts, Reference
from digest.model.source import Places
from digest.problem import Span
from digest.read.bibtex_fields import TYPES


def reference(raw=None, **fields):
    return Reference(
        **{"citation_key": "a", "type": "article-journal", **fields},
        path="",
        places=Places(Span(""), {}, {}),
        raw=raw or {},
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Therapist empathy and client outcome", "Therapist Empathy and Client Outcome."),
        ("Therapist empathy and client outcome: An updated meta-analysis", "Therapist empathy and client outcome"),
        ("Flückiger’s alliance – revisited", "Fluckiger's alliance -- revisited"),
        ("“Each week feels like a mountain”", '"Each Week Feels Like a Mountain"'),
        ("Behavior therapy for depression", "Behaviour therapy for depression"),
        ("RETRACTED: Mulch and the water that beds need", "Mulch and the water that beds need"),
        ("A network meta-analysis of the effects", "A network metaanalysis of the effects"),
        ("Zoom-in to zone-out: One subtitle", "Zoom-in to zone-out: Another subtitle"),
        ("Κατάθλιψη", "κατάθλιψη"),
    ],
)
def test_one_title_in_two_spellings_is_one(one, other):
    assert is_same_title(one, other)
    assert is_same_title(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mulch and the water that beds need", "Shade and the frost that pots fear"),
        ("Depression", "Depression in gardeners of the north"),
        ("Anxiety", "Empathy"),
        ("Mulch", ""),
        ("Effects of short calls on attendance", "Predictors of dropout in group therapy"),
        ("Psychotherapy for depression in adults", "Psychotherapy for panic disorder in youth"),
    ],
)
def test_two_titles_are_two(one, other):
    assert not is_same_title(one, other)
    assert not is_same_title(other, one)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_of_titles_goes_both_ways_and_every_title_is_like_itself(one, other):
    assert is_same_title(one, one)
    assert is_same_title(one, other) == is_same_title(other, one)


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (2023, {2023}, True),
        (2023, {2022}, True),
        (2023, {2024}, True),
        (2023, {2021}, False),
        (2022, {2021, 2023}, True),
        (2024, {2021, 2023}, False),
        (2020, {2021, 2023}, False),
        (2020, set(), True),
    ],
)
def test_a_year_may_lie_between_online_and_print(ours, theirs, same):
    assert is_same_year(ours, theirs) is same


def test_a_reprint_may_have_the_year_of_the_original():
    ours = reference(title="Depth psychology", issued=DateParts(1999), original_date=DateParts(1912))
    theirs = reference(title="Depth psychology")
    assert list(iter_mismatches(ours, theirs, {1912}, "crossref")) == []
    assert [each.field for each in iter_mismatches(ours, theirs, {1950}, "crossref")] == ["year"]


def test_a_translated_title_is_compared_in_either_language():
    ours = reference(title="On depth", original_title="Über die Tiefe der Gärten")
    theirs = reference(title="Über die Tiefe der Gärten")
    assert list(iter_mismatches(ours, theirs, set(), "crossref")) == []


def test_nothing_is_no_mismatch():
    full = reference(title="Mulch and water", issued=DateParts(2023))
    assert list(iter_mismatches(full, reference(), set(), "crossref")) == []
    assert list(iter_mismatches(reference(), full, {2023}, "crossref")) == []


def test_what_theirs_has_and_ours_lacks_is_better():
    theirs = reference(volume="4", issue="1-2", page="101–109", DOI="10.1000/x")
    assert better_fields(reference(), theirs) == {
        "volume": "4",
        "number": "1-2",
        "pages": "101--109",
        "doi": "10.1000/x",
    }
    theirs = dataclasses.replace(theirs, page="", number="e1234")
    assert better_fields(reference({"doi": "10.1000/y"}), theirs) == {"volume": "4", "number": "1-2", "eid": "e1234"}


@pytest.mark.parametrize(
    ("raw", "missing"),
    [
        ({"volume": "9"}, {"number", "pages"}),
        ({"issue": "9"}, {"volume", "pages"}),
        ({"number": " "}, {"volume", "number", "pages"}),
        ({"eid": "e1"}, {"volume", "number"}),
        ({"article-number": "e1"}, {"volume", "number"}),
    ],
)
def test_what_ours_says_in_other_words_is_not_missing(raw, missing):
    theirs = reference(volume="4", issue="1", page="1-9")
    assert better_fields(reference(raw), theirs).keys() == missing


@pytest.mark.parametrize("kind", sorted(set(TYPES.values()) - {"article-journal", "chapter", "paper-conference"}))
def test_a_book_gets_no_volume_of_a_journal(kind):
    theirs = reference(volume="4", issue="1", page="1-9")
    assert better_fields(reference(type=kind), theirs).keys() <= {"doi"}


@pytest.mark.parametrize(
    "text", ["4}", "\\input{x}", "4 % 5", "{4", '4"', "4\n5", "x" * 80, "<b>4</b>", "$4$", "a&b", "@b"]
)
def test_what_is_no_plain_volume_is_not_proposed(text):
    theirs = reference(volume=text, issue=text, page=text, number=text, DOI=f"10.1000/{text}")
    assert {field for field in better_fields(reference(), theirs) if field != "doi"} == set()


@given(st.text(max_size=20))
def test_nothing_that_is_proposed_needs_an_escape(text):
    theirs = reference(volume=text, page=text, DOI=text)
    for value in better_fields(reference(), theirs).values():
        assert not set(value) & set('{}\\"%$&#~^@\n')
