"""Other programs that make a site of the same entries: what `digest build` is measured against.

A peer is a function that writes a corpus as the program's input and gives the job that builds it; `PEERS` lists them.
Each has a Python environment of its own below `.cache/bench/`, with the versions of our lock files where we lock them.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Sequence

from _corpus import Corpus, Entry
from _corpus_files import write_files
from _measure import BenchFailed, Job

import _venv

CACHE = _venv.ROOT / ".cache" / "bench"
LOCK = _venv.ROOT / "requirements" / "all.txt"


@dataclass(frozen=True)
class Peer:
    """A program to compare with."""

    name: str
    packages: Sequence[str]
    """What to install from PyPI; a package that our lock file names comes in the locked version."""
    prepare: Callable[[Corpus, Path, Path], Job]
    """Corpus, an empty folder to work in and the environment's folder of programs, to a job."""


def material_blog(corpus: Corpus, folder: Path, programs: Path) -> Job:
    """Material for MkDocs with its blog and tags plugins: topics are categories, types of research are tags.

    Like `digest build`: an archive a month, no search index, only the takeaway in lists. No fonts from elsewhere.
    """
    write_files(material_blog_files(corpus), folder)
    site = folder / "site"
    return Job(
        "material-blog",
        "Material's blog plugin, from nothing",
        [str(programs / "mkdocs"), "build", "--quiet", "--site-dir", str(site)],
        folder,
        remove=[site, folder / ".cache"],
        environment={"NO_MKDOCS_2_WARNING": "1"},
        verify=lambda: verify_site(site, corpus.entries, lambda entry: f"blog/{address(entry)}"),
    )


PEERS = (Peer("material-blog", ("mkdocs-material",), material_blog),)

MATERIAL_BLOG = """\
site_name: Synthetic Digest
site_url: https://bench.example.org/
theme:
  name: material
  font: false
plugins:
  - blog:
      post_url_format: "{date}/{slug}"
      post_url_date_format: yyyy/MM
      archive_date_format: MMMM yyyy
      archive_url_date_format: yyyy/MM
      authors: false
  - tags
markdown_extensions:
  - tables
"""


def material_blog_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The same entries as posts. Links between them stay as they are: their files stand to each other as ours do."""
    yield "mkdocs.yml", MATERIAL_BLOG
    yield "docs/index.md", "# Synthetic Digest\n\nInvented evidence, for measuring.\n"
    yield "docs/blog/index.md", "# Blog\n"
    yield "docs/tags.md", "# Tags\n\n<!-- material/tags -->\n"
    topics = {topic.id: topic.label for topic in corpus.topics}
    designs = {design.id: design.label for design in corpus.research_types}
    for entry in corpus.entries:
        head = {
            "title": entry.title,
            "slug": entry.slug,
            "description": entry.takeaway,
            "categories": [topics[topic] for topic in entry.topics],
            "tags": [designs[design] for design in entry.research_types],
        }
        front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in head.items())
        body = (
            f"{entry.takeaway}\n\n<!-- more -->\n\n{entry.summary}\n\n## Practice implications\n\n{entry.implications}"
        )
        text = f"---\ndate: {entry.month}-{entry.day:02d}\n{front}---\n\n# {entry.title}\n\n{body}\n"
        yield f"docs/blog/posts/{entry.path}", text


def address(entry: Entry) -> str:
    """`2013/01/<slug>/index.html`."""
    return f"{entry.month.replace('-', '/')}/{entry.slug}/index.html"


def verify_site(site: Path, entries: Sequence[Entry], page_of: Callable[[Entry], str]) -> dict[str, int]:
    """Every entry has its page, and its title and implications are on it; how many pages and bytes there are."""
    for entry in entries:
        page = site / page_of(entry)
        if not page.is_file():
            raise BenchFailed(f"{site} has no page for {entry.path}: {page_of(entry)} is missing")
        text = page.read_text(encoding="utf-8")
        if entry.title not in text or entry.implications.split("\n")[-1] not in text:
            raise BenchFailed(f"{page} does not say what {entry.path} says")
    pages = [path for path in site.rglob("*.html") if path.is_file()]
    return {"pages": len(pages), "html_bytes": sum(path.stat().st_size for path in pages)}


def make_environment(peer: Peer) -> Path:
    """The folder of programs of the peer's environment, made when it is not there yet or its versions have changed."""
    inputs = json.dumps([sorted(peer.packages), _venv.venv_version(), LOCK.read_text(encoding="utf-8")])
    stamp = hashlib.sha256(inputs.encode()).hexdigest()
    folder = CACHE / f"env-{peer.name}"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    done = folder / "installed.txt"
    if done.is_file() and done.read_text(encoding="utf-8") == stamp:
        return programs
    print(f"bench: installing {', '.join(peer.packages)} (a minute or so the first time) ...", flush=True)
    shutil.rmtree(str(folder), ignore_errors=True)
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    for command in ([str(_venv.PYTHON), "-m", "venv", str(folder)], [*pip, "-c", str(LOCK), *peer.packages]):
        if subprocess.run(command, check=False).returncode:
            raise BenchFailed(
                f"{', '.join(peer.packages)} could not be installed (the installer's own words are above).\n"
                "It needs the network the first time. Run this again when it is there."
            )
    done.write_text(stamp, encoding="utf-8")
    return programs


def versions(programs: Path, packages: Sequence[str]) -> dict[str, str]:
    """The versions of packages in an environment, and of its Python."""
    code = "import importlib.metadata, json, platform, sys; found = {'python': platform.python_version()}; "
    code += "found.update((name, importlib.metadata.version(name)) for name in sys.argv[1:]); print(json.dumps(found))"
    asked = subprocess.run([str(programs / "python"), "-c", code, *packages], check=True, stdout=subprocess.PIPE)
    found: dict[str, str] = json.loads(asked.stdout)
    return found
