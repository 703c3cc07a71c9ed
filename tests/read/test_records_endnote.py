"""EndNote's XML, in EndNote's own manner and in JabRef's."""

import pytest

from digest.model.reference import DateParts, Name
from digest.read.records import Record, iter_records


@pytest.fixture
def reference(tmp_path):
    def reference(inner, kind="Journal Article", number=17):
        path = tmp_path / "file.xml"
        path.write_text(
            f'<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><ref-type name="{kind}">{number}</ref-type>'
            f"{inner}</record></records></xml>",
            "utf-8",
        )
        (found,) = iter_records(path)
        assert isinstance(found, Record), found
        return found.reference

    return reference


def styled(text):
    return f'<style face="normal" font="default" size="100%">{text}</style>'


ARTICLE = f"""
<contributors><authors><author>{styled("Author, Ann A.")}</author><author>{styled("Group of Titles,")}</author>
<author>et al.</author></authors></contributors>
<titles><title>{styled("A title &amp;amp; ")}{styled("more.")}</title>
<secondary-title>J. Titl.</secondary-title></titles>
<periodical><full-title>{styled("Journal of Titles")}</full-title></periodical>
<pages>{styled("943-7")}</pages><volume>12</volume><number>3</number><edition>2015/01/31</edition>
<keywords><keyword>{styled("*Alliance; Rupture")}</keyword><keyword>Repair</keyword></keywords>
<dates><year>{styled("2015")}</year><pub-dates><date>
  {styled("Mar 3")}</date></pub-dates></dates>
<isbn>1234-5678 (Electronic)&#xD;8765-4321 (Linking)</isbn><accession-num>{styled("25647015")}</accession-num>
<abstract>Some text.</abstract><electronic-resource-num>doi:10.1000/1</electronic-resource-num>
<urls><related-urls><url>https://www.ncbi.nlm.nih.gov/pubmed/25647015</url><url>https://example.org/1</url>
</related-urls></urls><custom2>PMC42</custom2><custom7>e12</custom7><language>eng</language>
<remote-database-provider>NLM</remote-database-provider>
"""


def test_an_article(reference):
    found = reference(ARTICLE)
    assert (found.type, found.title, found.container_title) == (
        "article-journal",
        "A title & more",
        "Journal of Titles",
    )
    assert (found.author, found.author_others) == ((Name("Author", "Ann A."), Name(literal="Group of Titles")), True)
    assert (found.volume, found.issue, found.page, found.number) == ("12", "3", "943–947", "e12")
    assert (found.issued, found.edition) == (DateParts(2015, 3, 3), "")
    assert (found.ISSN, found.PMID, found.PMCID, found.DOI) == ("1234-5678", "25647015", "PMC42", "10.1000/1")
    assert (found.URL, found.keyword) == ("https://example.org/1", ("Alliance", "Rupture", "Repair"))


def test_a_chapter_and_an_edited_book_and_a_thesis(reference):
    people = (
        "<contributors><authors><author>A, A.</author></authors>"
        "<secondary-authors><author>E, E.</author></secondary-authors></contributors>"
    )
    titles = "<titles><title>A part</title><secondary-title>A whole</secondary-title></titles>"
    chapter = reference(people + titles + "<isbn>978-3-16-148410-0</isbn>", "Book Section", 5)
    assert (chapter.type, chapter.container_title, chapter.editor) == ("chapter", "A whole", (Name("E", "E."),))
    assert chapter.ISBN == "978-3-16-148410-0"
    only = "<contributors><authors><author>E, E.</author></authors></contributors>"
    book = reference(only + titles + "<number>7</number>", "Edited Book", 28)
    assert (book.author, book.editor) == ((), (Name("E", "E."),))
    assert (book.collection_title, book.collection_number) == ("A whole", "7")
    thesis = reference(
        "<titles><title>T</title></titles><work-type>Ph.D.</work-type><publisher>U</publisher>", "Thesis", 32
    )
    assert (thesis.type, thesis.genre, thesis.publisher) == ("thesis", "Ph.D.", "U")


def test_a_type_in_another_language_is_told_by_its_number(reference):
    assert reference("<titles><title>T</title></titles>", "Zeitschriftenaufsatz", 17).type == "article-journal"


def test_a_title_that_is_translated(reference):
    found = reference("<titles><title>Ein Titel</title><translated-title>A title</translated-title></titles>")
    assert (found.title, found.original_title) == ("A title", "Ein Titel")


def test_a_label_is_the_key_where_it_looks_like_one(reference):
    assert (
        reference("<label>author2020title</label><titles><title>T</title></titles>").citation_key == "author2020title"
    )
    assert reference("<label>to read</label><titles><title>T</title></titles>").citation_key == ""
