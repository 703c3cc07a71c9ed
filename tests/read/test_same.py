"""Finding the reference that is there already, and no other."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.reference import DateParts, Name
from digest.read.same import Matcher
from digest.read.same_journal import same_journal
from tests.builders import make_reference
from tests.read.made_references import references

ARTICLE = make_reference(
    "article",
    title="Rupture repair in therapy: A study of the alliance",
    author=(Name("Flückiger", "Christoph"), Name("Del Re", "A. C.")),
    issued=DateParts(2020),
    container_title="Journal of Counseling Psychology",
    volume="67",
    issue="6",
    page="706–711",
    DOI="10.1000/Rupture.1",
    PMID="32212759",
)
BARE = replace(ARTICLE, DOI="", PMID="")
NOWHERE: dict[str, Any] = {"volume": "", "issue": "", "page": "", "container_title": ""}


def finds(there, reference):
    return Matcher([there]).find(reference) is there


@pytest.mark.parametrize(
    "changes",
    [
        {"DOI": "https://doi.org/10.1000/RUPTURE.1", "title": "Something else", "author": (), "issued": None},
        {"DOI": "", "title": "", "author": (), "issued": None},
        {"DOI": "", "PMID": ""},
        {"DOI": "", "PMID": "", **NOWHERE},
    ],
)
def test_a_work_is_found_by_doi_or_pmid_or_title_year_and_author(changes):
    assert finds(ARTICLE, replace(ARTICLE, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "RUPTURE-REPAIR IN THERAPY. A STUDY OF THE ALLIANCE."},
        {"title": "Rupture repair in thérapy – a study of the “alliance”"},
        {"title": "Rupture repair in therapy"},
        {"title": "Rupture repair in therapy", **NOWHERE},
        {"author": (Name("Fluckiger", "C."),)},
        {"author": (Name("FLÜCKIGER"),)},
        {"container_title": "J. Couns. Psychol."},
        {"container_title": "The Journal of Counseling Psychology (Washington, D.C.)"},
        {"page": "706-11", "volume": "Vol. 67"},
        {"type": "document", "volume": "", "page": "", "issue": ""},
        {"issued": DateParts(2019, 12), "volume": "", "issue": "", "page": "", "status": "Advance online publication"},
        {"issued": DateParts(2021)},
        {"issued": None},
        {"author": ()},
        {"PMID": "32212759", "title": "Repair of ruptures"},
    ],
)
def test_case_accents_punctuation_subtitle_and_what_one_record_lacks_do_not_matter(changes):
    there = replace(BARE, PMID="32212759") if "PMID" in changes else BARE
    assert finds(there, replace(BARE, **changes))
    assert finds(replace(BARE, **changes), there) or "issued" in changes


@pytest.mark.parametrize(
    "changes",
    [
        {"DOI": "10.1000/other"},
        {"PMID": "1"},
        {"title": "Correction to: Rupture repair in therapy: A study of the alliance"},
        {"title": "Retraction: Rupture repair in therapy: A study of the alliance"},
        {"title": "Rupture repair in therapy: A second study of the alliance"},
        {"title": "Rupture repair in therapy: Part II"},
        {"title": "Rupture repair in therapy 2: A study of the alliance"},
        {"author": (Name("Fischer", "Christoph"),)},
        {"author": (Name("Flückiger", "Anna"),)},
        {"issued": DateParts(2018)},
        {"issued": DateParts(2021), "volume": "68", "page": ""},
        {"issued": DateParts(2021), "volume": "", "issue": "", "page": ""},
        {"issued": DateParts(2021), "author": (Name("Flückiger", "C."), Name("Other", "A."))},
        {"volume": "68"},
        {"page": "712–720"},
        {"container_title": "Psychotherapy Research", "volume": "", "page": "", "issue": ""},
        {"type": "thesis", **NOWHERE},
        {"type": "article", **NOWHERE},
        {"author": (), **NOWHERE},
        {"issued": None, **NOWHERE},
        {"title": ""},
    ],
)
def test_two_works_are_never_taken_for_one(changes):
    there = replace(BARE, **{field: getattr(ARTICLE, field) for field in ("DOI", "PMID") if field in changes})
    changed = replace(there, **changes)
    assert not finds(there, changed)
    assert not finds(changed, there)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Psychotherapy of depression: Part I", "Psychotherapy of depression"),
        ("Psychotherapy of depression: I. Theory", "Psychotherapy of depression: II. Practice"),
        ("Psychotherapy of depression: Study protocol of a trial", "Psychotherapy of depression"),
        ("Psychotherapy of depression: A reply to Smith", "Psychotherapy of depression"),
        ("Reply to letters: On depression", "Reply to letters"),
    ],
)
def test_parts_replies_and_editorials_are_works_of_their_own(one, other):
    first = replace(BARE, title=one, **NOWHERE)
    assert not finds(first, replace(BARE, title=other, **NOWHERE))


def test_editorials_of_one_author_are_told_apart_by_their_places():
    first = replace(BARE, title="Editorial", volume="67", page="1–2")
    assert finds(first, replace(first, page="1"))
    assert not finds(first, replace(first, page="99"))
    assert not finds(first, replace(first, **NOWHERE))
    assert not finds(first, replace(first, issued=DateParts(2021), volume="68", page="1–2"))
    assert not finds(first, replace(first, issued=DateParts(2021), volume="", page=""))


def test_a_chapter_with_the_doi_of_its_book_is_not_the_book_nor_another_chapter():
    book = make_reference("book", type="book", title="Handbook of therapy", DOI="10.1000/book")
    chapter = make_reference("one", type="chapter", title="On alliance", DOI="10.1000/book")
    assert not finds(book, chapter)
    assert not finds(chapter, replace(chapter, title="On rupture"))
    assert finds(chapter, replace(chapter, title="On alliance: A review"))


def test_books_are_told_by_edition_and_found_without_their_subtitle():
    book = make_reference(
        "b",
        type="book",
        title="The heart of change: What works",
        author=(Name("Author"),),
        issued=DateParts(2010),
        edition="2nd",
    )
    assert finds(book, replace(book, title="The heart of change", edition="2"))
    assert not finds(book, replace(book, edition="3rd"))


def test_what_is_added_is_found_and_takes_little():
    matcher = Matcher()
    assert matcher.find(ARTICLE) is None
    matcher.add(replace(ARTICLE, abstract="long", raw={"abstract": "long"}))
    found = matcher.find(BARE)
    assert found is not None
    assert (found.citation_key, found.abstract, found.raw) == ("article", "", {})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J Couns Psychol", "Journal of Counseling Psychology", True),
        ("BMJ", "British Medical Journal", True),
        ("Psychotherapy", "Psychotherapy: Theory, Research, Practice, Training", True),
        ("PLoS ONE", "PLOS One", True),
        ("Br J Psychiatry", "British Journal of Psychology", False),
        ("Psychotherapy Research", "Research in Psychotherapy", False),
        ("American Psychologist", "American Journal of Psychology", False),
    ],
)
def test_journals_and_their_abbreviations(one, other, same):
    assert same_journal(one, other) is same
    assert same_journal(other, one) is same


@given(made=st.lists(references(), max_size=6))
def test_what_is_there_is_found_again_however_little_it_says(made):
    matcher = Matcher(made)
    for reference in made:
        found = matcher.find(replace(reference, citation_key="other", path="other.ris"))
        assert found in made


@pytest.mark.parametrize("fields", [{"title": "One"}, {"title": ""}, {"title": "", "URL": "https://example.org"}])
def test_a_record_that_says_next_to_nothing_is_not_added_twice(fields):
    reference = make_reference("key", **fields)
    assert finds(reference, replace(reference, citation_key=""))
    assert not finds(reference, replace(reference, title="Two"))
