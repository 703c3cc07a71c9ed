"""Related entries: most shared references and topics first, newest first among equals."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from digest.link import Links
from digest.link.related import RelatedEntries
from digest.model.entry import Entry
from tests.builders import make_entry, make_library

TOPICS = st.lists(st.sampled_from("abcdef"), max_size=4, unique=True).map(tuple)
KEYS = st.lists(st.sampled_from("xyz"), max_size=2, unique=True).map(tuple)


@given(st.lists(st.tuples(TOPICS, KEYS), max_size=40), st.integers(1, 5))
def test_the_quick_way_finds_what_comparing_everything_finds(
    tagged: list[tuple[tuple[str, ...], ...]], most: int
) -> None:
    """Filing under subsets of topics is only a shortcut."""
    entries = [make_entry(f"e{index}", topics=topics, citations=keys) for index, (topics, keys) in enumerate(tagged)]
    related = RelatedEntries(entries, most)
    for entry in entries:
        assert [e.slug for e in related.find(entry)] == [e.slug for e in _compare_with_all(entry, entries)[:most]]


def _compare_with_all(entry: Entry, entries: Sequence[Entry]) -> list[Entry]:
    shared = {
        other.slug: len(set(entry.topics) & set(other.topics)) + len(set(entry.citations) & set(other.citations))
        for other in entries
        if other is not entry
    }
    candidates = [other for other in entries if shared.get(other.slug)]
    return sorted(candidates, key=lambda other: -shared[other.slug])


def test_what_the_editor_names_comes_first() -> None:
    """Even if it shares nothing."""
    named = make_entry("named")
    near = make_entry("near", topics=("a",))
    entry = make_entry("entry", topics=("a",), related=("named",))
    links = Links(make_library(entries=(entry, named, near)))
    assert [other.slug for other in links.related_entries(entry)] == ["named", "near"]


def test_a_shared_reference_counts_as_much_as_a_shared_topic() -> None:
    """Two shared topics beat one shared reference."""
    entry = make_entry("entry", topics=("a", "b"), citations=("x",))
    same_topics = make_entry("same-topics", topics=("a", "b"))
    same_reference = make_entry("same-reference", citations=("x",))
    links = Links(make_library(entries=(entry, same_reference, same_topics)))
    assert [other.slug for other in links.related_entries(entry)] == ["same-topics", "same-reference"]
