"""Which methods there are: all of them, or those that this installation has.

`linear` needs the extra `[ml]`; it is imported here by name, and only when scikit-learn is installed, so that the
program starts without it and says so instead of failing.
"""

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass

from digest.suggest.bayes import Bayes
from digest.suggest.combination import Combination
from digest.suggest.cues import Cues
from digest.suggest.lexicon import Lexicon
from digest.suggest.method import Method
from digest.suggest.neighbours import Neighbours
from digest.suggest.once import Once
from digest.suggest.work import Term

MOST_FOR_BAYES = 400_000
"""Works times terms: plain Python would take too long above."""
WITHOUT_ML = "combined-without-ml"
FEWEST_FOR_LEARNING = 5


def has_ml() -> bool:
    """Whether the extra `[ml]` is installed."""
    return importlib.util.find_spec("sklearn") is not None and importlib.util.find_spec("scipy") is not None


def make_linear(hints: Sequence[Term]) -> Method:
    """The linear model; call it only where `has_ml()`."""
    method: Method = importlib.import_module("digest.suggest.linear").Linear(hints)
    return method


@dataclass(frozen=True)
class Setting:
    """What a method has to deal with."""

    works: int
    """How many tagged works there are."""
    terms: int
    hints: Sequence[Term] = ()
    """The vocabulary, where the terms belong to one."""
    ml: bool = True
    """Whether scikit-learn may be used where it is installed."""


def all_methods(setting: Setting) -> list[Method]:
    """Every method worth comparing in this setting, the simplest first; parts that several share learn once."""
    lexicon, neighbours, cues = Once(Lexicon(name="lexicon-learnt")), Once(Neighbours()), Once(Cues())
    methods: list[Method] = [Lexicon(trains=False), lexicon, neighbours, cues]
    if _bayes_fits(setting):
        bayes = Once(Bayes(setting.hints))
        methods += [bayes, Combination([lexicon, neighbours, cues, bayes], WITHOUT_ML)]
    else:
        methods.append(Combination([lexicon, neighbours, cues], WITHOUT_ML))
    if setting.ml and has_ml():
        linear = Once(make_linear(setting.hints))
        methods += [linear, Combination([lexicon, neighbours, cues, linear])]
    return methods


def best_method(setting: Setting) -> Method:
    """What `digest suggest` uses."""
    if setting.works < FEWEST_FOR_LEARNING:
        return Lexicon(trains=False)
    parts: list[Method] = [Lexicon(), Neighbours(), Cues()]
    if setting.ml and has_ml():
        return Combination([*parts, make_linear(setting.hints)])
    return Combination([*parts, Bayes(setting.hints)] if _bayes_fits(setting) else parts, WITHOUT_ML)


def _bayes_fits(setting: Setting) -> bool:
    return setting.works * setting.terms <= MOST_FOR_BAYES
