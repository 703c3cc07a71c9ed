"""Related entries: those that share references and topics, most shared first, ties by date.

Comparing every entry with every other would cost the square of their number. Instead each entry is filed under every
subset of its topics, newest first and only as many as can ever be shown; the entries that share most topics are then
found by looking up ever smaller subsets.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, groupby

from digest.model.entry import Entry

MOST_TOPICS = 8
"""Topics beyond these are left aside here: every further one doubles the subsets (`topic-too-many` has said so)."""


class RelatedEntries:
    """Finds related entries among `entries`, which are given newest first."""

    def __init__(self, entries: Sequence[Entry], most: int) -> None:
        self._entries = entries
        self._most = most
        self._rank = {entry.path: rank for rank, entry in enumerate(entries)}

    @cached_property
    def _by_topics(self) -> Mapping[tuple[str, ...], Sequence[Entry]]:
        filed: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in self._entries:
            for subset in _subsets(entry.topics):
                of_subset = filed[subset]
                if len(of_subset) <= self._most:
                    of_subset.append(entry)
        return filed

    @cached_property
    def _by_reference(self) -> Mapping[str, Sequence[Entry]]:
        filed: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries:
            for key in dict.fromkeys(entry.citations):
                filed[key].append(entry)
        return filed

    def find(self, entry: Entry) -> list[Entry]:
        """At most so many entries: most shared references and topics first, newest first among equals.

        A subset files the newest of those that hold it, one more than can be shown; so whoever is missing from the
        list of the topics it shares has enough better ones before it, and smaller subsets need not be looked at.
        """
        candidates = {other.path: other for key in entry.citations for other in self._by_reference[key]}
        by_topics: dict[str, Entry] = {}
        for _, subsets in groupby(_subsets(entry.topics), key=len):
            for subset in subsets:
                by_topics |= {other.path: other for other in self._by_topics[subset]}
            if len(by_topics) > self._most:
                break
        candidates |= by_topics
        candidates.pop(entry.path, None)
        ranked = sorted(candidates.values(), key=lambda other: (-_shared(entry, other), self._rank[other.path]))
        return ranked[: self._most]


def _subsets(topics: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every subset but the empty one, the largest first."""
    unique = sorted(set(topics))[:MOST_TOPICS]
    for size in range(len(unique), 0, -1):
        yield from combinations(unique, size)


def _shared(entry: Entry, other: Entry) -> int:
    return len(set(entry.citations) & set(other.citations)) + len(set(entry.topics) & set(other.topics))
