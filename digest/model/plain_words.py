"""Which plain words of a study page stand for which words of the registry's record."""

from collections.abc import Iterator
from dataclasses import dataclass

from digest.model.identifier import fold
from digest.model.listing import Arm, Item
from digest.model.study import PlainArm, PlainCriterion, Study

FIELDS = ("ages", "sex")
"""Fields of the record that a plain criterion may stand for by their name, since they are no criteria of the text."""


@dataclass(frozen=True)
class PlainWords:
    """The plain words of one study."""

    study: Study

    def of_criterion(self, item: Item) -> PlainCriterion | None:
        """The plain words for a criterion of the record."""
        return next((each for each in self.study.criteria if _begins(item.text, each.registry)), None)

    def of_field(self, name: str) -> PlainCriterion | None:
        """The plain words for `ages` or `sex`."""
        return next((each for each in self.study.criteria if each.registry.strip() == name), None)

    def of_arm(self, arm: Arm) -> PlainArm | None:
        """The plain words for an arm of the record."""
        exact = next((each for each in self.study.arms if _same(arm.label, each.arm)), None)
        return exact or next((each for each in self.study.arms if _begins(arm.label, each.arm)), None)

    def is_covered(self, item: Item) -> bool:
        """Whether a criterion has plain words, or everything below it has."""
        found = self.of_criterion(item)
        if found is not None and found.plain:
            return True
        return bool(item.items) and all(self.is_covered(each) for each in item.items)

    def iter_without_record(self) -> Iterator[tuple[int, PlainCriterion]]:
        """Plain criteria that name words which the record does not have (any more), with their number."""
        there = [item for _, top in self.study.listing.eligibility.iter_criteria() for item in top.iter_all()]
        for index, each in enumerate(self.study.criteria):
            named = each.registry.strip()
            if named and named not in FIELDS and not any(_begins(item.text, named) for item in there):
                yield index, each

    def iter_own_criteria(self) -> Iterator[PlainCriterion]:
        """Plain criteria that stand for none of the record's: the study team's own."""
        gone = {index for index, _ in self.iter_without_record()}
        for index, each in enumerate(self.study.criteria):
            if not each.registry.strip() or index in gone:
                yield each

    def iter_own_arms(self) -> Iterator[PlainArm]:
        """Groups that the record does not have."""
        taken = {id(found) for arm in self.study.listing.arms if (found := self.of_arm(arm))}
        for each in self.study.arms:
            if id(each) not in taken:
                yield each


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def _begins(text: str, start: str) -> bool:
    return bool(start.strip()) and _folded(text).startswith(_folded(start))


def _same(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)
