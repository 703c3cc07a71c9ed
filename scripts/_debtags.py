"""Debian's packages as a tagged corpus: title and description, and debtags as topics (hundreds of labels).

Reads the lists that `apt-get update` leaves; gives JSON Lines for `digest evaluate --corpus` and for
`scripts/bench tagging --corpus`. Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any, Iterator

from _measure import BenchFailed

APT_HELPER = "/usr/lib/apt/apt-helper"
LISTS = Path("/var/lib/apt/lists")
FEWEST = 15
"""Packages that a tag must have."""
ABOUT_THE_PACKAGE = {"role", "implemented-in", "devel-lang", "special", "qa", "admin-special"}
"""Facets that say how a package is made, not what it is about."""


def read_packages(lists: Path) -> list[dict[str, Any]]:
    """One package of each source that has two tags or more, by name."""
    descriptions = {}
    for record in records(lists, "*_main_i18n_Translation-en*"):
        found = re.match(r"Package: (\S+)\n(?:.*\n)*?Description-en: (.*)((?:\n .*)*)", record)
        if found:
            descriptions[found[1]] = (found[2].strip(), " ".join(found[3].replace("\n .\n", "\n").split()))
    packages, seen = [], set()
    for record in records(lists, "*_main_binary-*_Packages*"):
        name = re.match(r"Package: (\S+)", record)
        tags = re.search(r"\nTag: (.*(?:\n .*)*)", record)
        if not name or not tags or name[1] not in descriptions:
            continue
        source = re.search(r"\nSource: (\S+)", record)
        origin = source[1] if source else name[1]
        topics = sorted(set(iter_tags(tags[1])))
        if len(topics) > 1 and origin not in seen:
            seen.add(origin)
            title, abstract = descriptions[name[1]]
            packages.append({"id": name[1], "title": title, "abstract": abstract, "topics": topics})
    if not packages:
        raise BenchFailed(f"'{lists}' holds no packages with tags.\nThis needs Debian, after `apt-get update`.")
    uses = Counter(topic for package in packages for topic in package["topics"])
    for package in packages:
        package["topics"] = [topic for topic in package["topics"] if uses[topic] >= FEWEST]
    return sorted((package for package in packages if package["topics"]), key=lambda package: str(package["id"]))


def iter_tags(field: str) -> Iterator[str]:
    """`use::{viewing, editing}` is two."""
    for facet, many, one in re.findall(r"([\w+-]+)::(?:\{([^}]*)\}|([\w+:.-]+))", field):
        if facet not in ABOUT_THE_PACKAGE:
            for name in many.split(",") if many else [one]:
                yield f"{facet}::{name.strip()}"


def records(lists: Path, pattern: str) -> Iterator[str]:
    """The paragraphs of apt's files, whatever they are packed with."""
    files = sorted(str(path) for path in lists.glob(pattern))
    if not files or not Path(APT_HELPER).exists():
        return
    read = subprocess.run([APT_HELPER, "cat-file", *files], check=True, stdout=subprocess.PIPE)
    yield from read.stdout.decode("utf-8", "replace").split("\n\n")
