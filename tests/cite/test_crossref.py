"""A work of Crossref as a Reference, and what publishers' markup becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cite import format_apa
from digest.model.reference import DateParts, Name, Reference
from digest.read.crossref import parse_crossref_work
from digest.read.jats import plain_abstract, plain_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = [
    "message", "DOI", "type", "subtype", "title", "subtitle", "original-title", "container-title", "volume", "issue",
    "page", "article-number", "publisher", "publisher-location", "edition-number", "degree", "language", "author",
    "editor", "issued", "published-print", "published-online", "posted", "event", "institution", "standards-body",
    "abstract", "license", "URL", "ISBN", "ISSN",
]  # fmt: skip
WORKS = st.dictionaries(
    st.sampled_from(FIELDS),
    JSON
    | st.lists(st.dictionaries(st.sampled_from(["family", "given", "name", "date-parts", "URL"]), JSON), max_size=2),
)


def parse(**work):
    return parse_crossref_work({field.replace("_", "-"): value for field, value in work.items()})


@given(JSON | WORKS)
def test_whatever_a_stranger_sends_becomes_a_reference(data):
    reference = parse_crossref_work(data)
    assert isinstance(reference, Reference)
    assert format_apa(reference).html


def test_an_article_in_its_envelope():
    work = {
        "DOI": "10.1000/title", "type": "journal-article", "title": ["Title"], "subtitle": ["Its subtitle"],
        "container-title": ["Journal of Titles"], "volume": "12", "issue": "3", "page": "45-67",
        "author": [{"given": "Ann", "family": "Author"}, {"name": "Group of Authors"}],
        "published-online": {"date-parts": [[2019, 12, 1]]}, "published-print": {"date-parts": [[2020, 3]]},
        "issued": {"date-parts": [[2019, 12, 1]]}, "URL": "http://dx.doi.org/10.1000/title",
    }  # fmt: skip
    reference = parse_crossref_work({"status": "ok", "message": work}, citation_key="author2020title")
    assert reference.citation_key == "author2020title"
    assert reference.title == "Title: Its subtitle"
    assert reference.author == (Name("Author", "Ann"), Name(literal="Group of Authors"))
    assert reference.issued == DateParts(2020, 3)  # of the volume, not of the day it went online
    assert reference.page == "45–67"
    assert reference.URL == ""


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("journal-article", "article-journal"), ("book-chapter", "chapter"), ("posted-content", "article"),
        ("dissertation", "thesis"), ("proceedings-article", "paper-conference"), ("article-journal", "article-journal"),
        ("something-new", "document"), ("", "document"), (None, "document"), (7, "document"),
    ],
)  # fmt: skip
def test_types_of_crossref_and_of_csl_are_known(kind, csl):
    assert parse(type=kind).type == csl


@pytest.mark.parametrize(
    ("work", "page", "number"),
    [
        ({"page": "e0123456"}, "", "e0123456"), ({"page": "129-129"}, "129", ""), ({"page": "1078c-1078"}, "1078c", ""),
        ({"page": "1-12", "article-number": "102"}, "1–12", "102"), ({"page": 7}, "7", ""),
        ({"page": "A1-2"}, "A1–2", ""), ({"page": "431.e1-431.e12"}, "431.e1-431.e12", ""),
    ],
)  # fmt: skip
def test_pages_and_article_numbers_are_told_apart(work, page, number):
    reference = parse_crossref_work({"type": "journal-article", **work})
    assert (reference.page, reference.number) == (page, number)


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ([[2020, 3, 5]], DateParts(2020, 3, 5)), ([["2020", "3"]], DateParts(2020, 3)), ([[2020, 13]], DateParts(2020)),
        ([[2020, 3, 32]], DateParts(2020, 3)), ([[None]], None), ([[0]], None), ([], None), ("2020", None),
        (None, None), ([[True]], None),
    ],
)  # fmt: skip
def test_a_date_is_taken_as_far_as_it_makes_sense(issued, date):
    assert parse(issued={"date-parts": issued}).issued == date


def test_an_article_that_is_online_without_volume_is_an_advance_publication():
    online = {"type": "journal-article", "published-online": {"date-parts": [[2020]]}}
    assert parse_crossref_work(online).status == "Advance online publication"
    assert parse_crossref_work({**online, "volume": "12"}).status == ""


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "van der Author", "given": "Ann"}, Name("Author", "Ann", "van der")),
        ({"family": "Ángel Author", "given": "Ann"}, Name("Ángel Author", "Ann")),
        ({"family": "author", "given": "ann"}, Name("author", "ann")),
        ({"family": "Author", "given": "Annette."}, Name("Author", "Annette")),
        ({"family": "Author", "given": "A.", "suffix": "Jr"}, Name("Author", "A.", suffix="Jr")),
        ({"given": "Ann"}, Name("Ann")),
        ({"name": "Group"}, Name(literal="Group")),
    ],
)
def test_names(person, name):
    assert parse(author=[person, None, "nobody", {}]).author == (name,)


def test_a_preprint_has_its_server_for_publisher():
    server = {"type": "posted-content", "institution": [{"name": "Server"}], "publisher": "Host"}
    assert parse_crossref_work(server).publisher == "Server"
    assert (
        parse_crossref_work({"type": "posted-content", "DOI": "10.31234/osf.io/abcde", "publisher": "Host"}).publisher
        == "PsyArXiv"
    )


def test_a_chapter_stands_in_its_book_and_the_book_in_a_series():
    reference = parse_crossref_work({"type": "book-chapter", "title": ["Title"], "container-title": ["Series", "Book"]})
    assert (reference.container_title, reference.collection_title) == ("Book", "Series")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("Title of <i>one</i> work", "Title of one work"),
        ("Al<sub>2</sub>O<sub>3</sub> at 10<sup>−3</sup>", "Al₂O₃ at 10⁻³"),
        ("x<sub>max</sub>", "xmax"),
        ("Ant,<i>Formica rufa</i>Linné", "Ant, Formica rufa Linné"),
        ("PPAR<i>α</i>agonist", "PPARαagonist"),
        ("R &amp;amp; D", "R & D"),
        ("&lt;scp&gt;MMC&lt;/scp&gt; system", "MMC system"),
        ("Title&lt;subtitle&gt;And more&lt;/subtitle&gt;", "Title: And more"),
        ('with <mml:math xmlns:mml="http://www.w3.org/1998"><mml:mi>x</mml:mi></mml:math> in it', "with x in it"),
        ("a < b and c > d", "a < b and c > d"),
        ("p<.05", "p<.05"),
        ("One\n\ttwo", "One two"),
        ("", ""),
    ],
)  # fmt: skip
def test_markup_becomes_text(marked, plain):
    assert plain_text(marked) == plain


def test_an_abstract_keeps_the_headings_of_its_sections():
    marked = (
        "<jats:title>Abstract</jats:title><jats:sec><jats:title>Objective</jats:title><jats:p>To ask.</jats:p>"
        "</jats:sec><jats:sec><jats:title>Results:</jats:title><jats:p>It <jats:italic>was</jats:italic>.</jats:p>"
        "</jats:sec>"
    )
    assert plain_abstract(marked) == "Objective: To ask. Results: It was."
