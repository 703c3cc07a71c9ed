"""Parting tagged works into those that are learnt from and those that are judged on, group by group."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from digest.suggest.method import groups_of
from digest.suggest.work import Work

FOLDS = 5
SEED = 20230101


@dataclass(frozen=True)
class Split:
    """Indices of works."""

    train: Sequence[int]
    test: Sequence[int]


def leave_groups_out(works: Sequence[Work]) -> list[Split]:
    """Each group once, in order: an edition of the digest."""
    groups = groups_of(works)
    return [_split(groups, {group}) for group in dict.fromkeys(groups)]


def group_folds(works: Sequence[Work], folds: int = FOLDS) -> list[Split]:
    """So many parts of about equal size; the same for the same works."""
    groups = groups_of(works)
    order = sorted(set(groups))
    random.Random(SEED).shuffle(order)  # noqa: S311 - a partition, no secret
    parts = [set(order[start::folds]) for start in range(min(folds, len(order)))]
    return [_split(groups, part) for part in parts]


def _split(groups: Sequence[str], own: set[str]) -> Split:
    inside = [index for index, group in enumerate(groups) if group in own]
    outside = [index for index, group in enumerate(groups) if group not in own]
    return Split(outside, inside)
