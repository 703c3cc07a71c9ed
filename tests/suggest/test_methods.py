"""Every method learns what its works teach, and holds out what it should."""

import random

import pytest

from digest.suggest.batch import Item, Tagger
from digest.suggest.bayes import Bayes
from digest.suggest.combination import Combination
from digest.suggest.corpus import Corpus
from digest.suggest.cues import Cues
from digest.suggest.lexicon import Lexicon
from digest.suggest.linear import Linear, LinearModel
from digest.suggest.logistic import fit_logistic, logistic
from digest.suggest.measures import rank
from digest.suggest.methods import Setting, all_methods, best_method
from digest.suggest.neighbours import Neighbours
from digest.suggest.suggester import Suggester
from digest.suggest.threshold import DEFAULT, Thresholds, find_thresholds
from digest.suggest.types import ResearchTypes
from digest.suggest.words import find_words
from digest.suggest.work import Work, make_term
from tests.suggest.garden import NOISE, TERMS, make_works

LEARNERS = [
    Neighbours(),
    Bayes(),
    Linear(),
    Cues(),
    Combination([Lexicon(), Bayes()], "light"),
    Combination([Lexicon(), Linear()], "full"),
]


@pytest.mark.parametrize("method", LEARNERS, ids=lambda method: method.name)
def test_a_learner_finds_most_topics_of_works_that_it_has_not_seen(method):
    model = method.learn(make_works(80), TERMS)
    test = make_works(40, seed=2)
    found = [rank(scores)[0] in work.topics for work, scores in zip(test, model.score(test), strict=True)]
    assert sum(found) >= 36


@pytest.mark.parametrize("method", [*LEARNERS, Lexicon()], ids=lambda method: method.name)
def test_with_nothing_to_learn_from_nothing_breaks(method):
    model = method.learn([], TERMS)
    assert len(model.score([Work("1", "Straw"), Work("2", "")])) == 2
    assert model.held_out([]) == []


@pytest.mark.parametrize("method", [Neighbours(), Bayes(), Cues(), Linear()], ids=lambda method: method.name)
def test_held_out_is_what_a_model_without_the_group_says(method):
    works = [
        Work(work.id, work.title, topics=work.topics, group=f"g{index // 3}")
        for index, work in enumerate(make_works(30))
    ]
    rest = [work for work in works if work.group != "g4"]
    held = method.learn(works, TERMS).held_out([12])[0]
    fresh = method.learn(rest, TERMS).score([works[12]])[0]
    assert rank(held)[0] == rank(fresh)[0]
    assert held == pytest.approx(fresh, abs=0.12)


def test_above_the_largest_kernel_the_linear_model_says_about_the_same(monkeypatch):
    works, test = make_works(90), make_works(20, seed=3)
    exact = Linear(penalty=1.0).learn(works, TERMS)
    monkeypatch.setattr("digest.suggest.linear.LARGEST_KERNEL", 10)
    other = Linear(penalty=1.0).learn(works, TERMS)
    assert [rank(one)[0] for one in exact.score(test)] == [rank(one)[0] for one in other.score(test)]
    assert len(other.held_out(range(90))) == 90
    assert isinstance(other, LinearModel)


def test_a_topic_without_an_example_is_served_by_its_phrases():
    works = [work for work in make_works(60) if "shade" not in work.topics]
    model = Combination([Lexicon(), Linear()]).learn(works, TERMS)
    assert rank(model.score([Work("1", "Shade and more shade")])[0])[0] == "shade"


def test_the_order_of_works_and_the_hash_seed_do_not_matter():
    works = make_works(50)
    shuffled = random.Random(4).sample(works, len(works))
    test = make_works(10, seed=5)
    one, other = (Bayes().learn(each, TERMS).score(test) for each in (works, shuffled))
    assert [pytest.approx(scores) for scores in one] == other


def test_a_logistic_regression_finds_the_weights_that_made_the_data():
    generator = random.Random(1)
    rows = [[1.0, generator.uniform(-2, 2), generator.uniform(-2, 2)] for _ in range(4000)]
    truth = [generator.random() < logistic(-1 + 2 * row[1] - 0.5 * row[2]) for row in rows]
    assert fit_logistic(rows, truth, [0, 0, 0], 1.0) == pytest.approx([-1, 2, -0.5], abs=0.2)


def test_a_logistic_regression_ends_even_where_data_part_perfectly():
    rows = [[1.0, float(n)] for n in range(-5, 5)]
    weights = fit_logistic(rows, [row[1] >= 0 for row in rows], [0, 0], 0.1)
    assert all(abs(weight) < 1000 for weight in weights)


def test_the_threshold_parts_right_from_wrong_where_that_can_be_learnt():
    held = [{"a": 0.9, "b": 0.2}] * 10
    thresholds = find_thresholds(held, [("a",)] * 10)
    assert 0.2 < thresholds.common < 0.9
    assert thresholds.suggest({"a": 0.9, "b": 0.2}) == ["a"]
    assert find_thresholds(held[:3], [("a",)] * 3).common == DEFAULT


def test_a_topic_that_is_hard_to_tell_has_a_lower_threshold_of_its_own_once_it_is_known():
    easy, hard = [{"easy": 0.9}] * 300, [{"hard": 0.4, "new": 0.3}] * 100
    given = [("easy",)] * 300 + [("hard",)] * 40 + [("new",)] + [()] * 59
    thresholds = find_thresholds([*easy, *hard], given)
    assert thresholds.own["hard"] < 0.4 < thresholds.common
    assert thresholds.own["hard"] < thresholds.own["new"] <= thresholds.common
    assert thresholds.suggest({"hard": 0.4, "never met": 0.4}) == ["hard"]


def test_what_no_phrase_speaks_for_must_be_likely():
    thresholds = Thresholds(0.25)
    scores = {"named": 0.3, "frequent": 0.3, "likely": 0.5, "not": 0.2}
    assert thresholds.suggest_spoken_for(scores, lambda: {"named"}) == ["likely", "named"]
    assert thresholds.suggest_spoken_for({"likely": 0.5}, lambda: pytest.fail("looked")) == ["likely"]


def test_a_text_about_something_else_gets_no_suggestion_because_a_topic_is_frequent(monkeypatch):
    uses = {"shade": "Nets", "water": "A hose", "mulch": "Straw"}
    works = [
        Work(f"{topic}{n}", f"{words}, {NOISE[(n + index) % 8]} plots", topics=(topic,), group=str(n))
        for index, (topic, words) in enumerate(uses.items())
        for n in range(12)
    ]
    low = Thresholds(0.1)
    monkeypatch.setattr("digest.suggest.batch.find_thresholds", lambda *_: low)
    monkeypatch.setattr("digest.suggest.suggester.find_thresholds", lambda *_: low)
    (tagged,) = Tagger(Corpus(works, TERMS), ResearchTypes(())).tag([Item("1", "Plots of novels", "")])
    assert len(low.suggest(tagged.scores)) == 3
    assert tagged.topics == ()
    suggester = Suggester(works, TERMS)
    assert suggester.suggest(Work("1", "Plots of novels")) == []
    assert [each.topic for each in suggester.suggest(Work("2", "Shade"))] == ["shade"]


def test_words_of_any_script_are_words():
    assert find_words("Тревога и сон") == ["тревога", "и", "сон"]
    term = make_term("sleep", "Сон")
    assert Lexicon().learn([], [term]).matches(Work("1", "Тревога и сон"))["sleep"]


def test_a_single_letter_is_no_evidence():
    works = [Work(f"{n}", f"The gardener's {NOISE[n % 8]}", topics=("shade",)) for n in range(6)]
    model = Cues().learn(works, TERMS)
    found = {cue.words for cue in model.telling(Work("new", "A gardener's bed"), "shade", 9)}
    assert found == {"gardener"}


def test_a_word_that_gives_a_topic_away_speaks_although_the_rest_of_the_text_does_not():
    works = [Work(f"{n}", f"moss {NOISE[n % 8]} garden", topics=("shade",)) for n in range(4)]
    works += [Work(f"o{n}", f"{NOISE[n % 8]} garden bed", topics=("water",)) for n in range(40)]
    model = Cues().learn(works, TERMS)
    scores = model.score([Work("new", "Moss in the garden bed of a trial year")])[0]
    assert rank(scores)[0] == "water"
    assert scores["shade"] > 0.4
    cue = model.telling(Work("new", "Mosses and a bed"), "shade", 1)[0]
    assert (cue.words, cue.works, cue.right) == ("mosses", 4, 4)


def test_a_topic_learns_for_itself_whom_to_trust():
    """Its phrases mislead, what it has in common with others does not."""
    works = [Work(f"s{n}", f"Mulch, {NOISE[n % 8]} under nets", topics=("shade",)) for n in range(12)]
    works += [Work(f"w{n}", f"Water by the hose, {NOISE[n % 8]}", topics=("water",)) for n in range(12)]
    model = Combination([Lexicon(), Cues()]).learn(works, TERMS)
    assert rank(model.score([Work("new", "Nets in a dry year")])[0])[0] == "shade"
    assert model.trust.own["shade"] != model.trust.own["water"]


def test_without_the_extra_no_method_needs_it(monkeypatch):
    monkeypatch.setattr("digest.suggest.methods.has_ml", lambda: False)
    names = [method.name for method in all_methods(Setting(60, 36))]
    assert names == ["lexicon", "lexicon-learnt", "neighbours", "cues", "bayes", "combined-without-ml"]
    assert best_method(Setting(60, 36)).name == "combined-without-ml"


def test_with_hardly_an_entry_the_vocabulary_alone_speaks():
    assert best_method(Setting(2, 36)).name == "lexicon"
