"""Pasted APA citations, as far as they can be understood."""

import pytest

from digest.model.reference import DateParts, Name
from digest.read.records import Record, Refused, iter_records, parse_citation

AUTHORS = (Name("Author", "A. A."), Name("Berg", "B.", "van der", "Jr."), Name("O'Brien-Smith", "C.-D."))
PEOPLE = "Author, A. A., van der Berg, B., Jr., & O'Brien-Smith, C.-D."


def parse(text):
    found = parse_citation(text)
    assert not isinstance(found, Refused), found
    return found


def said(reference, **expected):
    assert {field: getattr(reference, field) for field in expected} == expected


def test_an_article():
    found = parse(
        f"{PEOPLE} (2023, May 3). Is it a title? More of it. *Journal of Titles*, *12*(3), 123-8. https://doi.org/10.1000/a.(1)"
    )
    said(
        found, type="article-journal", author=AUTHORS, issued=DateParts(2023, 5, 3), volume="12", issue="3",
        title="Is it a title? More of it", container_title="Journal of Titles", page="123–128", DOI="10.1000/a.(1)",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Journal of Titles, 12, Article e123.", {"volume": "12", "number": "e123", "page": ""}),
        ("Journal of Titles, 12(Suppl. 1), S1–S9.", {"issue": "Suppl. 1", "page": "S1–S9"}),
        ("J. Couns. Psychol., 62(3), 351–359.", {"container_title": "J. Couns. Psychol.", "volume": "62"}),
        ("Journal of Titles, 12(3). doi:10.1000/1", {"issue": "3", "DOI": "10.1000/1", "page": ""}),
        (
            "Journal of Titles. Advance online publication. https://doi.org/10.1000/1",
            {"status": "Advance online publication", "type": "article-journal", "container_title": "Journal of Titles"},
        ),
        ("Journal of Titles 12(3):45-67", {"volume": "12", "page": "45–67"}),
        ("Journal of Titles, 181–187.", {"volume": "", "page": "181–187"}),
        (
            "In E. E. Editor & F. von Editor (Eds.), A whole (2nd ed., Vol. 3, pp. 4–9). Press.",
            {
                "type": "chapter",
                "container_title": "A whole",
                "edition": "2nd",
                "volume": "3",
                "page": "4–9",
                "publisher": "Press",
                "editor": (Name("Editor", "E. E."), Name("Editor", "F.", "von")),
            },
        ),
        ("New York, NY: Press.", {"type": "book", "publisher": "Press", "publisher_place": "New York, NY"}),
        ("PsyArXiv. https://doi.org/10.1000/1", {"type": "article", "genre": "Preprint", "publisher": "PsyArXiv"}),
        (
            "Site. Retrieved May 3, 2020, from https://example.org/1",
            {
                "type": "webpage",
                "container_title": "Site",
                "URL": "https://example.org/1",
                "accessed": DateParts(2020, 5, 3),
            },
        ),
        ("Press. (Original work published 1900)", {"publisher": "Press", "original_date": DateParts(1900)}),
    ],
)
def test_sources(source, expected):
    said(parse(f"Author, A. (2020). A title. {source}"), title="A title", **expected)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A title (3rd ed.). Press.", {"title": "A title", "edition": "3rd", "type": "book"}),
        ("A title (Report No. 12). Institute.", {"title": "A title", "number": "12", "type": "report"}),
        (
            "A title [Doctoral dissertation, University]. uRepository.",
            {"genre": "Doctoral dissertation", "publisher": "University", "type": "thesis"},
        ),
        ("A title [Data set]. Archive.", {"title": "A title", "type": "dataset", "genre": "Data set"}),
        ("Ein Titel [A title]. Zeitschrift, 1(2), 3–4.", {"title": "A title", "original_title": "Ein Titel"}),
        ("A title (B. Berg, Trans.). Press.", {"title": "A title", "translator": (Name("Berg", "B."),)}),
    ],
)
def test_what_stands_behind_a_title(title, expected):
    said(parse(f"Author, A. (2020). {title}"), **expected)


@pytest.mark.parametrize(
    ("people", "names", "others"),
    [
        ("World Health Organization.", (Name(literal="World Health Organization"),), False),
        ("Author, A., et al.", (Name("Author", "A."),), True),
        ("Author, A., Berg, B., . . . Zhu, C.", (Name("Author", "A."), Name("Berg", "B."), Name("Zhu", "C.")), True),
        ("Author, A., & Group of Titles.", (Name("Author", "A."), Name(literal="Group of Titles")), False),
        ("Author A, Berg BC", (Name("Author", "A"), Name("Berg", "BC")), False),
        ("Author, Ann", (Name("Author", "Ann"),), False),
        ("Author, A. C. de O.", (Name("Author", "A. C. de O."),), False),
    ],
)
def test_people(people, names, others):
    said(parse(f"{people} (2020). A title. Press."), author=names, author_others=others)


def test_editors_stand_before_a_book():
    said(parse("Editor, E. (Ed.). (2020). A whole. Press."), author=(), editor=(Name("Editor", "E."),))


def test_a_work_without_authors_begins_with_its_title():
    said(parse("A title of some length. (2020). Site. https://example.org"), author=(), title="A title of some length")
    said(parse("A title. (n.d.). Journal, 1(2), 3–4."), title="A title", container_title="Journal", issued=None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Author, A. A title without a year.", "no year"),
        ("(2020). A title.", "nothing stands before the year"),
        ("Author, A. (2020).", "no title"),
        ("Author, A. (2020). https://doi.org/10.1000/1", "no title"),
        ("Author, A. (2020). " + "title " * 5000, "longer than"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_reason(text, words):
    found = parse_citation(text, 7)
    assert isinstance(found, Refused)
    assert words in found.reason
    assert found.line == 7


def test_one_a_line_or_paragraph_with_bullets_and_wrapped_lines(tmp_path):
    text = """# References

Author, A. (2020). One. Journal, 1(2), 3–4
Berg, B., Author, A., &
  Zhu, C. (2021). Two that goes
on. Journal, 5(6), 7–8. https://doi.org/10.1000/2
World Health Organization. (2022). Three. Press.

1. Author, A. (2020). Four. Press.
2. Author, A. (2020). Five. Press.
- Nothing

[3] Author, A. (in press). Six. Press.
"""
    (tmp_path / "file.txt").write_text(text, "utf-8")
    found = list(iter_records(tmp_path / "file.txt"))
    shown = [(o.line, o.reference.title if isinstance(o, Record) else "refused") for o in found]
    assert shown == [
        (3, "One"), (4, "Two that goes on"), (7, "Three"), (9, "Four"), (10, "Five"), (11, "refused"), (13, "Six"),
    ]  # fmt: skip
    assert isinstance(found[1], Record)
    assert [name.family for name in found[1].reference.author] == ["Berg", "Author", "Zhu"]
