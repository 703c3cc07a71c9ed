"""Plain data to fields: what does not fit is told at its place and left out, and the rest is used."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.configuration import DigestSettings
from digest.model.entry import EntryFields
from digest.model.source import Source
from digest.model.study import RecruitmentStatus, StudyFields
from digest.model.training import TrainingModuleFields
from digest.read.fields import field_names, nearest, read_fields
from digest.read.yaml_tree import parse_yaml


def read(cls, text):
    source = Source("a.md", text)
    tree = parse_yaml(source, 0, len(text), rule="front-matter-unreadable")
    fields, places, problems = read_fields(cls, tree.data, tree.places, source)
    return fields, places, tree.problems + problems


def told(cls, text):
    """Problems as `line:column rule 'text of the span'`."""
    source = Source("a.md", text)
    return [
        "{}:{} {} {!r}".format(*source.line_column(p.span.start), p.rule, text[p.span.start : p.span.end])
        for p in read(cls, text)[2]
    ]


def test_every_kind_of_field_is_read():
    fields, _, problems = read(
        StudyFields,
        "title: one\naudiences: [a, b]\nstatus: RECRUITING\nenrolment: 12\ndraft: yes\n"
        "sign_up: {url: x, opens: 2023-01-05}\ncontacts:\n  - name: c\n",
    )
    assert problems == []
    assert (fields.title, fields.audiences, fields.enrolment, fields.draft) == ("one", ("a", "b"), 12, True)
    assert fields.status is RecruitmentStatus.RECRUITING
    assert fields.sign_up is not None
    assert fields.sign_up.opens == datetime.date(2023, 1, 5)
    assert fields.contacts[0].name == "c"


@pytest.mark.parametrize("value", ["", " ~", " null"])
def test_a_field_without_a_value_is_left_out(value):
    fields, _, problems = read(EntryFields, f"title:{value}\ndate:{value}\ntopics:{value}\ndraft:{value}\n")
    assert vars(fields) == vars(EntryFields())
    assert problems == []


@pytest.mark.parametrize(
    ("written", "span", "reason"),
    [
        ("2023-02-30", "2023-02-30", "day value is outside expected range"),
        ("2023-13-01", "2023-13-01", "month value is outside expected range"),
        ("2023-1-5", "2023-1-5", ""),
        ("20230105", "20230105", ""),
        ("0", "0", ""),
        ("86400", "86400", ""),
        ("2023-01-05T00:00", "2023-01-05T00:00", ""),
        ("January 2023", "January 2023", ""),
        ("[2023-01-05]", "[2023-01-05]", ""),
    ],
)
def test_a_day_that_no_calendar_has_is_told(written, span, reason):
    fields, _, problems = read(EntryFields, f"title: one\ndate: {written}\n")
    assert vars(fields) == vars(EntryFields(title="one"))
    assert told(EntryFields, f"title: one\ndate: {written}\n") == [f"2:7 field-malformed {span!r}"]
    assert reason in problems[0].message
    assert "write " in problems[0].fix


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-1-5", "2023-01-05"),
        ("2023/01/05", "2023-01-05"),
        ("2023\u201301\u201305", "2023-01-05"),
        ("2023-01-05T00:00", "2023-01-05"),
        ("5 January 2023", "2023-01-05"),
        ("Jan. 5th, 2023", "2023-01-05"),
    ],
)
def test_a_day_in_another_form_is_offered_as_it_must_be_written(written, day):
    _, _, (problem,) = read(EntryFields, f"title: one\ndate: {written}\n")
    assert problem.fix == f"write `date: {day}`"


LATE = f"5 January {'9' * 5000}"
"""More digits than Python makes a number of."""


@pytest.mark.parametrize(
    "written",
    [
        "05/01/2023",
        "05.01.2023",
        "January 2023",
        "5 January 23",
        "2023-02-30",
        "soon",
        LATE,
        "Jan 2023 99999999999999999999",
    ],
)
def test_no_day_is_offered_where_several_could_be_meant(written):
    _, _, (problem,) = read(EntryFields, f"title: one\ndate: {written}\n")
    assert problem.fix == "write year, month and day, such as `date: 2023-01-31`"


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("soil", "soil"),
        ("soil, watering", "soil, watering"),
        ("soil; watering", "soil, watering"),
        ("soil]", "soil"),
        ("(soil)", "soil"),
        ("soil (wet)", "soil (wet)"),
        ("\n  soil\n  wet-years", "soil, wet-years"),
        ("\n  -soil\n  -wet-years", "soil, wet-years"),
        ("\n  \u2022 soil\n  \u2022 wet-years", "soil, wet-years"),
        ("\n  \u2013 soil\n  \u2013 wet-years", "soil, wet-years"),
    ],
)
def test_a_list_is_offered_as_it_must_be_written(written, items):
    _, _, (problem,) = read(EntryFields, f"title: one\ntopics: {written}\n")
    assert problem.fix == f"write it as a list: `topics: [{items}]`"


def test_a_text_for_a_list_of_groups_gets_no_brackets():
    _, _, (problem,) = read(EntryFields, "title: one\ncorrections: It said more.\n")
    assert "`- date: ...`" in problem.fix
    assert problem.edits == ()


@pytest.mark.parametrize(
    "item", ["date: soon\n    note: a", "date: 2023-01-05\n    notes: a", "date: 2023-01-05\n    note: [a]"]
)
def test_a_field_whose_value_or_name_was_told_is_not_missing_besides(item):
    _, _, problems = read(EntryFields, f"title: one\ncorrections:\n  - {item}\n")
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("line", "span"),
    [
        ("title: [one]", "[one]"),
        ("title: {one: two}", "{one: two}"),
        ("topics: {one: two}", "{one: two}"),
        ("topics: [[one]]", "[one]"),
        ("draft: perhaps", "perhaps"),
        ("coverage: [one]", "one"),
        ("coverage: one", "one"),
        ("corrections: [{date: x, note: y}]", "x"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_and_left_out(line, span):
    fields, _, _ = read(EntryFields, f"takeaway: kept\n{line}\n")
    assert fields.takeaway == "kept"
    column = line.index(span) + 1
    assert told(EntryFields, f"takeaway: kept\n{line}\n")[0] == f"2:{column} field-malformed {span!r}"


@pytest.mark.parametrize("written", ["one", "1.5", "1e3", "1_"])
def test_a_number_that_is_none_is_told(written):
    assert told(TrainingModuleFields, f"number: {written}\n") == [f"1:9 field-malformed {written!r}"]


def test_a_single_value_for_a_list_can_be_put_in_brackets():
    text = "topics: soil\n"
    (problem,) = read(EntryFields, text)[2]
    (edit,) = problem.edits
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert read(EntryFields, mended)[0].topics == ("soil",)


@pytest.mark.parametrize("written", ["'soil'", "a: b", "soil, water", ">-\n  one\n  two"])
def test_a_value_that_brackets_would_change_is_not_put_in_them(written):
    assert all(not problem.edits for problem in read(EntryFields, f"topics: {written}\n")[2])


@pytest.mark.parametrize(
    ("written", "meant"),
    [("takeawy", "takeaway"), ("Title", "title"), ("research-types", "research_types"), ("topic", "topics")],
)
def test_an_unknown_field_comes_with_the_nearest_known_one(written, meant):
    (problem,) = read(EntryFields, f"{written}: x\n")[2]
    assert (problem.rule, problem.fix) == ("field-unknown", f"did you mean '{meant}'?")
    assert problem.edits[0].text == meant


def test_an_unknown_field_that_is_near_to_none_comes_with_all_of_them():
    (problem,) = read(EntryFields, "weather: dry\n")[2]
    assert problem.edits == ()
    assert all(name in problem.fix for name in field_names(EntryFields))


def test_a_misspelt_field_is_not_renamed_to_one_that_is_there():
    (problem,) = read(EntryFields, "title: one\ntitel: two\n")[2]
    assert problem.edits == ()


def test_an_unknown_field_inside_a_group_is_told_with_its_place():
    text = "coverage:\n  - {title: a, publisher: b, linc: c}\n  - {title: a, publisher: b, url: c}\n"
    fields, _, (problem,) = read(EntryFields, text)
    assert told(EntryFields, text) == ["2:30 field-unknown 'linc'"]
    assert "'coverage 1'" in problem.message
    assert len(fields.coverage) == 2


def test_an_item_without_a_required_field_is_left_out_whole():
    text = "coverage:\n  - {title: a}\n  - {title: b, publisher: c}\n"
    fields, _, problems = read(EntryFields, text)
    assert [item.title for item in fields.coverage] == ["b"]
    assert [(problem.rule, problem.message) for problem in problems] == [
        ("field-missing", "'coverage 1' has no 'publisher'")
    ]


def test_places_follow_the_items_that_are_left():
    text = "topics: [[a], b, {c: d}, e]\ncoverage: [one, {title: t, publisher: p}]\n"
    fields, places, _ = read(EntryFields, text)
    assert fields.topics == ("b", "e")
    spans = [places.at("topics", 0), places.at("topics", 1), places.at("coverage", 0, "publisher")]
    assert [text[span.start : span.end] for span in spans] == ["b", "e", "p"]


def test_every_fault_is_told_at_once():
    text = (
        "".join(f"wrong{number}x: 1\n" for number in range(20))
        + "date: x\ndraft: perhaps\ntitle: [z]\nauthors: {a: b}\n"
    )
    assert len(told(EntryFields, text)) == 24


def test_an_unknown_name_from_a_list_is_told_with_the_list():
    (problem,) = read(StudyFields, "status: recruiting\n")[2]
    assert "RECRUITING" in problem.fix


def test_settings_are_read_with_their_places():
    fields, _, problems = read(DigestSettings, "authors: [one]\nlengths: {summary_words: 12, topics: 3}\n")
    assert fields.lengths.summary_words == 12
    assert [problem.message for problem in problems] == ["unknown field 'topics' in 'lengths'"]


@pytest.mark.parametrize(("word", "expected"), [("takeawy", "takeaway"), ("TakeAway", "takeaway"), ("x", ""), ("", "")])
def test_a_guess_is_sure_or_there_is_none(word, expected):
    assert nearest(word, field_names(EntryFields)) == expected


data = st.recursive(
    st.one_of(st.none(), st.text(max_size=6), st.sampled_from(["2023-01-05", "true", "12", "0"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["title", "publisher", "date", "url", "note", "x", ""]), inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*field_names(EntryFields), "self", "cls", "x y"]), data, max_size=5))
def test_any_data_is_read(data):
    source = Source("a.md", "")
    tree = parse_yaml(source, 0, 0, rule="front-matter-unreadable")
    fields, _, _ = read_fields(EntryFields, data, tree.places, source)
    assert isinstance(fields, EntryFields)
