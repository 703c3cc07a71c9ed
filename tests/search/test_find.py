"""What an editor finds, and how it is shown."""

import contextlib
import datetime
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import DigestError
from digest.search import Asked, find_entries
from digest.search.document import STEMMED
from digest.search.snippet import make_snippet


def slugs(root: Path, text: str = "", **options) -> list[str]:
    return [hit.path.split("/")[-1].removesuffix(".md") for hit in find_entries(root, Asked(text, **options)).hits]


ALLIANCE, TRAINING, MOOD = "alliance-counts", "training-therapists", "low-mood"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ruptures", {ALLIANCE}),
        ("repairing", {ALLIANCE}),
        ("fluckiger", {ALLIANCE, TRAINING}),
        ("FLÜCKIGER", {ALLIANCE, TRAINING}),
        ("cafe", {MOOD}),
        ("alliance mourners", {TRAINING}),
        ('"working alliance"', {TRAINING}),
        ("working alliance", {ALLIANCE, TRAINING, MOOD}),  # "work well"
        ("author:tasca", {TRAINING, MOOD}),
        ("journal:psychotherapy", {ALLIANCE, TRAINING}),
        ("title:alliance", {ALLIANCE}),
        ("topic:depression", {MOOD}),
        ("implications:rupture", {ALLIANCE}),
        ("body:rupture", set()),
        ("doi:10.1000/tasca", {TRAINING, MOOD}),
        ("date:2022", {TRAINING}),
        ("date:2022-12", {TRAINING}),
        ("date:[2022 to 2023-01]", {TRAINING, MOOD}),
        ("rupt*", {ALLIANCE}),
        ("rupture OR mourners", {ALLIANCE, TRAINING}),
        ("alliance NOT mourners", {ALLIANCE, MOOD}),
        ("nowhere", set()),
        ("the", set()),
    ],
)
def test_words_phrases_fields_and_dates(digest, text, expected):
    assert set(slugs(digest, text)) == expected


def test_a_word_of_the_title_counts_more_than_one_of_the_text(digest):
    assert slugs(digest, "alliance")[0] == ALLIANCE


@pytest.mark.parametrize("name", ["alliance", "Working Alliance", "ALLIANCE"])
def test_a_topic_is_named_by_id_label_or_synonym(digest, name):
    assert set(slugs(digest, topics=[name])) == {ALLIANCE, TRAINING}
    assert slugs(digest, "rupture", topics=[name]) == [ALLIANCE]


def test_without_a_query_the_newest_that_fit_come_first(digest):
    assert slugs(digest) == [MOOD, TRAINING, ALLIANCE]
    assert slugs(digest, types=["survey"]) == [MOOD, ALLIANCE]
    assert slugs(digest, types=["RCT"]) == [TRAINING]
    assert slugs(digest, since=datetime.date(2022, 12, 1)) == [MOOD, TRAINING]
    assert slugs(digest, limit=1) == [MOOD]


def test_the_number_counts_what_is_not_shown_too(digest):
    found = find_entries(digest, Asked("alliance", limit=1))
    assert (len(found.hits), found.number) == (1, 3)


def test_a_misspelt_word_comes_with_what_was_meant(digest):
    assert find_entries(digest, Asked("aliance mourners")).did_you_mean[0] == "alliance mourners"
    assert find_entries(digest, Asked("mourners")).did_you_mean == ()
    assert find_entries(digest, Asked("ruptures author:tasca rupt*")).did_you_mean == ()


def test_an_unknown_topic_is_named_with_a_guess(digest):
    with pytest.raises(DigestError, match=r"unknown topic 'depresion'\n  fix: did you mean 'depression'\?"):
        find_entries(digest, Asked("", topics=["depresion"]))
    with pytest.raises(DigestError, match=r"vocabulary/research-types\.yml"):
        find_entries(digest, Asked("", types=["zzz"]))


def test_a_date_that_is_none_is_refused(digest):
    for text in ("date:soon", "date:[xx to 2022]"):
        with pytest.raises(DigestError, match="date"):
            find_entries(digest, Asked(text))
    with pytest.raises(DigestError, match="longer than"):
        find_entries(digest, Asked("x" * 1001))


def test_a_snippet_shows_the_words_in_their_place_without_markup(digest):
    snippet = find_entries(digest, Asked("bond mourners")).hits[0].snippet
    assert snippet.text == "A trial of supervision with mourners. The working alliance grew; the bond held."
    assert snippet.render("[", "]").startswith("A trial of supervision with [mourners]. ")
    assert snippet.render("[", "]").endswith("the [bond] held.")


@given(st.text(), st.lists(st.text(alphabet="abc ü'", min_size=1), max_size=3), st.integers(1, 60))
def test_marks_of_a_snippet_hold_words_that_were_looked_for(text, words, length):
    stems = {token.text for word in words for token in STEMMED(word)}
    snippet = make_snippet(f"{text} {' '.join(words)} {text}", stems, length)
    assert len(snippet.text) <= length + 4
    for start, end in snippet.marks:
        assert {token.text for token in STEMMED(snippet.text[start:end])} <= stems
    assert snippet.render("", "") == snippet.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet='ab:"*?()[]{}^~- ANDORT', max_size=40))
def test_any_text_is_a_query_or_is_refused_in_words(digest, text):
    with contextlib.suppress(DigestError):
        assert find_entries(digest, Asked(text)).number <= 3


def test_whoosh_is_imported_without_a_warning():
    code = "import digest.search.quiet"
    command = [sys.executable, "-W", "error", "-X", "pycache_prefix=/nonexistent", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
