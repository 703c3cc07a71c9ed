"""Everything that is run at one size: the digest, the peers' sites, and the jobs over them, ours beside theirs.

Takes a corpus and an empty folder; gives jobs in the order in which a turn runs them.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Callable

from _corpus import Corpus, Entry, make_corpus
from _corpus_files import iter_files, write_files
from _edits import Edit
from _measure import Job
from _peers import PEERS
from _sites import address, our_layout, verify_index, verify_site

import _venv

ORDER = (
    "build",
    "hugo",
    "edit",
    "hugo-again",
    "build-search",
    "hugo-search",
    "edit-search",
    "hugo-search-again",
    "edit-old",
    "unchanged",
    "material-blog",
    "check",
    "check-again",
    "help",
)
"""What is compared stands together."""
BUILT = ("build", *(peer.built for peer in PEERS))
"""The jobs that tell how much there is on a site."""


def size_jobs(corpus: Corpus, folder: Path, programs: dict[str, Path], wanted: set[str]) -> list[Job]:
    """The jobs of these names, what they read below `folder`."""
    jobs = our_jobs(corpus, folder)
    for peer in PEERS:
        if wanted & set(peer.jobs):
            jobs += peer.prepare(corpus, folder / peer.name, programs[peer.name])
    return sorted((job for job in jobs if job.name in wanted), key=lambda job: ORDER.index(job.name))


def our_jobs(corpus: Corpus, folder: Path) -> list[Job]:
    """What `digest` does. Building without search, building with it and checking have a digest each."""
    digest = str(_venv.PROGRAMS / "digest")
    plain, searched, checked = (folder / name for name in ("digest", "digest-searched", "digest-checked"))
    files = list(iter_files(make_corpus(len(corpus.entries), corpus.seed)))  # writing draws on, so from a fresh one
    for root in (plain, searched, checked):
        write_files(files, root)
    layout = our_layout(corpus)

    def command(root: Path, *options: str) -> list[str]:
        return [digest, "build", "--root", str(root), "--site-dir", str(site_of(root)), *options]

    def nothing(root: Path) -> list[Path]:
        return [root / ".digest", site_of(root)]

    def edit(root: Path, entry: Entry) -> Callable[[], Callable[[], None]]:
        return Edit(root / "entries" / entry.path, site_of(root) / address(entry)).change

    def whole(root: Path) -> dict[str, int]:
        return verify_site(site_of(root), corpus.entries, layout)

    def indexed() -> dict[str, int]:
        return {**whole(searched), **verify_index(site_of(searched), corpus.entries)}

    def job(name: str, what: str, root: Path, *options: str) -> Job:
        return Job(name, what, command(root, *options), root, ours=True)

    build = job("build", "`digest build --no-search`, from nothing", plain, "--no-search")
    edited = job("edit", "`digest build --no-search`, after an edit", plain, "--no-search")
    searchable = job("build-search", "`digest build`, from nothing", searched)
    edited_searchable = job("edit-search", "`digest build`, after an edit", searched)
    edited_old = job("edit-old", "`digest build`, after an edit of the oldest entry", searched)
    newest, oldest = corpus.entries[-1], corpus.entries[0]
    check = [digest, "check", "--root", str(checked)]
    return [
        replace(build, remove=nothing(plain), verify=lambda: whole(plain)),
        replace(edited, change=edit(plain, newest)),
        replace(searchable, remove=nothing(searched), verify=indexed),
        replace(edited_searchable, change=edit(searched, newest)),
        replace(edited_old, change=edit(searched, oldest)),
        job("unchanged", "`digest build`, nothing changed", searched),
        Job("check", "`digest check`, from nothing", check, checked, [checked / ".digest"], ours=True),
        Job("check-again", "`digest check`, again", check, checked, ours=True),
        Job("help", "`digest --help`", [digest, "--help"], plain, ours=True),
    ]


def site_of(root: Path) -> Path:
    """Where the site of a digest goes."""
    return root.parent / f"{root.name}-site"
