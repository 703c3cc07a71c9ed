"""How often each feature stands in works with each topic, counted so that a group of works can be left out exactly."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.suggest.method import count_examples, groups_of
from digest.suggest.work import Work


@dataclass(frozen=True)
class Seen:
    """What the counts say of some features."""

    works: int
    """How many were counted."""
    examples: Mapping[str, int]
    """Topic to the number of works that carry it."""
    features: Sequence[tuple[str, int, Mapping[str, int]]]
    """Of each that is known, by the alphabet: how many works have it, and how many of these carry each topic."""


class Together:
    """The counts."""

    def __init__(
        self,
        works: Sequence[Work],
        terms: set[str],
        features: Sequence[set[str]],
        fewest: int,
        least_share: float = 0.0,
    ) -> None:
        """`features` of each work; those in fewer than `fewest` works are not known, nor topics of a smaller share."""
        self._topics = [tuple(topic for topic in dict.fromkeys(work.topics) if topic in terms) for work in works]
        self._features = features
        self._examples = {topic: number for topic, number in count_examples(works).items() if topic in terms}
        self._groups = groups_of(works)
        self._members: dict[str, list[int]] = defaultdict(list)
        for index, group in enumerate(self._groups):
            self._members[group].append(index)
        self._with = Counter(feature for present in features for feature in present)
        both: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for topics, present in zip(self._topics, features, strict=True):
            for feature in present:
                if self._with[feature] >= fewest:
                    for topic in topics:
                        both[feature][topic] += 1
        self._both = {
            feature: {topic: number for topic, number in topics.items() if number > least_share * self._with[feature]}
            for feature, topics in both.items()
        }

    def look_up(self, features: Iterable[str]) -> Seen:
        """What all works say of these features."""
        known = [(each, self._with[each], self._both[each]) for each in sorted(set(features)) if each in self._both]
        return Seen(len(self._groups), self._examples, known)

    def look_up_without(self, index: int) -> Seen:
        """What the works of other groups say of the features of this one."""
        members = self._members[self._groups[index]]
        fewer = Counter(topic for other in members for topic in self._topics[other])
        examples = {topic: number - fewer[topic] for topic, number in self._examples.items()}
        known = []
        for feature in sorted(self._features[index]):
            if feature in self._both:
                own = [other for other in members if feature in self._features[other]]
                topics = dict(self._both[feature])
                for other in own:
                    for topic in self._topics[other]:
                        if topic in topics:
                            topics[topic] -= 1
                if self._with[feature] > len(own):
                    known.append((feature, self._with[feature] - len(own), topics))
        return Seen(len(self._groups) - len(members), examples, known)
