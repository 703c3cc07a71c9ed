"""Comparing methods on works that they have not learnt from.

Every method learns from the training part of each split and is judged on its test part; its thresholds, and which of
the methods is named best, come from held-out scores within the training part alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from digest.suggest.folds import Split
from digest.suggest.measures import (
    RANKED,
    Counts,
    count,
    count_by_topic,
    rank,
    ranked_figures,
)
from digest.suggest.method import Method, Scores, count_examples, sample_of
from digest.suggest.methods import FEWEST_FOR_LEARNING
from digest.suggest.resample import Interval, interval_of_mean, interval_of_micro
from digest.suggest.threshold import Thresholds, find_thresholds
from digest.suggest.work import Term, Work

ENOUGH = 10
"""Training examples from which on a topic counts in the macro figures."""
UNTRAINED = "lexicon"
"""The method that learns nothing: its thresholds stay too."""


@dataclass
class Outcome:
    """What one method made of the test part."""

    name: str
    scores: dict[int, Scores] = field(default_factory=dict)
    """Index of a work to the scores of its terms."""
    suggested: dict[int, list[str]] = field(default_factory=dict)
    held_out: Counts = field(default_factory=Counts)
    """Of the training part: what the choice of the best rests on."""


@dataclass(frozen=True)
class TopicFigures:
    """How well one topic is found."""

    topic: str
    n_train: int
    n_test: int
    counts: Counts


@dataclass(frozen=True)
class Figures:
    """All figures of one method."""

    name: str
    micro: Counts
    macro: Mapping[str, float]
    ranked: Mapping[str, float]
    topics: Sequence[TopicFigures]
    intervals: Mapping[str, Interval]
    confusions: Sequence[tuple[str, str, int]]
    """Topic given but missing, topic suggested instead, how often; the most frequent first."""


@dataclass(frozen=True)
class Evaluation:
    """Every method's figures, and which one to use."""

    methods: Sequence[Figures]
    best: str
    outcomes: Mapping[str, Outcome]
    works: Sequence[Work]
    test: Sequence[int]
    """Indices of the works judged on, in their order."""


def evaluate(  # noqa: PLR0913 - what to judge, on what, and how
    works: Sequence[Work],
    terms: Sequence[Term],
    splits: Sequence[Split],
    make_methods: Callable[[int], Sequence[Method]],
    *,
    all_terms: bool = False,
    vocabulary: Sequence[Term] = (),
    on_step: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Judge the methods that `make_methods` gives for a number of training works.

    Without `all_terms` only terms that the training part uses are suggested: nobody says which others a corpus has.
    Where so few works are tagged that only phrases can serve, those of the `vocabulary` are too.
    """
    outcomes: dict[str, Outcome] = {}
    for number, split in enumerate(splits, 1):
        train, test = [works[index] for index in split.train], [works[index] for index in split.test]
        used = count_examples(train)
        offered = [term for term in terms if all_terms or term.id in used]
        if sum(bool(work.topics) for work in train) < FEWEST_FOR_LEARNING:
            names = {term.id for term in offered}
            offered += [term for term in vocabulary if term.id not in names]
        for method in make_methods(len(train)):
            on_step(f"{method.name} ({number} of {len(splits)})")
            _judge(method, train, test, offered, outcomes.setdefault(method.name, Outcome(method.name)), split)
    judged = sorted({index for split in splits for index in split.test})
    examples = count_examples([works[i] for i in sorted({i for split in splits for i in split.train})])
    figures = [_figures(outcome, works, judged, examples) for outcome in outcomes.values()]
    best = max(outcomes.values(), key=lambda outcome: outcome.held_out.f1, default=Outcome("")).name
    return Evaluation(figures, best, outcomes, works, judged)


def _judge(  # noqa: PLR0913, PLR0917 - lists by identity: shared parts learn and score once
    method: Method,
    train: Sequence[Work],
    test: Sequence[Work],
    terms: Sequence[Term],
    outcome: Outcome,
    split: Split,
) -> None:
    model = method.learn(train, terms)
    sample = sample_of(train)
    held, given = model.held_out(sample), [train[index].topics for index in sample]
    thresholds = find_thresholds(held, given) if method.name != UNTRAINED else Thresholds()
    for scores, topics in zip(held, given, strict=True):
        outcome.held_out += count(thresholds.suggest(scores), topics)
    for index, scores in zip(split.test, model.score(test), strict=True):
        outcome.scores[index] = scores
        outcome.suggested[index] = thresholds.suggest(scores)


def _figures(outcome: Outcome, works: Sequence[Work], test: Sequence[int], examples: Mapping[str, int]) -> Figures:
    given = [works[index].topics for index in test]
    suggested = [outcome.suggested[index] for index in test]
    counts = [count(ours, theirs) for ours, theirs in zip(suggested, given, strict=True)]
    scored = [(outcome.scores[index], works[index].topics) for index in test if works[index].topics]
    ranked = [ranked_figures(rank(scores), topics) for scores, topics in scored]
    by_topic = {topic: Counts() for topic in examples} | count_by_topic(suggested, given)
    topics = [
        TopicFigures(topic, examples.get(topic, 0), found.right + found.missing, found)
        for topic, found in sorted(by_topic.items())
    ]
    enough = [topic.counts.figures() for topic in topics if topic.n_train >= ENOUGH]
    names = ("precision", "recall", "f1")
    return Figures(
        outcome.name,
        sum(counts, Counts()),
        {name: fmean(figures[name] for figures in enough) if enough else 0.0 for name in names},
        {name: fmean(figures[name] for figures in ranked) if ranked else 0.0 for name in RANKED},
        topics,
        {
            "micro_f1": interval_of_micro(counts),
            **{name: interval_of_mean([figures[name] for figures in ranked]) for name in RANKED},
        },
        worst_confusions(suggested, given),
    )


def worst_confusions(
    suggested: Sequence[Sequence[str]], given: Sequence[Sequence[str]], most: int = 10
) -> list[tuple[str, str, int]]:
    """Pairs of a topic that was missed and one that was wrongly suggested for the same work."""
    pairs: dict[tuple[str, str], int] = {}
    for ours, theirs in zip(suggested, given, strict=True):
        for missed in set(theirs) - set(ours):
            for wrong in set(ours) - set(theirs):
                pairs[missed, wrong] = pairs.get((missed, wrong), 0) + 1
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [(missed, wrong, number) for (missed, wrong), number in ordered[:most]]
