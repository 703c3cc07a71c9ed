"""Pages, volumes, issues, editions and numbers as references give them."""

import pytest

from digest.cite.locators import (
    format_edition,
    format_issue,
    format_number,
    format_pages,
    format_volume,
    format_volume_of_book,
    ordinal,
)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("45-67", "45–67"), ("45--67", "45–67"), ("45–67", "45–67"), ("45 - 67", "45–67"), ("1924-37", "1924–1937"),
        ("1924-7", "1924–1927"), ("S45-S67", "S45–S67"), ("S45-67", "S45–S67"), ("S45-9", "S45–S49"),
        ("45-45", "45"), ("45", "45"),
        ("ix-xii", "ix–xii"), ("45-47, 50", "45–47, 50"), ("45-47;50", "45–47, 50"), ("pp. 45-67", "45–67"),
        ("p. 45", "45"), ("431.e1-431.e12", "431.e1–431.e12"), ("1078c-1078", "1078c–1078"), ("e0123456", "e0123456"),
        ("", ""), ("-", ""), ("45-", "45"),
    ],
)  # fmt: skip
def test_pages_have_en_dashes_and_last_pages_in_full(page, shown):
    assert format_pages(page) == shown


@pytest.mark.parametrize(
    ("edition", "shown"),
    [
        ("2", "2nd ed."), ("2nd", "2nd ed."), ("2nd ed.", "2nd ed."), ("2nd edition", "2nd ed."), ("Second", "2nd ed."),
        ("Second edition", "2nd ed."), ("11", "11th ed."), ("1", ""), ("First", ""), ("1st ed.", ""),
        ("Revised", "Rev. ed."), ("Rev. ed.", "Rev. ed."), ("International", "International"),
        ("Student edition", "Student ed."), ("", ""),
    ],
)  # fmt: skip
def test_an_edition_is_an_ordinal_and_the_first_is_not_said(edition, shown):
    assert format_edition(edition) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_ordinals(number, shown):
    assert ordinal(number) == shown


@pytest.mark.parametrize(
    ("issue", "shown"),
    [
        ("3", "3"), ("3-4", "3–4"), ("3/4", "3/4"), ("No. 3", "3"), ("Issue 3", "3"),
        ("suppl_1", "Suppl. 1"), ("Suppl 1", "Suppl. 1"), ("Support", "Support"),
        ("Supplement", "Suppl."), ("Suppl. 1", "Suppl. 1"), ("S1", "S1"), ("November", "November"), ("", ""),
    ],
)  # fmt: skip
def test_an_issue_loses_the_word_before_it(issue, shown):
    assert format_issue(issue) == shown


@pytest.mark.parametrize(
    ("volume", "journal", "book"),
    [("12", "12", "Vol. 12"), ("Vol. 12", "12", "Vol. 12"), ("XII", "XII", "Vol. XII"), ("1-3", "1–3", "Vol. 1–3")],
)
def test_a_volume_is_a_number_of_a_journal_and_named_of_a_book(volume, journal, book):
    assert format_volume(volume) == journal
    assert format_volume_of_book(volume) == book


@pytest.mark.parametrize(
    ("number", "shown"),
    [("12", "No. 12"), ("18-2059", "No. 18-2059"), ("No. 12", "No. 12"), ("TR-12", "TR-12"), ("", "")],
)
def test_a_bare_number_is_called_one(number, shown):
    assert format_number(number) == shown
