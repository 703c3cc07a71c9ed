"""What each kind of page is about, in the words of schema.org.

An entry is a `BlogPosting` about the work that it summarises; topics and types of research are `DefinedTerm`s of two
`DefinedTermSet`s; lists are `CollectionPage`s; the course is a `Course` of `LearningResource`s. What a study is, the
pages of studies say.
"""

from collections.abc import Iterable, Sequence

from digest.model.entry import Edition, Entry
from digest.model.training import TrainingModule
from digest.model.vocabulary import ResearchType, Topic
from digest.pages.addresses import is_web_address
from digest.pages.frame import Frame
from digest.pages.linked_data import Node, absolute, licence, publisher
from digest.pages.linked_data_works import work_data
from digest.pages.words import say_month

Term = Topic | ResearchType
MOST_LISTED = 10
"""Of a long list its newest: the page itself shows all."""
SETS = {"/topics/": "Topics", "/research/": "Types of research"}


def entry_data(frame: Frame, entry: Entry) -> Node:
    """A summary: about its work and its topics, citing all works it cites."""
    configuration, links = frame.library.configuration, frame.links
    address = absolute(configuration, entry.permalink)
    works = [work_data(reference, links.standing_of(reference)) for reference in links.references_of(entry)]
    terms: list[Term] = [*links.topics_of(entry), *links.types_of(entry)]
    corrections = [
        {"@type": "CorrectionComment", "text": each.note, "datePublished": each.date.isoformat()}
        for each in entry.corrections
    ]
    return {
        "@type": "BlogPosting",
        "@id": f"{address}#summary" if address else "",
        "url": address,
        "headline": entry.title,
        "abstract": entry.takeaway,
        "datePublished": entry.published.isoformat(),
        "dateModified": entry.changed.isoformat(),
        "author": [_author(frame, name) for name in entry.authors or configuration.digest.authors],
        "publisher": publisher(configuration),
        "license": licence(configuration),
        "inLanguage": configuration.digest.language,
        "isAccessibleForFree": True,
        "isPartOf": {
            "@type": "Periodical",
            "name": configuration.title,
            "url": absolute(configuration, "/"),
        },
        "about": [*works[:1], *(_term_reference(frame, term) for term in terms)],
        "citation": [*(_mention(work) for work in works[:1]), *works[1:]],
        "correction": corrections,
    }


def _author(frame: Frame, name: str) -> Node:
    """The digest itself is a group; anybody else is taken for a person."""
    configuration = frame.library.configuration
    return publisher(configuration) if name == configuration.title else {"@type": "Person", "name": name}


def _mention(work: Node) -> Node:
    """A work that stands in full beside: by its identifier where it has one."""
    return {"@id": work["@id"]} if work["@id"] else work


def edition_data(frame: Frame, edition: Edition, entries: Sequence[Entry]) -> Node:
    """A month: a collection of its entries."""
    return {
        "@type": "CollectionPage",
        "datePublished": edition.day.isoformat(),
        "publisher": publisher(frame.library.configuration),
        "mainEntity": _list(frame, entries),
    }


def term_data(frame: Frame, term: Term, entries: Sequence[Entry]) -> Node:
    """A topic or a type of research: the term itself, and the newest entries under it."""
    return {
        "@type": "CollectionPage",
        "about": {
            **_term_reference(frame, term),
            "alternateName": list(term.alt_labels),
            "description": term.definition,
            "termCode": term.id,
            "inDefinedTermSet": _set(frame, term),
        },
        "mainEntity": _list(frame, entries),
    }


def crossing_data(frame: Frame, terms: Iterable[Term], entries: Sequence[Entry]) -> Node:
    """Where a topic and a type of research meet."""
    about = [_term_reference(frame, term) for term in terms]
    return {"@type": "CollectionPage", "about": about, "mainEntity": _list(frame, entries)}


def terms_data(frame: Frame, terms: Sequence[Term], address: str) -> Node:
    """All topics, or all types of research: the set of these terms."""
    configuration = frame.library.configuration
    return {
        "@type": "CollectionPage",
        "mainEntity": {
            "@type": "DefinedTermSet",
            "@id": absolute(configuration, f"{address}#terms"),
            "name": SETS[address],
            "url": absolute(configuration, address),
            "hasDefinedTerm": [_term_reference(frame, term) for term in terms],
        },
    }


def collection_data(frame: Frame, entries: Sequence[Entry]) -> Node:
    """Any other list of entries."""
    return {"@type": "CollectionPage", "mainEntity": _list(frame, entries)}


def course_data(frame: Frame, modules: Sequence[TrainingModule], title: str, description: str) -> Node:
    """The course: its modules in their order."""
    configuration = frame.library.configuration
    return {
        "@type": "Course",
        "@id": absolute(configuration, "/training/#course"),
        "name": title,
        "description": description,
        "url": absolute(configuration, "/training/"),
        "provider": publisher(configuration),
        "inLanguage": configuration.digest.language,
        "isAccessibleForFree": True,
        "hasPart": [
            {
                "@type": "LearningResource",
                "name": module.title,
                "position": module.number,
                "url": absolute(configuration, module.permalink),
            }
            for module in modules
        ],
    }


def module_data(frame: Frame, module: TrainingModule) -> Node:
    """One module: what it teaches, and what is read in it."""
    configuration, links = frame.library.configuration, frame.links
    readings: list[Node] = []
    for placed in links.readings[module.slug]:
        if placed.entry:
            readings.append(_entry_reference(frame, placed.entry))
        elif placed.reference:
            readings.append(work_data(placed.reference, links.standing_of(placed.reference)))
        elif is_web_address(placed.reading.url):
            readings.append({"@type": "CreativeWork", "url": placed.reading.url})
    return {
        "@type": "LearningResource",
        "name": module.title,
        "position": module.number,
        "url": absolute(configuration, module.permalink),
        "learningResourceType": "Module",
        "teaches": list(module.objectives),
        "about": [_term_reference(frame, topic) for topic in links.topics_of(module)],
        "citation": readings,
        "isPartOf": {
            "@type": "Course",
            "@id": absolute(configuration, "/training/#course"),
            "name": "Training",
            "url": absolute(configuration, "/training/"),
        },
        "provider": publisher(configuration),
        "license": licence(configuration),
        "inLanguage": configuration.digest.language,
        "isAccessibleForFree": True,
    }


def catalogue_data(frame: Frame, description: str, names: Iterable[str]) -> Node:
    """The catalogue as data: a data set with a JSON file for each name."""
    configuration = frame.library.configuration
    return {
        "@type": "Dataset",
        "name": configuration.title,
        "description": description,
        "url": absolute(configuration, "/data/"),
        "license": licence(configuration),
        "creator": publisher(configuration),
        "inLanguage": configuration.digest.language,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": "application/json",
                "contentUrl": absolute(configuration, f"/data/{name}.json"),
            }
            for name in names
        ],
    }


def edition_trail(entry: Entry, edition: str) -> list[tuple[str, str]]:
    """The pages above an entry."""
    return [("Archive", "/archive/"), (say_month(entry.edition), edition)]


def _list(frame: Frame, entries: Sequence[Entry]) -> Node:
    return {
        "@type": "ItemList",
        "numberOfItems": len(entries),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "item": _entry_reference(frame, entry)}
            for position, entry in enumerate(entries[:MOST_LISTED], 1)
        ],
    }


def _entry_reference(frame: Frame, entry: Entry) -> Node:
    return {
        "@type": "BlogPosting",
        "headline": entry.title,
        "url": absolute(frame.library.configuration, entry.permalink),
    }


def _term_reference(frame: Frame, term: Term) -> Node:
    address = absolute(frame.library.configuration, term.permalink)
    return {"@type": "DefinedTerm", "@id": f"{address}#term" if address else "", "name": term.label, "url": address}


def _set(frame: Frame, term: Term) -> Node:
    address = "/topics/" if isinstance(term, Topic) else "/research/"
    return {
        "@type": "DefinedTermSet",
        "@id": absolute(frame.library.configuration, f"{address}#terms"),
        "name": SETS[address],
        "url": absolute(frame.library.configuration, address),
    }
