"""Order of a reference list, and the letters behind its years."""

from digest.cite import assign_year_suffixes, format_in_text, sort_references
from digest.model.reference import DateParts, Name
from tests.builders import make_reference

ANN, BEA = Name("Author", "Ann"), Name("Author", "Bea")


def book(key, *authors, year=2020, **fields):
    issued = DateParts(year) if year else None
    return make_reference(key, **{"type": "book", "title": key, "author": authors, "issued": issued, **fields})


def keys(references):
    return [reference.citation_key for reference in sort_references(references)]


def test_works_of_one_author_and_year_get_letters_by_title():
    assert assign_year_suffixes([book("beta", ANN), book("alpha", ANN), book("gamma", ANN, year=2021)]) == {
        "alpha": "a",
        "beta": "b",
    }


def test_a_record_that_stands_twice_is_one_work():
    assert assign_year_suffixes([book("alpha", ANN), book("alpha", ANN)]) == {}


def test_another_first_name_is_another_author():
    assert assign_year_suffixes([book("alpha", ANN), book("beta", BEA)]) == {}


def test_the_same_first_author_with_others_is_another_team():
    assert assign_year_suffixes([book("alpha", ANN), book("beta", ANN, BEA)]) == {}
    assert assign_year_suffixes([book("alpha", ANN), book("beta", ANN, author_others=True)]) == {}


def test_after_z_comes_aa():
    letters = assign_year_suffixes([book(f"title{number:02d}", ANN) for number in range(28)])
    assert [letters[f"title{number:02d}"] for number in (0, 25, 26, 27)] == ["a", "z", "aa", "ab"]


def test_case_accents_hyphens_and_blanks_do_not_count_for_the_order():
    names = ["de Alpha", "Deálph-b", "DE ALPHC"]
    assert keys([book(name, Name(name)) for name in reversed(names)]) == names


def test_a_work_without_author_stands_by_the_first_word_that_counts_of_its_title():
    assert keys([book("n", Name("Nu")), book("the", title="The middle title"), book("k", Name("Kappa"))]) == [
        "k",
        "the",
        "n",
    ]


def test_in_text_two_authors_are_both_named_and_three_are_not():
    assert format_in_text(book("k", ANN)) == "Author (2020)"
    assert format_in_text(book("k", ANN, Name("Beta"))) == "Author and Beta (2020)"
    assert format_in_text(book("k", ANN, Name("Beta"), Name("Gamma"))) == "Author et al. (2020)"
    assert format_in_text(book("k", ANN, author_others=True)) == "Author et al. (2020)"


def test_in_parentheses_an_ampersand_joins_two_authors():
    cited = format_in_text(book("k", ANN, Name("Beta")), year_suffix="a", parenthetical=True)
    assert cited == "(Author & Beta, 2020a)"


def test_in_text_editors_stand_for_the_authors_of_a_book_and_not_of_a_chapter():
    assert format_in_text(book("k", editor=(ANN,))) == "Author (2020)"
    chapter = book("k", editor=(ANN,), type="chapter", title="Title", container_title="Book")
    assert format_in_text(chapter) == "“Title” (2020)"


def test_in_text_a_group_keeps_its_name_and_a_particle_stays():
    assert format_in_text(book("k", Name(literal="Group of Authors"), year=None)) == "Group of Authors (n.d.)"
    assert format_in_text(book("k", Name("Author", non_dropping_particle="van der"))) == "van der Author (2020)"
    assert format_in_text(book("k", title="", publisher="Publisher")) == "Publisher (2020)"
