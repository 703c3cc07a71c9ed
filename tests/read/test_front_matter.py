"""The front matter of a Markdown file: where it begins and ends, and what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.source import Source
from digest.read.front_matter import split_front_matter


def split(text, *, required=True):
    source = Source("a.md", text)
    parts = split_front_matter(source, required=required)
    return parts.tree.data, text[parts.body_start :], [problem.message for problem in parts.tree.problems]


@pytest.mark.parametrize("before", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("line", ["---", "---  ", "-----"])
def test_the_block_between_two_lines_is_the_front_matter(before, end, line):
    data, body, problems = split(f"{before}{line}{end}title: one{end}{line}{end}Body.{end}")
    assert (data, body, problems) == ({"title": "one"}, f"Body.{end}", [])


def test_a_line_of_hyphens_in_the_body_is_the_body_s():
    data, body, _ = split("---\ntitle: one\n---\nBody.\n\n---\n\nMore.\n")
    assert (data, body) == ({"title": "one"}, "Body.\n\n---\n\nMore.\n")


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "  \n\t\n"])
def test_an_empty_file_is_told(text):
    data, body, problems = split(text)
    assert (data, problems) == ({}, ["the file is empty"])
    assert body == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Body.\n", "the file does not begin with front matter (---)"),
        (" ---\ntitle: x\n---\n", "the front matter does not begin at the very beginning of the file"),
        ("\n\n---\ntitle: x\n---\n", "the front matter does not begin at the very beginning of the file"),
        ("--\ntitle: x\n--\n", "'--' does not open the front matter"),
        ("\u2014\ntitle: x\n---\n", "'\u2014' does not open the front matter"),
        ("title: x\n---\n", "the line --- above the fields is missing"),
        ("---\rtitle: x\r---\rBody.", "its lines end as those of old Macs (CR)"),
    ],
)
def test_a_file_without_front_matter_is_told_where_it_is_required(text, what):
    assert split(text) == ({}, text, [what])
    assert split(text, required=False) == ({}, text, [])


@pytest.mark.parametrize("line", ["--", "\u2014", "\u2013\u2013\u2013", "___"])
def test_a_line_that_was_meant_to_close_the_front_matter_is_pointed_at(line):
    text = f"---\ntitle: one\n{line}\nBody.\n"
    assert split(text) == ({}, text, [f"{line!r} does not close the front matter"])


@pytest.mark.parametrize("required", [True, False])
def test_front_matter_that_is_not_closed_is_told(required):
    text = "---\ntitle: one\n\nBody.\n"
    assert split(text, required=required) == (
        {},
        text,
        ["the front matter is not closed: a second line --- is missing"],
    )


@pytest.mark.parametrize("inside", ["- a\n- b\n", "just words\nand more\n", "'quoted'\n"])
def test_front_matter_that_holds_no_fields_is_told(inside):
    data, body, problems = split(f"---\n{inside}---\nBody.\n")
    assert (data, body, problems) == ({}, "Body.\n", ["the front matter is not a list of fields"])


def test_empty_front_matter_has_no_fields_and_no_fault():
    data, body, problems = split("---\n---\nBody.\n")
    assert (not data, body, problems) == (True, "Body.\n", [])


def test_what_is_missing_is_pointed_out_at_the_first_line():
    source = Source("a.md", "\ufeff---\ntitle: one\n---\n")
    places = split_front_matter(source).tree.places
    assert source.line_column(places.at("takeaway").start) == (1, 2)


@given(st.text(alphabet=st.sampled_from(list("-ab: \n\r\ufeff[")), max_size=40))
def test_nothing_raises_and_the_body_is_the_end_of_the_text(text):
    source = Source("a.md", text)
    parts = split_front_matter(source)
    assert 0 <= parts.body_start <= len(text)
