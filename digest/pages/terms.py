"""Topics, types of research, and where both meet."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from digest.model.entry import Entry
from digest.model.library import Library
from digest.model.vocabulary import ResearchType, Topic
from digest.pages.frame import Frame
from digest.pages.linked_data_things import crossing_data, term_data, terms_data
from digest.pages.page import Page, PlannedPage
from digest.pages.words import say_count


def render_topics(frame: Frame) -> Page:
    """The list of all topics."""
    topics = sorted(frame.library.topics, key=lambda topic: topic.label.casefold())
    return frame.page(
        "/topics/",
        "terms",
        "Topics",
        f"{say_count(len(topics), 'topic')}, each with all its summaries",
        lead=f"{say_count(len(topics), 'topic')}, each with the number of its summaries",
        with_definitions=False,
        linked_data=terms_data(frame, topics, "/topics/"),
        terms=[(topic, len(frame.links.entries_on_topic(topic.id))) for topic in topics],
    )


def iter_topics(frame: Frame) -> Iterator[PlannedPage]:
    """Each topic: definition, the newest practice implications, all entries; and the same by type of research."""
    for topic in frame.links.lookup.topics.values():
        entries = frame.links.entries_on_topic(topic.id)
        of_kinds: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for kind_id in set(entry.research_types):
                of_kinds[kind_id].append(entry)
        kinds = frame.links.lookup.research_types.values()
        crossings = [(kind, of_kinds[kind.id]) for kind in kinds if kind.id in of_kinds]
        numbers = [(kind, len(of_kind)) for kind, of_kind in crossings]
        yield PlannedPage(topic.permalink, partial(_render_topic, frame, topic, numbers), entries)
        for kind, of_kind in crossings:
            render = partial(_render_crossing, frame, topic, kind, of_kind)
            yield PlannedPage(crossing_address(topic, kind), render, of_kind)


def _render_topic(frame: Frame, topic: Topic, crossings: Sequence[tuple[ResearchType, int]]) -> Page:
    digest = frame.library.configuration.digest
    entries = frame.links.entries_on_topic(topic.id)
    with_implications = (entry for entry in entries if frame.bodies.entry(entry).implications)
    return frame.page(
        topic.permalink,
        "topic",
        topic.label,
        topic.definition,
        linked_data=term_data(frame, topic, entries),
        trail=[("Topics", "/topics/")],
        topic=topic,
        entries=entries,
        citations="citations" if any(map(frame.links.references_of, entries)) else "",
        sheet=[entry for entry, _ in zip(with_implications, range(digest.lengths.sheet_implications), strict=False)],
        implications_heading=digest.practice_implications[0] if digest.practice_implications else "",
        crossings=crossings,
        modules=frame.links.modules_on_topic(topic.id),
        data={"topic": topic.id},
    )


def crossing_address(topic: Topic, kind: ResearchType) -> str:
    """Where a topic and a type of research meet."""
    return f"{topic.permalink}{kind.id}/"


def iter_former_crossings(library: Library) -> Iterator[tuple[str, str]]:
    """Where pages of a topic and a type of research stood while one of the two had another id, and where they are."""
    topics = {topic.id: topic for topic in library.topics}
    kinds = {kind.id: kind for kind in library.research_types}
    if not any(topic.aliases for topic in library.topics) and not any(kind.aliases for kind in library.research_types):
        return
    met = {(topic, kind) for entry in library.entries for topic in entry.topics for kind in entry.research_types}
    for topic_id, kind_id in sorted(met):
        topic, kind = topics.get(topic_id), kinds.get(kind_id)
        if topic and kind:
            for former_topic, former_kind in product((topic_id, *topic.aliases), (kind_id, *kind.aliases)):
                if (former_topic, former_kind) != (topic_id, kind_id):
                    yield f"/topics/{former_topic}/{former_kind}/", crossing_address(topic, kind)


def _render_crossing(frame: Frame, topic: Topic, kind: ResearchType, entries: list[Entry]) -> Page:
    return frame.page(
        crossing_address(topic, kind),
        "crossing",
        f"{topic.label}: {kind.label.lower()}",
        f"{say_count(len(entries), 'summary', 'summaries')} on {topic.label}: {kind.label.lower()}",
        linked_data=crossing_data(frame, (topic, kind), entries),
        trail=[("Topics", "/topics/"), (topic.label, topic.permalink)],
        topic=topic,
        kind=kind,
        entries=entries,
        data={"topic": topic.id, "research_type": kind.id},
    )


def render_research_types(frame: Frame) -> Page:
    """The list of all types of research."""
    types = frame.library.research_types
    return frame.page(
        "/research/",
        "terms",
        "Types of research",
        "What each type of research can and cannot show, with all summaries of that type",
        lead="What each design is, and what there is of it here",
        with_definitions=True,
        linked_data=terms_data(frame, types, "/research/"),
        terms=[(kind, len(frame.links.entries_of_research_type(kind.id))) for kind in types],
    )


def iter_research_types(frame: Frame) -> Iterator[PlannedPage]:
    """Each type of research: what it can show, and all entries."""
    for kind in frame.links.lookup.research_types.values():
        shown = frame.links.entries_of_research_type(kind.id)
        yield PlannedPage(kind.permalink, partial(_render_research_type, frame, kind), shown)


def _render_research_type(frame: Frame, kind: ResearchType) -> Page:
    entries = frame.links.entries_of_research_type(kind.id)
    return frame.page(
        kind.permalink,
        "research-type",
        kind.label,
        kind.definition,
        linked_data=term_data(frame, kind, entries),
        trail=[("Types of research", "/research/")],
        kind=kind,
        entries=entries,
        citations="citations" if any(map(frame.links.references_of, entries)) else "",
        data={"research_type": kind.id},
    )
