"""How dates, counts and lists are said."""

import datetime

from digest.model.body import reading_minutes
from digest.pages.words import say_count, say_day, say_list, say_month, shorten


def test_months_and_days_are_said_in_words() -> None:
    """Whatever the machine's locale."""
    assert say_month("2023-01") == "January 2023"
    assert say_day(datetime.date(2026, 12, 5)) == "5 December 2026"


def test_counts_agree_with_their_nouns() -> None:
    """Thousands are set apart."""
    assert say_count(1, "entry", "entries") == "1 entry"
    assert say_count(1234, "entry", "entries") == "1,234 entries"


def test_lists_end_with_and() -> None:
    """None, one, two and three."""
    assert [say_list(list(items)) for items in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]


def test_reading_takes_at_least_a_minute() -> None:
    """Even an empty page."""
    assert [reading_minutes(words) for words in (0, 230, 231)] == [1, 1, 2]


def test_long_texts_are_cut_between_words() -> None:
    """With a sign that they were."""
    assert shorten("one two three", 9) == "one two…"
    assert shorten("one  two\nthree") == "one two three"
