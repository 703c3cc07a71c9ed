"""What a site must hold so that it may be measured: a page for each entry that says what the entry says, and the lists.

Takes a corpus and where a program puts things; gives how much of each kind a built site has. A site that lacks an entry
or a list is not measured.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Sequence

from _corpus import Corpus, Entry
from _measure import BenchFailed

TAG = re.compile("<[^>]*>")
FEEDS = ("feed.xml", "feed.rss", "feed.json")


@dataclass(frozen=True)
class Layout:
    """Where a program puts the pages of a corpus. A list that it has no page for is empty."""

    entry: Callable[[Entry], str]
    lists: dict[str, list[str]]
    """Kind of list (`months`, `topics` ...) to the files that must be there."""


def address(entry: Entry) -> str:
    """`2013/01/<slug>/index.html`."""
    return f"{entry.month.replace('-', '/')}/{entry.slug}/index.html"


def our_layout(corpus: Corpus) -> Layout:
    """Ours; a topic and a type of research meet below the topic."""
    return _layout(corpus, crossing="topics/{}/{}/index.html", citation="citation", letter="newsletter/{}-{}.html")


def hugo_layout(corpus: Corpus) -> Layout:
    """The same for Hugo, but for where topics and types meet, and for some names of files."""
    return _layout(corpus, crossing="crossings/{}--{}/index.html", citation="citations", letter="{}/{}/letter.html")


def _layout(corpus: Corpus, *, crossing: str, citation: str, letter: str) -> Layout:
    topics = [f"topics/{topic.id}/" for topic in corpus.topics]
    kinds = [f"research/{kind.id}/" for kind in corpus.research_types]
    pairs = {(topic, kind) for entry in corpus.entries for topic in entry.topics for kind in entry.research_types}
    used = {f"topics/{topic}/" for topic, _ in pairs} | {f"research/{kind}/" for _, kind in pairs}
    cited = [f"{month.replace('-', '/')}/citations" for month in months(corpus)]
    cited += [f"{place}citations" for place in sorted(used)]
    cited += [address(entry)[: -len("index.html")] + citation for entry in corpus.entries]
    return Layout(
        address,
        {
            "months": [f"{month.replace('-', '/')}/index.html" for month in months(corpus)],
            "topics": [f"{topic}index.html" for topic in topics],
            "types of research": [f"{kind}index.html" for kind in kinds],
            "both together": [crossing.format(*pair) for pair in sorted(pairs)],
            "feeds": [f"{place}{feed}" for place in ("", *topics, *kinds) for feed in FEEDS],
            "files of citations": [f"{file}.{ending}" for file in cited for ending in ("bib", "ris", "json")],
            "newsletters": [letter.format(*month.split("-")) for month in months(corpus)],
            "other lists": [f"{place}index.html" for place in ("", "archive/", "map/", "topics/", "research/")],
        },
    )


def blog_layout(corpus: Corpus) -> Layout:
    """Material's blog: topics are categories, all types of research stand on one page, and the whole site has feeds."""
    used = {topic for entry in corpus.entries for topic in entry.topics}
    return Layout(
        lambda entry: f"blog/{address(entry)}",
        {
            "months": [f"blog/archive/{month.replace('-', '/')}/index.html" for month in months(corpus)],
            "topics": [f"blog/category/{topic}/index.html" for topic in sorted(used)],
            "feeds": ["feed_rss_created.xml", "feed_json_created.json"],
            "other lists": ["index.html", "blog/index.html", "tags/index.html"],
        },
    )


def months(corpus: Corpus) -> list[str]:
    """Each month that has entries."""
    return sorted({entry.month for entry in corpus.entries})


def verify_site(site: Path, entries: Sequence[Entry], layout: Layout) -> dict[str, int]:
    """Every entry has its page, with its title and its implications, and every list its own; how much there is of all.

    Raises BenchFailed.
    """
    for entry in entries:
        page = site / layout.entry(entry)
        if not page.is_file():
            raise BenchFailed(f"{site} has no page for {entry.path}: {layout.entry(entry)} is missing")
        text = html.unescape(TAG.sub("", page.read_text(encoding="utf-8")))
        if entry.title not in text or entry.implications.split("\n")[-1] not in text:
            raise BenchFailed(f"{page} does not say what {entry.path} says")
    found = {"entries": len(entries)}
    for kind, wanted in layout.lists.items():
        missing = [file for file in wanted if not (site / file).is_file()]
        if missing:
            raise BenchFailed(f"{site} lacks {len(missing)} of its {kind}, {missing[0]} among them")
        found[kind] = len(wanted)
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    sizes = {"pages": len(pages), "html_bytes": sum(path.stat().st_size for path in pages)}
    return {**found, **sizes, "files": len(files)}


def verify_index(site: Path, entries: Sequence[Entry]) -> dict[str, int]:
    """Pagefind's index holds every entry, in one bundle or in several. Raises BenchFailed."""
    indexed = 0
    for path in site.rglob("pagefind-entry.json"):
        languages = json.loads(path.read_text(encoding="utf-8"))["languages"]
        indexed += sum(language["page_count"] for language in languages.values())
    if indexed != len(entries):
        raise BenchFailed(f"{site} has a search index of {indexed} entries instead of {len(entries)}")
    return {"indexed": indexed}
