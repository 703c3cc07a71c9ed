"""What was learnt of whom to trust is used again while nothing changed, and never believed otherwise."""

import json

import pytest

from digest.suggest import combination
from digest.suggest.memory import FOLDER, MOST, Learnt, Memory, key_of
from digest.suggest.suggester import Suggester
from digest.suggest.threshold import Thresholds
from digest.suggest.work import Work
from tests.suggest.garden import TERMS, make_works

WORKS = make_works(40)
ASKED = Work("new", "Straw and bark keep weeds down")


@pytest.fixture
def fits(monkeypatch):
    """How often something was learnt of whom to trust."""
    counted = []
    fit = vars(combination)["fit_logistic"]

    def count(*given):
        counted.append(1)
        return fit(*given)

    monkeypatch.setattr(combination, "fit_logistic", count)
    return counted


def suggest(root, works=WORKS, **options):
    return Suggester(works, TERMS, ml=False, memory=Memory(root), **options).suggest(ASKED, all_scores=True)


def kept(root):
    return sorted((root / FOLDER).iterdir())


def test_what_was_learnt_once_is_not_learnt_again(tmp_path, fits):
    first = suggest(tmp_path)
    learnt = len(fits)
    assert first == suggest(tmp_path) == Suggester(WORKS, TERMS, ml=False).suggest(ASKED, all_scores=True)
    assert 0 < learnt == len(fits) - learnt, "only the one without a memory learns again"


@pytest.mark.parametrize("change", ["topics", "title", "fewer"])
def test_after_a_change_it_is_learnt_again(tmp_path, fits, change):
    suggest(tmp_path)
    learnt = len(fits)
    first, *rest = WORKS
    changed = {
        "topics": [Work(first.id, first.title, topics=("shade",)), *rest],
        "title": [Work(first.id, f"{first.title} now", topics=first.topics), *rest],
        "fewer": rest,
    }[change]
    suggest(tmp_path, changed)
    assert len(fits) > learnt


@pytest.mark.parametrize("fault", ["cut off", "a number changed", "of another digest", "not a number"])
def test_a_damaged_or_foreign_file_is_as_good_as_none(tmp_path, fits, fault):
    root, other = tmp_path / "one", tmp_path / "other"
    expected = suggest(root)
    (file,) = kept(root)
    content = file.read_bytes()
    if fault == "of another digest":
        suggest(other, WORKS[1:])
        content = kept(other)[0].read_bytes()
    elif fault == "not a number":
        key = key_of(WORKS, TERMS, ["lexicon", "neighbours", "cues", "bayes"], ml=False)
        assert key is not None
        Memory(root)._folder.write(file.name, key, {**json.loads(content.partition(b"\n")[2]), "threshold": "0.5"})
        content = file.read_bytes()
    else:
        content = content[:-9] if fault == "cut off" else content.replace(b"0.", b"9.", 1)
    file.write_bytes(content)
    learnt = len(fits)
    assert suggest(root) == expected
    assert len(fits) > learnt


def test_weights_of_another_number_of_methods_are_not_used(tmp_path):
    memory = Memory(tmp_path)
    memory.keep(b"key", Learnt(combination.Trust([0.0] * 11), Thresholds(0.4, {"a": 0.2})))
    assert memory.recall(b"key", 4) == Learnt(combination.Trust([0.0] * 11), Thresholds(0.4, {"a": 0.2}))
    assert memory.recall(b"key", 3) is None
    assert memory.recall(b"other", 4) is None


def test_the_cache_does_not_grow_for_ever(tmp_path):
    memory = Memory(tmp_path)
    for number in range(3 * MOST):
        memory.keep(str(number).encode(), Learnt(combination.Trust([0.0] * 11), Thresholds()))
        assert memory.recall(str(number).encode(), 4) is not None
    assert len(kept(tmp_path)) <= MOST
