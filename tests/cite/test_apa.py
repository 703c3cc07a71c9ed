"""What the manual asks for and citeproc-js does otherwise, and what only HTML, Markdown and links show."""

import pytest

from digest.cite import Citation, Run, format_apa
from digest.model.reference import DateParts, Name
from tests.builders import make_reference
from tests.cite.golden import synthetic_references

AUTHOR = (Name("Author", "Ann A."),)
ARTICLE = {"title": "Title", "author": AUTHOR, "issued": DateParts(2020), "container_title": "Journal"}


def text_of(**fields):
    return format_apa(make_reference("key", **fields)).text


def test_a_journal_article_in_html_has_italics_and_its_doi_as_a_link():
    assert format_apa(synthetic_references()["article"]).html == (
        "Author, A. A. (2020). Title of the work. <i>Journal of Titles</i>, <i>12</i>(3), 45–67. "
        '<a href="https://doi.org/10.1000/title">https://doi.org/10.1000/title</a>'
    )


def test_the_same_in_markdown():
    assert format_apa(synthetic_references()["article"]).markdown == (
        "Author, A. A. (2020). Title of the work. *Journal of Titles*, *12*(3), 45–67. <https://doi.org/10.1000/title>"
    )


def test_a_script_in_a_title_is_text():
    html = format_apa(make_reference("key", **{**ARTICLE, "title": "<script>alert(1)</script> & more"})).html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html


def test_an_address_that_is_not_of_the_web_is_no_link():
    citation = format_apa(make_reference("key", type="webpage", title="Title", URL="javascript:alert(1)"))
    assert "<a" not in citation.html
    assert citation.text.endswith("javascript:alert(1)")


@pytest.mark.parametrize(
    ("doi", "href"),
    [
        ("10.1000/a<b>c", "https://doi.org/10.1000/a%3Cb%3Ec"),
        ('10.1000/a"b', "https://doi.org/10.1000/a%22b"),
        ("10.1000/a#b?c d", "https://doi.org/10.1000/a%23b%3Fc%20d"),
        ("10.1000/(SICI)1-2;3:4", "https://doi.org/10.1000/(SICI)1-2;3:4"),
        ("10.1000/50%", "https://doi.org/10.1000/50%25"),
        ("10.1000/a%3Cb", "https://doi.org/10.1000/a%3Cb"),
        ("https://doi.org/10.1000/a", "https://doi.org/10.1000/a"),
        ("doi: 10.1000/é", "https://doi.org/10.1000/%C3%A9"),
    ],
)
def test_a_link_of_an_odd_doi_is_percent_encoded(doi, href):
    assert format_apa(make_reference("key", **ARTICLE, DOI=doi)).runs[-1].href == href


def test_the_handle_is_the_link_of_a_work_with_neither_doi_nor_address():
    assert text_of(**ARTICLE, handle="10000/123").endswith(" https://hdl.handle.net/10000/123")
    assert text_of(**ARTICLE, handle="10000/123", DOI="10.1000/a").endswith(" https://doi.org/10.1000/a")


def test_authors_who_are_not_all_named_end_in_et_al():
    two = (*AUTHOR, Name("Author", "Bea"))
    assert text_of(**{**ARTICLE, "author": two}, author_others=True).startswith(
        "Author, A. A., Author, B., et al. (2020)"
    )
    assert text_of(author=AUTHOR, author_others=True, title="") == "Author, A. A., et al. (n.d.)."
    assert text_of(author=(Name("Author"),), author_others=True, title="") == "Author et al. (n.d.)."


def test_editors_who_are_not_all_named_are_several():
    chapter = {**ARTICLE, "type": "chapter", "container_title": "Book", "editor": (Name("Editor", "Eve"),)}
    assert "In E. Editor et al. (Eds.), Book." in text_of(**chapter, editor_others=True)
    book = {"type": "book", "title": "Title", "editor": (Name("Editor", "Eve"),), "issued": DateParts(2020)}
    assert text_of(**book, editor_others=True) == "Editor, E., et al. (Eds.). (2020). Title."


def test_a_family_name_alone_still_reads_well():
    assert text_of(author=(Name("Author"),), title="") == "Author. (n.d.)."


def test_a_reference_of_which_nothing_is_known_has_no_date_either():
    assert text_of(title="") == "(n.d.)."


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"issued": DateParts(2020)}, "(2020b)"),
        ({"issued": DateParts(2020, 3, 5), "type": "webpage"}, "(2020b, March 5)"),
        ({}, "(n.d.-b)"),
        ({"status": "In press"}, "(in press-b)"),
        ({"status": "in press", "issued": DateParts(2020)}, "(in press-b)"),
    ],
)
def test_the_letter_of_a_year_stands_where_the_year_ends(fields, year):
    citation = format_apa(make_reference("key", author=AUTHOR, **fields), year_suffix="b")
    assert f" {year}. " in citation.text


@pytest.mark.parametrize("day", [DateParts(2020, 13, 1), DateParts(2020, 0, 5), DateParts(2020, None, 5)])
def test_a_month_that_is_none_is_left_out(day):
    assert "(2020)." in text_of(type="webpage", title="Title", issued=day)


@pytest.mark.parametrize(
    ("title", "ended"),
    [
        ("Title?", "Title? "), ("Title!", "Title! "), ("Title.", "Title. "), ("Title…", "Title… "),
        ("The “title”", "The “title.” "), ("The ‘title’", "The ‘title.’ "), ('The "title"', 'The "title." '),
        ("“What title?”", "“What title?” "), ("The titles of authors’", "The titles of authors’. "),
        ("Title (and more)", "Title (and more). "), ("Title (what?)", "Title (what?). "),
    ],
)  # fmt: skip
def test_a_title_ends_with_one_mark(title, ended):
    assert f"(2020). {ended}Journal." in text_of(**{**ARTICLE, "title": title})


def test_a_work_in_another_language_has_its_own_title_first():
    article = text_of(**ARTICLE, original_title="Titel")
    assert "(2020). Titel [Title]. Journal." in article


def test_the_original_title_of_a_translated_book_is_not_shown():
    fields = {**ARTICLE, "type": "book", "container_title": "", "original_title": "Titel", "publisher": "Publisher"}
    assert "Title (B. Author, Trans.). Publisher." in text_of(**fields, translator=(Name("Author", "Bea"),))


@pytest.mark.parametrize("status", ["advance online publication", "Epub ahead of print", "Online first"])
def test_an_advance_publication_says_so_until_it_has_a_volume(status):
    assert "Journal. Advance online publication." in text_of(**ARTICLE, status=status)
    assert text_of(**ARTICLE, status=status, volume="12").endswith(" Journal, 12.")


def test_a_journal_in_sentence_case_is_put_into_title_case():
    assert "Journal of Titles and Works." in text_of(**{**ARTICLE, "container_title": "Journal of titles and works"})


@pytest.mark.parametrize(
    ("container", "language"),
    [
        ("Zeitschrift für klinische Titel", ""),
        ("Revue de titres", ""),
        ("Zeitschrift klinischer titel", "de"),
        ("npj Titles", ""),
    ],
)
def test_a_journal_in_another_language_or_with_its_own_spelling_keeps_its_capitals(container, language):
    assert f" {container}." in text_of(**{**ARTICLE, "container_title": container}, language=language)


def test_the_proceedings_do_not_name_their_conference_twice():
    paper = {**ARTICLE, "type": "paper-conference", "container_title": "Proceedings of the 3rd Conference on Titles"}
    assert text_of(**paper, event_title="3rd Conference on Titles").count("Conference") == 1


def test_undated_pages_say_when_they_were_read():
    page = make_reference(
        "key", type="webpage", title="Title", URL="https://example.org/", accessed=DateParts(2021, 4, 6)
    )
    assert format_apa(page).text == "Title. (n.d.). Retrieved April 6, 2021, from https://example.org/"
    assert 'from <a href="https://example.org/">' in format_apa(page).html


def test_markdown_escapes_what_would_be_markup():
    citation = Citation((Run("1. *a* [b](c) _d_ `e` <f> http://g www.h i@j ~k~ $l$ "), Run(" *m* ", italic=True)))
    assert citation.markdown == (r"1\. \*a\* \[b\](c) \_d\_ \`e\` \<f\> http\://g www\.h i\@j \~k\~ \$l\$  *\*m\** ")
