"""RIS: the tags that Zotero and EndNote read."""

import pytest

from digest.cite import format_ris
from digest.model.reference import DateParts, Name, RepositoryCopy
from tests.builders import make_reference
from tests.cite.golden import synthetic_references


def tags(**fields):
    lines = format_ris(make_reference("key", **fields)).splitlines()
    return [tuple(line.split("  - ", 1)) for line in lines]


def test_a_journal_article():
    assert format_ris(synthetic_references()["article"]) == (
        "TY  - JOUR\n"
        "ID  - article\n"
        "AU  - Author, Ann A.\n"
        "TI  - Title of the work\n"
        "T2  - Journal of Titles\n"
        "PY  - 2020\n"
        "DA  - 2020///\n"
        "VL  - 12\n"
        "IS  - 3\n"
        "SP  - 45\n"
        "EP  - 67\n"
        "DO  - 10.1000/title\n"
        "ER  - \n"
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (Name("Author", "Ann", "van der", "Jr."), "van der Author, Ann, Jr."),
        (Name("Author"), "Author"),
        (Name(literal="Group of Authors"), "Group of Authors,"),
        (Name(literal="Department of Titles, University"), "Department of Titles,, University"),
    ],
)
def test_a_group_ends_in_a_comma_as_endnote_wants_it(name, line):
    assert ("AU", line) in tags(author=(name,))


@pytest.mark.parametrize(("kind", "tag"), [("chapter", "A2"), ("book", "A3"), ("report", "ED")])
def test_editors_stand_where_each_type_has_them(kind, tag):
    assert (tag, "Editor, Eve") in tags(type=kind, editor=(Name("Editor", "Eve"),))


def test_a_value_never_breaks_its_line():
    assert ("TI", "Title ER - TY - JOUR") in tags(title="Title\nER  - \nTY  - JOUR")


def test_a_type_without_a_tag_of_its_own_is_labelled():
    lines = tags(type="interview")
    assert lines[0] == ("TY", "GEN")
    assert ("U1", "csl-type: interview") in lines


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("45–67", [("SP", "45"), ("EP", "67")]),
        ("S45--S67", [("SP", "S45"), ("EP", "S67")]),
        ("45-47, 50", [("SP", "45-47, 50")]),
    ],
)
def test_pages_are_first_and_last_where_they_are_one_range(page, expected):
    assert [line for line in tags(page=page) if line[0] in {"SP", "EP"}] == expected


def test_the_original_title_comes_first_and_its_translation_as_such():
    lines = tags(title="Title", original_title="Titel")
    assert ("TI", "Titel") in lines
    assert ("TT", "Title") in lines


def test_what_ris_has_no_tag_for_is_labelled():
    lines = tags(
        status="in press",
        author_others=True,
        handle="10000/123",
        licence="CC BY 4.0",
        copies=(RepositoryCopy("https://example.org/1", "accepted version", "open"),),
        recommended=("beta2021", "gamma2022"),
        original_date=DateParts(1950),
        accessed=DateParts(2021, 4, 6),
    )
    labelled = [value for tag, value in lines if tag == "U1"]
    assert labelled == [
        "author: others",
        "status: in press",
        "original-date: 1950",
        "handle: 10000/123",
        "licence: CC BY 4.0",
        "copy: https://example.org/1 | accepted version | open",
        "recommended: beta2021, gamma2022",
    ]
    assert ("Y2", "2021/04/06/") in lines
