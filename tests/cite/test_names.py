"""How people and groups are shown."""

import pytest

from digest.cite.names import format_names, format_names_in_order, initials
from digest.model.reference import Name


def people(number):
    return [Name(f"Author{position}", "Ann") for position in range(1, number + 1)]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Ann", "A."), ("Ann Bea", "A. B."), ("A.", "A."), ("A. B.", "A. B."), ("A.B.", "A. B."), ("A B", "A. B."),
        ("AB", "A. B."), ("ABC", "A. B. C."), ("Ann-Bea", "A.-B."), ("A.-B.", "A.-B."), ("Ann-bea", "A."),
        ("Ann‐Bea", "A.-B."), ("Émile", "É."), ("E\u0301mile", "E\u0301."), ("Łukasz", "Ł."), ("Yu. A.", "Yu. A."),
        ("Wm.", "Wm."), ("Ann de la", "A. de la"), ("ann", "a."), ("D’Arcy", "D."), ("Ann “Annie” B.", "A. B."),
        ("Ann (Annie)", "A."), ("文", "文"), ("", ""), ("?", ""), ("-", ""), ("Άννα", "Ά."), ("Ann 3rd", "A. 3."),
    ],
)  # fmt: skip
def test_given_names_become_initials(given, shown):
    assert initials(given) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (Name("Author", "Ann"), "Author, A."),
        (Name("Author"), "Author"),
        (Name(given="Ann"), "Ann"),
        (Name("Author", "Ann", non_dropping_particle="van der"), "van der Author, A."),
        (Name("Author", "Ann", non_dropping_particle="d’"), "d’Author, A."),
        (Name("Author", "Ann", suffix="Jr"), "Author, A., Jr."),
        (Name("Author", "Ann", suffix="III"), "Author, A., III"),
        (Name("AUTHOR", "ANN BEA"), "AUTHOR, A. B."),
        (Name(literal="Group of Authors, Inc."), "Group of Authors, Inc."),
        (Name(literal="  Group\nof Authors, "), "Group of Authors"),
        (Name(), ""),
    ],
)
def test_a_name_has_its_family_name_first(name, shown):
    assert format_names([name]) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, ""),
        (1, "Author1, A."),
        (2, "Author1, A., & Author2, A."),
        (3, "Author1, A., Author2, A., & Author3, A."),
    ],
)
def test_the_last_author_follows_an_ampersand(number, shown):
    assert format_names(people(number)) == shown


def test_twenty_authors_are_all_named():
    assert format_names(people(20)).endswith("Author19, A., & Author20, A.")


def test_of_more_than_twenty_authors_the_first_nineteen_and_the_last_are_named():
    assert format_names(people(25)).endswith("Author18, A., Author19, A., … Author25, A.")


def test_a_name_of_which_nothing_is_left_is_not_counted():
    assert format_names([Name("Author", "Ann"), Name(" "), Name("Author", "Bea")]) == "Author, A., & Author, B."


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "A. Author1"), (2, "A. Author1 & A. Author2"), (3, "A. Author1, A. Author2, & A. Author3")],
)
def test_editors_have_their_initials_first(number, shown):
    assert format_names_in_order(people(number)) == shown
