"""How topics are used: by year, never or once, always together; and entries whose topics look wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.model.library import Library
from digest.suggest.corpus import corpus_of_library
from digest.suggest.lexicon import Lexicon
from digest.suggest.methods import Setting, best_method
from digest.suggest.work import Term, Work

FEWEST_TOGETHER = 2
LACKING = 0.6
"""Held-out probability from which on an entry probably lacks a topic."""
WRONG = 0.03
"""Held-out probability below which a topic that it carries is doubted, if none of its phrases stands there either."""
ENOUGH = 5
"""Entries with a topic from which on carrying it is doubted at all."""


@dataclass(frozen=True, slots=True)
class TopicUse:
    """One topic and the published entries that carry it."""

    topic: str
    label: str
    entries: int
    years: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """An entry that probably lacks a topic, or carries a wrong one."""

    path: str
    topic: str
    score: float
    """What the others make of it: how likely an editor would give it the topic."""
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Usage:
    """Everything about the use of topics."""

    topics: Sequence[TopicUse]
    together: Sequence[tuple[str, str, int]]
    """Two topics of which one never occurs without the other, and in how many entries."""
    lacking: Sequence[Doubt]
    doubtful: Sequence[Doubt]

    @property
    def never(self) -> list[str]:
        """Topics without an entry."""
        return [use.topic for use in self.topics if not use.entries]

    @property
    def once(self) -> list[str]:
        """Topics with a single entry."""
        return [use.topic for use in self.topics if use.entries == 1]


def find_usage(library: Library, *, ml: bool = True) -> Usage:
    """Look at all published entries."""
    published = library.published()
    uses = []
    for topic in library.topics:
        years: dict[str, int] = {}
        for entry in published.entries:
            if topic.id in entry.topics:
                years[entry.year] = years.get(entry.year, 0) + 1
        uses.append(TopicUse(topic.id, topic.label, sum(years.values()), dict(sorted(years.items()))))
    corpus = corpus_of_library(library)
    lacking, doubtful = find_doubts(corpus.works, corpus.terms, ml=ml)
    return Usage(uses, always_together([entry.topics for entry in published.entries]), lacking, doubtful)


def always_together(given: Sequence[Sequence[str]]) -> list[tuple[str, str, int]]:
    """Pairs of which the rarer topic, named first, never stands without the other; the most frequent pair first."""
    single: dict[str, int] = {}
    both: dict[tuple[str, str], int] = {}
    for topics in given:
        distinct = sorted(set(topics))
        for index, one in enumerate(distinct):
            single[one] = single.get(one, 0) + 1
            for other in distinct[index + 1 :]:
                both[one, other] = both.get((one, other), 0) + 1
    found = []
    for (one, other), number in both.items():
        if number >= FEWEST_TOGETHER and number == min(single[one], single[other]):
            rarer, wider = (one, other) if single[one] <= single[other] else (other, one)
            found.append((rarer, wider, number))
    return sorted(found, key=lambda pair: (-pair[2], pair))


def find_doubts(works: Sequence[Work], terms: Sequence[Term], *, ml: bool) -> tuple[list[Doubt], list[Doubt]]:
    """Entries against what all other editions teach: topics they lack, topics they should perhaps not have."""
    tagged = [work for work in works if work.topics]
    everything = range(len(tagged))
    scores = best_method(Setting(len(tagged), len(terms), terms, ml=ml)).learn(tagged, terms).held_out(everything)
    lexicon = Lexicon().learn(tagged, terms)
    wording = {term.id: term.wording for term in terms}
    examples = {term.id: sum(term.id in work.topics for work in tagged) for term in terms}
    lacking, doubtful = [], []
    for work, found in zip(tagged, scores, strict=True):
        matches = lexicon.matches(work)
        for topic in sorted(wording):
            score = found.get(topic, 0.0)
            phrases = tuple(dict.fromkeys(wording[topic][phrase] for phrase, _ in matches.get(topic, ())))
            doubt = Doubt(work.id, topic, round(score, 3), phrases[:5])
            if topic not in work.topics and score >= LACKING:
                lacking.append(doubt)
            elif topic in work.topics and score < WRONG and not phrases and examples[topic] >= ENOUGH:
                doubtful.append(doubt)
    return (
        sorted(lacking, key=lambda doubt: (-doubt.score, doubt.path, doubt.topic)),
        sorted(doubtful, key=lambda doubt: (doubt.score, doubt.path, doubt.topic)),
    )
