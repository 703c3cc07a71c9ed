"""Sentences, as far as advice on style needs them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.check.sentences import count_words, has_run_of, iter_sentences


def sentences(text):
    return [text[start:end] for start, end in iter_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("One\nline. Two.", ["One\nline.", "Two."]),
        ("One\n\nTwo", ["One", "Two"]),
        ("- One\n- Two\n  goes on\n1. Three", ["One", "Two\n  goes on", "Three"]),
        ("> One", ["One"]),
        ("## One\n\nTwo.", ["Two."]),
        ("| a | b |\n|---|---|\n\nTwo.", ["Two."]),
        ("*One.* “Two.” Three", ["*One.*", "“Two.”", "Three"]),
        ("Half (r = .28) of it.", ["Half (r = .28) of it."]),
        ("[^1]: A note.", ["A note."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_where_sentences_stand(text, found):
    assert sentences(text) == found


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("One two three.", 3),
        ("One [two three](https://example.org/four/five 'six') seven.", 4),
        ('One [two](a.md "three four").', 2),
        ("It's self-made, *r* = .28.", 4),
        ("One `code here` two.", 2),
        ("One<br>two <https://example.org/>", 2),
    ],
)
def test_words_are_counted_as_they_are_read(sentence, words):
    assert count_words(sentence) == words


@given(st.text(alphabet="ab.?! \n-#|*>[]()1", max_size=200), st.integers(1, 6))
def test_the_quick_look_passes_over_no_long_sentence(text, most):
    if any(len(sentence.split()) > most for sentence in sentences(text)):
        assert has_run_of(text, most)


@given(st.text(max_size=200))
def test_sentences_do_not_overlap_and_lie_in_the_text(text):
    position = 0
    for start, end in iter_sentences(text, 0, len(text)):
        assert position <= start < end <= len(text)
        position = end
