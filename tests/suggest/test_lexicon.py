"""Phrases of the vocabulary in a text."""

import pytest

from digest.suggest.lexicon import Lexicon
from digest.suggest.stem import stem
from digest.suggest.threshold import DEFAULT
from digest.suggest.work import Work, make_term

MULCH = make_term("mulch", "Mulch and Straw", alt_labels=["ground cover"], keywords=["bark chips", "covered beds"])
WATER = make_term("water", "Watering", keywords=["drip irrigation"])


def scores(text, works=(), term=MULCH, *, trains=True):
    model = Lexicon(trains=trains).learn([*works], [MULCH, WATER])
    return model.score([Work("1", text)])[0].get(term.id, 0)


@pytest.mark.parametrize(
    "words",
    [
        ("depressed", "depression", "depressive"),
        ("behaviour", "behavior", "behavioural"),
        ("randomised", "randomized"),
        ("suicide", "suicidal"),
        ("counselling", "counseling"),
        ("programme", "programs"),
    ],
)
def test_words_of_one_family_have_one_stem(words):
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize("pair", [("source", "sorcerer"), ("group", "grope"), ("trial", "triage"), ("hour", "horror")])
def test_words_of_two_families_have_two_stems(pair):
    assert stem(pair[0]) != stem(pair[1])


def test_a_synonym_alone_is_enough():
    assert scores("Ground cover in dry years") >= 0.8


def test_one_keyword_alone_is_not_enough_but_two_are():
    assert scores("Bark chips in dry years") < 0.8 <= scores("Bark chips on covered beds")


def test_an_abbreviation_of_two_letters_alone_is_not_enough():
    term = make_term("ct", "Cognitive Therapy (CT) and Cognitive-Behavioural Therapy (CBT)")
    model = Lexicon(trains=False).learn([], [term])
    works = Work("1", "CT of the lungs"), Work("2", "CBT for worry"), Work("3", "Cognitive therapy (CT)")
    said = model.score(works)
    assert said[0]["ct"] < DEFAULT < min(said[1]["ct"], said[2]["ct"])


def test_a_phrase_matches_across_two_words_but_not_three():
    assert scores("ground with living cover") > 0
    assert scores("ground with a very living cover") == 0


def test_no_phrase_reaches_from_the_title_into_the_abstract():
    model = Lexicon().learn([], [MULCH])
    assert model.score([Work("1", "Bare ground", "Cover it.")]) == [{}]


def test_a_phrase_that_use_contradicts_loses_weight_and_one_that_use_confirms_gains():
    misleading = [Work(str(n), "Bark chips", topics=("water",)) for n in range(20)]
    confirming = [Work(str(n), "Bark chips", topics=("mulch",)) for n in range(20)]
    assert scores("bark chips", misleading) < 0.3 < scores("bark chips") < scores("bark chips", confirming)


def test_without_training_use_counts_for_nothing():
    misleading = [Work(str(n), "Bark chips", topics=("water",)) for n in range(20)]
    assert scores("bark chips", misleading, trains=False) == scores("bark chips")


def test_what_is_held_out_has_not_seen_its_own_group():
    works = [Work(str(n), "Bark chips", topics=("mulch",), group="same") for n in range(9)]
    model = Lexicon().learn(works, [MULCH])
    untrained = Lexicon().learn([], [MULCH]).score(works[:1])
    assert model.held_out([0]) == untrained != model.score(works[:1])


def test_evidence_names_the_phrases_the_most_telling_first():
    matches = Lexicon().learn([], [MULCH]).matches(Work("1", "Ground cover of bark chips"))
    assert [MULCH.wording[phrase] for phrase, _ in matches["mulch"]] == ["ground cover", "bark chips"]
