"""A `Corpus` as a Hugo site: the same entries, lists, feeds, files of citations, newsletters and pages.

Takes a corpus; gives paths and texts. Templates and settings stand in `_hugo_site/`, as a person would keep them. What
Hugo has no means for is given to it ready-made (the text of a citation, fields without LaTeX, which topics meet which
types) or left out (packages for learning platforms, posters, schemas), so that it never does more than we.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Iterator

from _corpus import Corpus, Entry, Reference, Term
from _corpus_files import PAGES, modules, studies

SITE = Path(__file__).resolve().parent / "_hugo_site"
LINK = re.compile(r"\]\((?:\.\./(?P<month>\d{4}-\d{2})/)?(?P<slug>[a-z0-9-]+)\.md\)")
"""A link to another entry, as editors of a digest write it."""
LATEX = re.compile(r"[{}\\\"'^~`]|(?<=\\)[cv] ")
OUTPUTS = re.compile(r'^((?:home|term) = |outputs: )\[(")html.*\]$', re.MULTILINE)
FILES = ["html", "bibtex", "ris", "csl"]
"""A page, and its references in three formats."""
ONLY_PARENT = {"build": {"render": "never"}}
"""For a section that only holds others: the digest has no page of it."""


def hugo_files(corpus: Corpus, *, only_pages: bool = False) -> Iterator[tuple[str, str]]:
    """Path and text of every file of the site, always in the same order.

    `only_pages`: without feeds, files of citations, newsletters and data, as a person would preview it: Hugo's server
    follows what depends on what through each of them, and takes several times as long.
    """
    for path, text in all_files(corpus):
        yield path, OUTPUTS.sub(r"\1[\2html\2]", text) if only_pages else text


def all_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The whole site."""
    for path in sorted(path for path in SITE.rglob("*") if path.is_file()):
        yield path.relative_to(SITE).as_posix(), path.read_text(encoding="utf-8")
    yield page("_index", {"title": "Synthetic Digest"})
    yield from editions(corpus)
    references = {reference.key: reference for reference in corpus.references}
    for entry in corpus.entries:
        yield entry_file(entry, references)
    yield from terms(corpus)
    yield from pages(corpus)


def page(name: str, fields: dict[str, object], body: str = "") -> tuple[str, str]:
    """A file below `content/`. JSON is YAML, so that a text in quotes means the same in both."""
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    return f"content/{name}.md", f"---\n{head}---\n{body}\n"


def editions(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """A section for each month, with its introduction."""
    months = sorted({entry.month for entry in corpus.entries})
    for year in sorted({month[:4] for month in months}):
        yield page(f"{year}/_index", {"title": year, "params": {"year": year}, **ONLY_PARENT})
    for month in months:
        title = datetime.date(int(month[:4]), int(month[5:]), 1).strftime("%B %Y")
        body = with_links(corpus.introductions.get(month, ""), month)
        yield page(f"{folder_of(month)}/_index", {"title": title, "outputs": [*FILES, "letter", "plain"]}, body)


def entry_file(entry: Entry, references: dict[str, Reference]) -> tuple[str, str]:
    """An entry with all that the digest's own has; its date is a field, since Hugo knows no default."""
    fields: dict[str, object] = {
        "title": entry.title,
        "type": "entry",
        "date": f"{entry.month}-{entry.day:02d}",
        "takeaway": entry.takeaway,
        "topics": entry.topics,
        "research": entry.research_types,
        "crossings": [crossing(topic, kind) for topic in entry.topics for kind in entry.research_types],
        "citations": entry.citations,
        "references": [told(references[key]) for key in entry.citations],
        "outputs": FILES,
    }
    for name in ("limitations", "aliases"):
        if name in entry.extra:
            fields[name] = entry.extra[name]
    body = f"{entry.summary}\n\n## Practice implications\n\n{entry.implications}"
    return page(f"{folder_of(entry.month)}/{entry.slug}", fields, with_links(body, entry.month))


def folder_of(month: str) -> str:
    """`2013-01` as Hugo makes an address of it: `2013/01`."""
    return month.replace("-", "/")


def with_links(body: str, month: str) -> str:
    """Links between entries lead to the same files from the root; Hugo looks each up, as `digest` does."""
    return LINK.sub(lambda match: f"](/{folder_of(match['month'] or month)}/{match['slug']}.md)", body)


def told(reference: Reference) -> dict[str, object]:
    """A reference in plain text, with its citation written out: Hugo has nothing that would."""
    fields = {name: LATEX.sub("", text) for name, text in reference.fields.items()}
    authors = fields.pop("author").split(" and ")
    people = ", ".join(authors)
    place = ", ".join(
        fields[name] for name in ("journal", "booktitle", "volume", "pages", "publisher") if name in fields
    )
    text = f"{people} ({fields['year']}). {fields['title']}. {place}."
    return {"text": text, "key": reference.key, "type": reference.kind, "authors": authors, **fields}


def crossing(topic: str, kind: str) -> str:
    """The name of a topic and a type of research together; no id has two hyphens in a row."""
    return f"{topic}--{kind}"


def crossings(corpus: Corpus) -> list[tuple[str, str]]:
    """Each topic with each type of research that it meets."""
    return sorted({pair for entry in corpus.entries for pair in pairs(entry)})


def pairs(entry: Entry) -> list[tuple[str, str]]:
    """Each topic of an entry with each of its types of research."""
    return [(topic, kind) for topic in entry.topics for kind in entry.research_types]


def terms(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Topics, types of research, and where both meet, each with what its page says beside its entries."""
    met = crossings(corpus)
    topics = {topic.id: topic for topic in corpus.topics}
    kinds = {kind.id: kind for kind in corpus.research_types}
    yield page("topics/_index", {"title": "Topics"})
    for topic in corpus.topics:
        own = [crossing(topic.id, kind) for of, kind in met if of == topic.id]
        yield term(f"topics/{topic.id}", topic, {"meets": own})
    yield page("research/_index", {"title": "Types of research"})
    for kind in corpus.research_types:
        yield term(f"research/{kind.id}", kind, {"strength": strength(kind)})
    yield page("crossings/_index", {"title": "Both", "cascade": {"outputs": ["html"]}, **ONLY_PARENT})
    for topic_id, kind_id in met:
        topic, kind = topics[topic_id], kinds[kind_id]
        title = f"{topic.label}: {kind.label.lower()}"
        params = {"topic": topic.label, "topic_id": topic.id, "kind": kind.label, "kind_id": kind.id}
        fields = {"title": title, "params": {**params, "strength": strength(kind)}}
        yield page(f"crossings/{crossing(topic_id, kind_id)}/_index", fields)


def term(path: str, about: Term, params: dict[str, object]) -> tuple[str, str]:
    """The page of a topic or a type of research."""
    return page(f"{path}/_index", {"title": about.label, "description": about.definition, "params": params})


def strength(kind: Term) -> str:
    """What a type of research can show, as the digest's vocabulary says it."""
    return f"It can show {kind.shows}, and cannot show more than that."


def pages(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Archive, map, search, free pages, training modules and studies, these with their text but without their data."""
    yield page("archive", {"title": "Archive", "layout": "archive"})
    yield page("map", {"title": "Map", "layout": "map"})
    yield page("follow", {"title": "Follow"}, "Feeds for everything, each topic and each type of research.")
    yield page("data", {"title": "Data"}, "All entries and references as files.")
    yield page("search", {"title": "Search"})
    for slug, (title, text) in PAGES.items():
        yield page(slug, {"title": title, "description": text}, text)
    for name, title, files in (("training", "Training", modules(corpus)), ("studies", "Studies", studies(corpus))):
        yield page(f"{name}/_index", {"title": title})
        for path, text in files.items():
            body = text.split("---\n", 2)[2]
            yield page(path[: -len(".md")], {"title": re.findall(r'^title: "(.*)"$', text, re.MULTILINE)[0]}, body)
