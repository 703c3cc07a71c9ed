"""Making things of the model for tests, without files."""

from typing import Any

from digest.markup import parse_body
from digest.model.configuration import Configuration
from digest.model.entry import Edition, Entry
from digest.model.library import Library
from digest.model.permalink import Permalinks
from digest.model.reference import Reference
from digest.model.source import Places
from digest.model.study import RegistryRecord, Study
from digest.problem import Span


def places(path: str) -> Places:
    """A file of which only the path is known."""
    return Places(Span(path), {}, {})


def make_entry(slug: str, month: str = "2023-01", text: str = "Text.\n", **fields: Any) -> Entry:
    """An entry with a body."""
    path = f"entries/{month}/{slug}.md"
    return Entry(
        **{"title": slug, "takeaway": f"Takeaway of {slug}.", **fields},
        path=path,
        edition=month,
        slug=slug,
        body=parse_body(text, path=path),
        places=places(path),
    )


def make_reference(key: str, **fields: Any) -> Reference:
    """A journal article."""
    return Reference(
        **{"type": "article-journal", "title": f"Title of {key}", **fields},
        citation_key=key,
        path="bib/references.bib",
        places=places("bib/references.bib"),
    )


def make_study(slug: str = "trial", record: RegistryRecord | None = None, **fields: Any) -> Study:
    """A recruitment page."""
    path = f"studies/{slug}.md"
    return Study(
        **{"title": slug, **fields},
        path=path,
        slug=slug,
        body=parse_body("Text.\n", path=path),
        places=places(path),
        record=record,
    )


def make_library(**content: Any) -> Library:
    """A library of these things; what is not given is empty."""
    entries = content.get("entries", ())
    editions = tuple(Edition(path=f"entries/{m}/index.md", month=m) for m in sorted({e.edition for e in entries}))
    empty: dict[str, Any] = dict.fromkeys(
        (
            "references",
            "topics",
            "research_types",
            "glossary",
            "wording_rules",
            "modules",
            "studies",
            "registry",
            "pages",
        ),
        (),
    )
    return Library(
        **{
            "configuration": Configuration(places=places("mkdocs.yml")),
            "entries": (),
            "editions": editions,
            **empty,
            "permalinks": Permalinks("entries/permalinks.txt", {}, Span("entries/permalinks.txt")),
            "files": frozenset(),
            "sources": {},
            **content,
        }
    )
