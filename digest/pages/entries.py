"""The page of each entry."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from digest.cite import format_apa, summary_reference
from digest.model.entry import Entry, edition_permalink
from digest.model.identifier import bare_doi, slugify
from digest.pages.explained_words import explain_words
from digest.pages.frame import Frame
from digest.pages.linked_data_things import edition_trail, entry_data
from digest.pages.mistakes import report_link
from digest.pages.page import Page, PlannedPage


def iter_entries(frame: Frame) -> Iterator[PlannedPage]:
    """One page an entry, newest first."""
    for entry in frame.links.entries:
        yield PlannedPage(entry.permalink, partial(_render_entry, frame, entry), shows=(entry,))


def _render_entry(frame: Frame, entry: Entry) -> Page:
    links, digest = frame.links, frame.library.configuration.digest
    body, words = explain_words(frame.bodies.entry(entry), frame.glossary)
    references = links.references_of(entry)
    neighbours = links.entries_of_edition(entry.edition)
    position = next(index for index, other in enumerate(neighbours) if other is entry)
    authors = entry.authors or digest.authors
    topics, types = links.topics_of(entry), links.types_of(entry)
    page = frame.page(
        entry.permalink,
        "entry",
        entry.title,
        entry.takeaway or entry.title,
        entry=entry,
        body=body,
        words=words,
        authors=authors,
        edition=edition_permalink(entry.edition),
        implications_anchor=slugify(body.implications_heading) or "implications",
        references=references,
        recommended=links.recommended_beside(references[0]) if references else (),
        standing=links.standing(entry),
        citations="citation" if references else "",
        summary_citation=Markup(format_apa(summary_reference(entry, frame.library.configuration)).html),  # noqa: S704
        report=report_link(frame.library.configuration, entry),
        topics=topics,
        types=types,
        related=links.related_entries(entry),
        placements=links.placements_of_entry(entry),
        studies=links.studies_of_entry(entry),
        previous=neighbours[position - 1] if position else None,
        next=neighbours[position + 1] if position + 1 < len(neighbours) else None,
        linked_data=entry_data(frame, entry),
        trail=edition_trail(entry, edition_permalink(entry.edition)),
        data={
            "takeaway": entry.takeaway,
            "edition": entry.edition,
            "date": entry.published.isoformat(),
            "authors": list(authors),
            "topics": [topic.label for topic in topics],
            "research_types": [kind.label for kind in types],
            "citation": links.apa(references[0]).text if references else "",
            "doi": bare_doi(references[0].DOI) if references else "",
        },
    )
    return frame.with_assets(page, entry)
