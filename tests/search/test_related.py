"""What is related, and why."""

import pytest

from digest.link import Links
from digest.read import read_library
from digest.search import (
    find_related,
    open_index,
    subject_of_doi,
    subject_of_entry,
    subject_of_text,
)


@pytest.fixture
def links(digest):
    return Links(read_library(digest)[0])


def reasons(found) -> dict[str, dict[str, tuple[str, ...]]]:
    return {each.entry.slug: {reason.kind: reason.values for reason in each.reasons} for each in found}


def test_an_entry_is_related_by_works_topics_and_words_but_not_to_itself(digest, links):
    entry = links.lookup.find_entry("alliance-counts")
    found = reasons(find_related(open_index(digest), links, subject_of_entry(links, entry)))
    assert list(found) == ["training-therapists", "low-mood"]
    assert found["training-therapists"]["references"] == ("fluckiger",)
    assert found["training-therapists"]["topics"] == ("alliance",)
    assert "alliance" in found["training-therapists"]["words"]
    assert list(found["low-mood"]) == ["words"]


@pytest.mark.parametrize("doi", ["10.1000/tasca", "https://doi.org/10.1000/TASCA"])
def test_an_article_that_is_summarised_says_so_first(digest, links, doi):
    found = reasons(find_related(open_index(digest), links, subject_of_doi(links, doi)))
    assert found["training-therapists"]["article"] == ("tasca",)
    assert found["low-mood"]["article"] == ("tasca",)
    assert list(found)[-1] == "alliance-counts"
    assert "article" not in found["alliance-counts"]


def test_an_article_in_bib_alone_is_related_by_its_words(digest, links):
    found = reasons(find_related(open_index(digest), links, subject_of_doi(links, "10.1000/alone")))
    assert set(found["training-therapists"]["words"]) == {"supervision", "mourners"}


def test_an_unknown_article_is_related_to_nothing(digest, links):
    assert find_related(open_index(digest), links, subject_of_doi(links, "10.1000/unknown")) == []


def test_a_text_is_related_by_its_words_and_the_dois_in_it(digest, links):
    text = "Supervision for mourners, see https://doi.org/10.1037/pst0000172."
    found = find_related(open_index(digest), links, subject_of_text(links, text))
    assert reasons(found)["training-therapists"] == {"references": ("fluckiger",), "words": ("mourners", "supervision")}
    assert reasons(found)["alliance-counts"]["references"] == ("fluckiger",)
    assert find_related(open_index(digest), links, subject_of_text(links, "")) == []


def test_in_a_digest_without_entries_nothing_is_related(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: Empty\n", encoding="utf-8")
    links = Links(read_library(tmp_path)[0])
    assert find_related(open_index(tmp_path), links, subject_of_text(links, "Supervision for mourners")) == []


def test_a_text_of_unknown_words_is_related_to_nothing(digest, links):
    assert find_related(open_index(digest), links, subject_of_text(links, "zzz qqq")) == []


def test_no_more_than_asked_for(digest, links):
    entry = links.lookup.find_entry("alliance-counts")
    assert len(find_related(open_index(digest), links, subject_of_entry(links, entry), 1)) == 1
