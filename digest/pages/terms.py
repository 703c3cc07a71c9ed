"""Topics, types of research, and where both meet."""

from collections.abc import Iterator

from digest.model.entry import Entry
from digest.model.vocabulary import ResearchType, Topic
from digest.pages.frame import Frame
from digest.pages.page import Page
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
        terms=[(topic, len(frame.links.entries_on_topic(topic.id))) for topic in topics],
    )


def iter_topics(frame: Frame) -> Iterator[Page]:
    """Each topic: definition, the newest practice implications, all entries; and the same by type of research."""
    digest = frame.library.configuration.digest
    for topic in frame.links.lookup.topics.values():
        entries = frame.links.entries_on_topic(topic.id)
        crossings = [
            (kind, of_kind)
            for kind in frame.links.lookup.research_types.values()
            if (of_kind := [entry for entry in entries if kind.id in entry.research_types])
        ]
        with_implications = (entry for entry in entries if frame.bodies.entry(entry).implications)
        yield frame.page(
            topic.permalink,
            "topic",
            topic.label,
            topic.definition,
            topic=topic,
            entries=entries,
            citations="citations" if any(map(frame.links.references_of, entries)) else "",
            sheet=[
                entry for entry, _ in zip(with_implications, range(digest.lengths.sheet_implications), strict=False)
            ],
            implications_heading=digest.practice_implications[0] if digest.practice_implications else "",
            crossings=[(kind, len(of_kind)) for kind, of_kind in crossings],
            modules=frame.links.modules_on_topic(topic.id),
            data={"topic": topic.id},
        )
        for kind, of_kind in crossings:
            yield _render_crossing(frame, topic, kind, of_kind)


def _render_crossing(frame: Frame, topic: Topic, kind: ResearchType, entries: list[Entry]) -> Page:
    return frame.page(
        f"{topic.permalink}{kind.id}/",
        "crossing",
        f"{topic.label}: {kind.label.lower()}",
        f"{say_count(len(entries), 'summary', 'summaries')} on {topic.label}: {kind.label.lower()}",
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
        terms=[(kind, len(frame.links.entries_of_research_type(kind.id))) for kind in types],
    )


def iter_research_types(frame: Frame) -> Iterator[Page]:
    """Each type of research: what it can show, and all entries."""
    for kind in frame.links.lookup.research_types.values():
        entries = frame.links.entries_of_research_type(kind.id)
        yield frame.page(
            kind.permalink,
            "research-type",
            kind.label,
            kind.definition,
            kind=kind,
            entries=entries,
            citations="citations" if any(map(frame.links.references_of, entries)) else "",
            data={"research_type": kind.id},
        )
