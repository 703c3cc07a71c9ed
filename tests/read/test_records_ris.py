"""RIS, as this and that database writes it."""

import pytest

from digest.model.reference import DateParts, Name
from digest.read.records import Record, Refused, iter_records


@pytest.fixture
def read(tmp_path):
    def read(text):
        (tmp_path / "file.ris").write_text(text, "utf-8")
        return list(iter_records(tmp_path / "file.ris"))

    return read


@pytest.fixture
def reference(read):
    def reference(*lines, kind="JOUR"):
        (found,) = read("\n".join([f"TY  - {kind}", *lines, "ER  - ", ""]))
        assert isinstance(found, Record), found
        return found.reference

    return reference


def test_a_journal_article(reference):
    found = reference(
        "ID  - tasca2023training", "AU  - Author, Ann A.", "AU  - van der Berg, B., Jr.", "TI  - A title: And more",
        "JF  - Journal of Titles", "JA  - J. Titl.", "PY  - 2023", "DA  - 2023/03/05/", "VL  - 12", "IS  - 3",
        "SP  - 123", "EP  - 128", "DO  - https://doi.org/10.1000/Title.1", "UR  - https://example.org/1",
        "SN  - 1234-5678", "KW  - one", "KW  - two", "AB  - METHODS: Some &lt;i&gt;text&lt;/i&gt;.", "LA  - eng",
    )  # fmt: skip
    assert found.citation_key == "tasca2023training"
    assert found.type == "article-journal"
    assert found.author == (Name("Author", "Ann A."), Name("Berg", "B.", "van der", "Jr."))
    assert (found.title, found.container_title) == ("A title: And more", "Journal of Titles")
    assert (found.volume, found.issue, found.page) == ("12", "3", "123–128")
    assert found.issued == DateParts(2023, 3, 5)
    assert (found.DOI, found.URL, found.ISSN) == ("10.1000/Title.1", "https://example.org/1", "1234-5678")
    assert (found.keyword, found.abstract, found.language) == (("one", "two"), "METHODS: Some text.", "en")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Author, Ann", Name("Author", "Ann")),
        ("Author,A. B.", Name("Author", "A. B.")),
        ("Author, Jr., Ann", Name("Author", "Ann", suffix="Jr.")),
        ("Ann Author", Name("Author", "Ann")),
        ("Author B. C.", Name("Author", "B. C.")),
        ("Ann van der Author", Name("Author", "Ann", "van der")),
        ("World Health Organization", Name(literal="World Health Organization")),
        ("NICE,", Name(literal="NICE")),
        ("Department of Health,, Canada", Name(literal="Department of Health, Canada")),
        ("de la Author, Ann", Name("Author", "Ann", "de la")),
        ("Plato", Name("Plato")),
    ],
)
def test_names(reference, written, name):
    assert reference(f"AU  - {written}", "TI  - A title").author == (name,)


def test_et_al_says_that_there_are_more(reference):
    found = reference("AU  - Author, Ann", "AU  - et al.", "TI  - A title")
    assert (found.author, found.author_others) == ((Name("Author", "Ann"),), True)


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2016//"], DateParts(2016)),
        (["Y1  - 2016/05/03/Spring"], DateParts(2016, 5, 3)),
        (["PY  - 2016", "DA  - MAY 3"], DateParts(2016, 5, 3)),
        (["PY  - 2016", "DA  - 2017/01/01"], DateParts(2016)),
        (["PY  - 2016-05"], DateParts(2016, 5)),
        (["PY  - May 3, 2016"], DateParts(2016, 5, 3)),
        (["PY  - 2016/02/31"], DateParts(2016, 2)),
        (["PY  - 10 15"], None),
        (["PY  - ///"], None),
    ],
)
def test_dates(reference, lines, date):
    assert reference("TI  - A title", *lines).issued == date


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["SP  - 123-8"], "123–128"),
        (["SP  - S12", "EP  - S15"], "S12–S15"),
        (["SP  - No", "EP  - Specified"], ""),
        (["SP  - 7", "EP  - 7"], "7"),
        (["SP  - e0209899"], "e0209899"),
    ],
)
def test_pages(reference, lines, pages):
    assert reference("TI  - A title", *lines).page == pages


def test_what_databases_add_is_left_out(reference):
    found = reference(
        "ID  - 2019-65183-001", "T1  - A title.", "A1  - Author, Ann", "A2  - One, Two, Three, Four, Five, Six",
        "VL  - 50(2)", "M3  - Review", "N1  - Cited By :9", "UR  - https://www.scopus.com/inward/record.uri?eid=1",
        "DO  - 10.1000/1", "ET  - 2011/05/11", "C2  - 31421429", "DB  - Scopus", "KW  - *Alliance\nRupture; Repair",
        "LA  - English",
    )  # fmt: skip
    assert (found.citation_key, found.title, found.editor) == ("", "A title", ())
    assert (found.volume, found.issue, found.edition) == ("50", "2", "")
    assert (found.note, found.URL, found.genre, found.publication_types) == ("", "", "", ("Review",))
    assert (found.PMID, found.keyword, found.language) == ("31421429", ("Alliance", "Rupture", "Repair"), "en")


def test_pubmed_through_endnote_has_headings(reference):
    found = reference("TI  - A title", "AN  - 123", "DP  - NLM", "KW  - Boswellia/*chemistry", "C2  - PMC42")
    assert (found.PMID, found.PMCID, found.mesh, found.keyword) == ("123", "PMC42", ("Boswellia",), ())
    assert reference("TI  - A title", "AN  - 123", "DP  - EBSCOhost").PMID == ""


def test_a_chapter_and_a_book_and_a_thesis(reference):
    chapter = reference(
        "TI  - A part", "T2  - A whole", "A2  - Editor, E.", "PB  - Press", "SN  - 978-3-16-148410-0", kind="CHAP"
    )
    assert (chapter.type, chapter.container_title, chapter.editor) == ("chapter", "A whole", (Name("Editor", "E."),))
    assert (chapter.publisher, chapter.ISBN) == ("Press", "978-3-16-148410-0")
    book = reference("TI  - A whole", "T2  - A series", "A3  - Editor, E.", "ET  - 2nd", kind="BOOK")
    assert (book.type, book.collection_title, book.container_title) == ("book", "A series", "")
    assert (book.editor, book.edition) == ((Name("Editor", "E."),), "2nd")
    edited = reference("TI  - A whole", "AU  - Editor, E.", kind="EDBOOK")
    assert (edited.author, edited.editor) == ((), (Name("Editor", "E."),))
    thesis = reference("TI  - A title", "M3  - Doctoral dissertation", "PB  - University", kind="THES")
    assert (thesis.type, thesis.genre, thesis.publisher) == ("thesis", "Doctoral dissertation", "University")


def test_a_title_is_in_the_language_of_the_work_or_translated(reference):
    found = reference("TI  - Ein Titel", "TT  - A title")
    assert (found.title, found.original_title) == ("A title", "Ein Titel")


def test_a_value_goes_on_in_lines_without_a_tag(read):
    (found,) = read("TY  - JOUR\nTI  - A title\nAB  - First\nED - is no tag here\n  last\nER  -\nNL  - extra\n\ntext\n")
    assert found.reference.abstract == "First ED - is no tag here last"


@pytest.mark.parametrize("gap", [" - ", "- ", " -", "  - ", "  -", "   - "])
def test_blanks_around_the_hyphen_do_not_matter(read, gap):
    (found,) = read(f"TY{gap}JOUR\nTI{gap}A title\nER{gap}\n" if gap != " -" else "TY -\nTI - A title\nER -\n")
    assert isinstance(found, Record)
    assert found.reference.title == "A title"


def test_every_record_is_one_or_the_other_with_its_line(read):
    found = read(
        "Provider: Somebody\n1.\nTY  - JOUR\nTI  - One\nER  - \n\n2.\nTY  - GEN\nER  - \nTY  - JOUR\nTI  - Three\n"
        "TY  - JOUR\nTI  - Four\nER  - \nAU  - Lost, A.\nTI  - Five\nER  - \nTY  - JOUR\nTI  - Six"
    )
    assert [type(outcome) for outcome in found] == [Record, Refused, Record, Record, Refused, Record]
    assert [outcome.line for outcome in found] == [3, 8, 10, 12, 15, 18]
    assert "says nothing about a work" in found[1].reason
    assert "does not begin with its type" in found[4].reason
