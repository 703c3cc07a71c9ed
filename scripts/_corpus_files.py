"""A `Corpus` as the files of a digest: paths and texts, and nothing written until somebody asks.

Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Iterable, Iterator, Sequence

from _corpus import Corpus, Entry, Reference, Term
from _prose import ADVICE, OPENINGS

MKDOCS = """\
# Made by `scripts/bench make`: everything in this digest is invented.
site_name: Synthetic Digest
site_url: https://bench.example.org/
site_description: Invented evidence, for measuring.
docs_dir: pages
plugins: [digest]

theme:
  name: material

extra:
  digest:
    title: Synthetic Digest
    tagline: Invented evidence, for measuring.
    authors: [Synthetic Digest]
    contact: editor@example.org
    language: en-CA
    time_zone: America/Toronto
    sign_up_hosts: [signup.example.org]
    licence: CC0 1.0
    licence_url: https://creativecommons.org/publicdomain/zero/1.0/
"""
PAGES = {
    "about": ("About this digest", "Every word here is invented. It exists so that programs can be measured."),
    "accessibility": ("Accessibility", "What is invented can be read by anybody who can read the rest."),
    "privacy": ("Privacy", "Nobody is asked for anything, since nobody is expected."),
}
WORDING = (("guaranteed", "it is being studied"), ("last places", "participants are sought"), ("free gift", "a token"))
MODULES = 5
GLOSSARY = 24


def iter_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Path and text of every file of the digest, always in the same order."""
    yield "mkdocs.yml", MKDOCS
    for entry in corpus.entries:
        yield f"entries/{entry.path}", entry_file(entry)
    for month, text in corpus.introductions.items():
        yield f"entries/{month}/index.md", text + "\n"
    yield from bibliography(corpus.references)
    yield "vocabulary/topics.yml", terms(corpus.topics, corpus)
    yield "vocabulary/research-types.yml", designs(corpus.research_types)
    yield "vocabulary/glossary.yml", glossary(corpus)
    yield "vocabulary/recruitment-wording.yml", wording_rules()
    documents = {**modules(corpus), **studies(corpus)}
    for slug, (title, text) in PAGES.items():
        documents[f"pages/{slug}.md"] = front_matter({"title": title, "description": text}) + f"\n{text}\n"
    yield from documents.items()
    yield "entries/permalinks.txt", permalinks(corpus, documents)


def write_files(files: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write them below a folder, with the same bytes on every system; how many there were."""
    made = set()
    count = 0
    for name, text in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(text.encode())
        count += 1
    return count


def front_matter(fields: dict[str, object]) -> str:
    """Fields between two `---` lines. JSON is YAML: a text in quotes means the same in both."""
    return "---\n" + "".join(f"{name}:{written(value)}\n" for name, value in fields.items()) + "---\n"


def written(value: object) -> str:
    """What follows a field's colon: ids on the same line without quotes, a tuple an item a line, else JSON."""
    if isinstance(value, tuple):
        return "".join(f"\n  - {json.dumps(item, ensure_ascii=False)}" for item in value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " [" + ", ".join(value) + "]"
    return " " + json.dumps(value, ensure_ascii=False)


def entry_file(entry: Entry) -> str:
    """An entry with its front matter."""
    fields: dict[str, object] = {
        "title": entry.title,
        "takeaway": entry.takeaway,
        "citations": entry.citations,
        "topics": entry.topics,
        "research_types": entry.research_types,
    }
    head = front_matter({**fields, **entry.extra})
    if entry.day > 1:
        head = head[: -len("---\n")] + f"date: {entry.month}-{entry.day:02d}\n---\n"
    return f"{head}{entry.summary}\n\n## Practice implications\n\n{entry.implications}\n"


def bibliography(references: Sequence[Reference]) -> Iterator[tuple[str, str]]:
    """A `.bib` file for each five years of publication."""
    files: dict[str, list[str]] = {}
    for reference in references:
        year = int(reference.fields["year"]) // 5 * 5
        files.setdefault(f"bib/from-{year}.bib", []).append(record(reference))
    for path in sorted(files):
        yield path, "\n".join(files[path])


def record(reference: Reference) -> str:
    """A reference in BibTeX."""
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in reference.fields.items())
    return f"@{reference.kind}{{{reference.key},\n{lines}}}\n"


def terms(topics: Sequence[Term], corpus: Corpus) -> str:
    """`vocabulary/topics.yml`."""
    items = []
    for number, topic in enumerate(topics):
        keywords = [f"{topic.words[0]} {word}" for word in topic.words[1:7]]
        items.append(
            f"- id: {topic.id}\n  label: {topic.label}\n  definition: {topic.definition}\n"
            f"  alt_labels: [{corpus.prose.words[-1 - number]} matters]\n"
            f"  keywords: [{', '.join(keywords)}]\n  mesh: []\n"
        )
    return "# Invented topics.\n\n" + "\n".join(items)


def designs(research_types: Sequence[Term]) -> str:
    """`vocabulary/research-types.yml`."""
    return "# Invented types of research.\n\n" + "\n".join(
        f"- id: {design.id}\n  label: {design.label}\n  definition: {design.definition}\n"
        f"  strength: It can show {design.shows}, and cannot show more than that.\n"
        f"  keywords: [{design.label.lower()}]\n"
        for design in research_types
    )


def glossary(corpus: Corpus) -> str:
    """`vocabulary/glossary.yml`."""
    terms_ = sorted(corpus.prose.words[:GLOSSARY])
    return "".join(f"- term: {term}\n  definition: An invented word that stands for a thing.\n" for term in terms_)


def wording_rules() -> str:
    """`vocabulary/recruitment-wording.yml`."""
    return "".join(
        f"- pattern: {pattern}\n  why: It promises more than a study can.\n"
        f"  better: {better}\n  source: Invented guidance\n"
        for pattern, better in WORDING
    )


def modules(corpus: Corpus) -> dict[str, str]:
    """Five training modules, each with readings from the digest and beyond it."""
    dice, prose, files = corpus.prose.dice, corpus.prose, {}
    for number in range(1, MODULES + 1):
        topic = corpus.topics[number * 7 % len(corpus.topics)]
        readings: list[dict[str, object]] = [
            {"entry": entry.slug, "required": index == 0, "note": prose.sentence(ADVICE, topic.words)}
            for index, entry in enumerate(dice.shuffled(corpus.entries)[:6])
        ]
        readings.append({"citation": dice.pick(corpus.references).key, "required": False})
        fields: dict[str, object] = {
            "title": f"{topic.label}: module {number}",
            "number": number,
            "format": "Readings",
            "duration": "Two hours",
            "topics": [topic.id],
            "objectives": tuple(prose.sentence(ADVICE, topic.words) for _ in range(3)),
            "readings": tuple(readings),
        }
        body = "\n\n".join(prose.paragraph(OPENINGS + ADVICE, topic.words, 60) for _ in range(2))
        files[f"training/module-{number}-{topic.id}.md"] = f"{front_matter(fields)}{body}\n"
    return files


def studies(corpus: Corpus) -> dict[str, str]:
    """Two studies that nobody can join: one that recruits and one that is over, both invented."""
    files = {}
    for status, enrolment, slug in (("RECRUITING", 120, "an-open-study"), ("COMPLETED", 81, "a-closed-study")):
        topic = corpus.prose.dice.pick(corpus.topics)
        fields: dict[str, object] = {
            "title": f"An invented study of {topic.words[0]}: {status.lower()}",
            "audiences": ["guides", "visitors"],
            "status": status,
            "enrolment": enrolment,
            "conditions": [topic.words[0]],
            "sponsor": "Invented University",
            "ethics": {"board": "Invented Board", "statement": "Nobody cleared this.", "version_date": "2024-01-15"},
            "contacts": [{"role": "Coordinator", "email": "study@example.org"}],
            "topics": [topic.id],
        }
        if status == "RECRUITING":
            fields["sign_up"] = {
                "url": "https://signup.example.org/study",
                "label": "Write to the team",
                "source": "Invented",
                "seen_by": "Nobody reads what is written there.",
            }
        said = [corpus.prose.paragraph(OPENINGS, topic.words, 40) for _ in range(3)]
        headings = ("Who can take part", "What you will do", "Who runs it")
        sections = "".join(f"\n## {heading}\n\n{text}\n" for heading, text in zip(headings, said))
        files[f"studies/{slug}.md"] = front_matter(fields) + f"This study is invented.\n{sections}"
    return files


def permalinks(corpus: Corpus, documents: Iterable[str]) -> str:
    """`entries/permalinks.txt`: every address of the digest."""
    found = {f"/{entry.path[: -len('.md')].replace('-', '/', 1)}/" for entry in corpus.entries}
    found |= {f"/{entry.month.replace('-', '/')}/" for entry in corpus.entries}
    found |= {f"/topics/{topic.id}/" for topic in corpus.topics}
    found |= {f"/research/{design.id}/" for design in corpus.research_types}
    found |= {"/" + path[: -len(".md")].replace("pages/", "", 1) + "/" for path in documents}
    return "".join(f"{permalink}\n" for permalink in sorted(found))
