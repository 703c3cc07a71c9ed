"""A build that makes only what changed gives, byte for byte, what a build from nothing gives."""

import datetime
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from digest.check import check_library
from digest.publish import Built, Request, build_site
from tests.publish.conftest import DAY, contents, copy_digest, run_digest

TODAY = datetime.date.fromisoformat(DAY)
PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A digest with every kind of thing, and few of each."""
    root = copy_digest(tmp_path / "digest")
    for month in sorted((root / "entries").glob("20*"))[:-4]:
        shutil.rmtree(month)
    return root


def build(root: Path, target: Path, **options: object) -> Built:
    """Build, errors or not: what is published in spite of them must be the same too."""
    day = options.pop("day", TODAY)
    assert isinstance(day, datetime.date)
    request = Request(root, target, day, search=False, in_spite_of_errors=True)
    return build_site(replace(request, **options), partial(check_library, root, day))  # type: ignore[arg-type]


def from_nothing(root: Path, folder: Path, **options: object) -> dict[str, bytes]:
    """What a build of the same content gives that has neither cache nor old site."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder / "digest", ignore=shutil.ignore_patterns("builds", "check", "read"))
    shutil.rmtree(folder / "digest/.digest/cache/entries", ignore_errors=True)
    build(folder / "digest", folder / "site", **options)
    return contents(folder / "site")


class Editor:
    """Changes a digest at random, as an editor might in a year."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        self.number = 0

    def change(self) -> str:
        """Do one thing; gives what it was."""
        self.number += 1
        action = self.chance.choice(self.actions())
        action()
        return action.__name__

    def actions(self) -> list[Callable[[], None]]:
        """Everything an editor does."""
        return [getattr(self, name) for name in dir(self) if name.startswith("do_")]

    def some(self, pattern: str) -> Path:
        """A file of the digest."""
        return self.chance.choice(sorted(self.root.glob(pattern)))

    def edit(self, path: Path, pattern: str, text: str) -> None:
        """Replace the first match."""
        old = path.read_text(encoding="utf-8")
        path.write_text(re.sub(pattern, lambda _: text, old, count=1), encoding="utf-8")

    def do_write_more(self) -> None:
        document = self.some(self.chance.choice(["entries/*/*.md", "training/*.md", "studies/*.md", "pages/*.md"]))
        document.write_text(document.read_text("utf-8") + f"\nOne more sentence, number {self.number}.\n", "utf-8")

    def do_add_a_heading(self) -> None:
        entry = self.some("entries/*/*.md")
        entry.write_text(entry.read_text("utf-8") + f"\n## Heading {self.number}\n\nText.\n", "utf-8")

    def do_change_the_implications(self) -> None:
        self.edit(
            self.some("entries/*/*.md"),
            r"(?m)^## Practice implications\n\n",
            f"## Practice implications\n\n{self.number}: ",
        )

    def do_change_a_title(self) -> None:
        path = self.some(self.chance.choice(["entries/*/*.md", "training/*.md", "studies/*.md", "pages/*.md"]))
        self.edit(path, r"(?m)^title: .*$", f"title: Title {self.number}")

    def do_change_a_takeaway(self) -> None:
        self.edit(self.some("entries/*/*.md"), r"(?m)^takeaway: .*$", f"takeaway: Takeaway {self.number}.")

    def do_add_an_entry(self) -> None:
        entry = self.some("entries/*/*.md")
        shutil.copy(entry, entry.with_name(f"entry-{self.number}.md"))

    def do_rename_an_entry(self) -> None:
        entry = self.some("entries/*/*.md")
        entry.rename(entry.with_name(f"renamed-{self.number}.md"))

    def do_remove_an_entry(self) -> None:
        if len(list(self.root.glob("entries/*/*.md"))) > 4:
            self.some("entries/*/*.md").unlink()

    def do_toggle_a_draft(self) -> None:
        entry = self.some("entries/*/*.md")
        is_draft = "\ndraft: true\n" in entry.read_text("utf-8")
        pattern, text = (r"\ndraft: true\n", "\n") if is_draft else (r"(?m)^title:", "draft: true\ntitle:")
        self.edit(entry, pattern, text)

    def do_add_an_alias(self) -> None:
        self.edit(self.some("entries/*/*.md"), r"(?m)^title:", f"aliases: [/old-{self.number}/]\ntitle:")

    def do_introduce_an_edition(self) -> None:
        month = self.some("entries/20*")
        (month / "index.md").write_text(f"This month, number {self.number}.\n", "utf-8")

    def do_show_a_picture(self) -> None:
        entry = self.some("entries/*/*.md")
        (entry.parent / "figure.png").write_bytes(PICTURE + str(self.number).encode())
        entry.write_text(entry.read_text("utf-8") + "\n![A figure](figure.png)\n", "utf-8")

    def do_change_a_picture(self) -> None:
        pictures = sorted(self.root.glob("entries/*/figure.png"))
        if pictures:
            self.chance.choice(pictures).write_bytes(PICTURE + str(self.number).encode())

    def do_change_a_reference(self) -> None:
        self.edit(self.some("bib/*.bib"), r"(?m)^  title = .*$", f"  title = {{Title {self.number}}},")

    def do_change_a_topic(self) -> None:
        self.edit(self.root / "vocabulary/topics.yml", r"(?m)^  label: .*$", f"  label: Topic {self.number}")

    def do_change_a_type(self) -> None:
        self.edit(
            self.root / "vocabulary/research-types.yml", r"(?m)^  definition: .*$", f"  definition: D {self.number}"
        )

    def do_remove_a_module(self) -> None:
        if len(list(self.root.glob("training/*.md"))) > 2:
            self.some("training/*.md").unlink()

    def do_change_a_setting(self) -> None:
        self.edit(self.root / "mkdocs.yml", r"(?m)^    tagline: .*$", f"    tagline: Tagline {self.number}")

    def do_change_the_theme(self) -> None:
        (self.root / "theme/assets").mkdir(parents=True, exist_ok=True)
        (self.root / "theme/assets/own.css").write_text(f"/* {self.number} */\n", "utf-8")

    def do_remove_a_page(self) -> None:
        if len(list(self.root.glob("pages/*.md"))) > 1:
            self.some("pages/*.md").unlink()


def _steps(request: pytest.FixtureRequest) -> int:
    return 200 if request.config.getoption("--long") else 30


def test_any_edits_give_what_a_build_from_nothing_gives(
    small: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever was changed, added, renamed or removed."""
    editor = Editor(small, random.Random(7))
    build(small, tmp_path / "site")
    done = []
    for step in range(_steps(request)):
        done.append(editor.change())
        options = {"drafts": step % 5 == 0, "day": TODAY + datetime.timedelta(days=step // 3)}
        build(small, tmp_path / "site", **options)
        expected = from_nothing(small, tmp_path / "anew", **options)
        found = contents(tmp_path / "site")
        assert sorted(found) == sorted(expected), done
        assert [path for path in expected if found[path] != expected[path]] == [], done


def test_a_body_that_changed_costs_its_own_pages_only(small: Path, tmp_path: Path) -> None:
    """Everything else is left alone, down to the time of the file."""
    built = build(small, tmp_path / "site")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    entry = min((small / "entries").glob("*/*.md"))
    entry.write_text(entry.read_text("utf-8") + "\nMore.\n", "utf-8")
    again = build(small, tmp_path / "site")
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert 0 < again.tally.made < built.tally.made / 4
    assert sum(before[path] != after[path] for path in after) == again.tally.written
    assert build(small, tmp_path / "site").tally.made == 0


@pytest.mark.parametrize("harm", ["deleted", "cut", "replaced", "added", "folder", "whole"])
def test_a_site_that_somebody_tampered_with_is_put_right(small: Path, tmp_path: Path, harm: str) -> None:
    """What the cache remembers of the site counts only while it is so."""
    target = tmp_path / "site"
    build(small, target)
    right = contents(target)
    page = target / "about/index.html"
    if harm == "deleted":
        page.unlink()
    elif harm == "cut":
        page.write_bytes(page.read_bytes()[:-10])
    elif harm == "replaced":
        shutil.rmtree(target / "about")
        (target / "about").write_text("a file where a folder was")
    elif harm == "added":
        (target / "mine.html").write_text("not of the site")
    elif harm == "folder":
        shutil.rmtree(target / "topics")
    else:
        shutil.rmtree(target)
    build(small, target)
    assert contents(target) == right


def test_any_damage_to_the_cache_is_survived(small: Path, tmp_path: Path) -> None:
    """Deleted, truncated or scrambled, at any place: the next build is right."""
    target = tmp_path / "site"
    build(small, target)
    right = contents(target)
    chance = random.Random(3)
    files = sorted(path for path in (small / ".digest").rglob("*") if path.is_file())
    for path in files if len(files) < 40 else chance.sample(files, 40):
        content = path.read_bytes()
        position = chance.randrange(max(len(content), 1))
        damages = (
            lambda path=path: path.unlink(missing_ok=True),
            lambda path=path, content=content, position=position: path.write_bytes(content[:position]),
            lambda path=path, content=content, position=position: path.write_bytes(
                content[:position] + bytes([content[position] ^ 0x11] if content else b"") + content[position + 1 :]
            ),
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        chance.choice(damages)()
        build(small, target)
        assert contents(target) == right, path


def test_one_worker_or_eight_give_the_same_bytes(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes a page."""
    monkeypatch.setattr("digest.publish.workers.PAYS_FROM", 0)
    monkeypatch.setattr("digest.publish.workers.SMALLEST_CHUNK", 20)
    build(small, tmp_path / "one", workers=1)
    build(small, tmp_path / "eight", workers=8)
    assert contents(tmp_path / "one") == contents(tmp_path / "eight")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forks, which only Linux has")
def test_a_worker_that_is_killed_fails_the_build_and_the_old_site_stands(small: Path, tmp_path: Path) -> None:
    """With a message, and without a half-made site."""
    target = tmp_path / "site"
    build(small, target)
    right = contents(target)
    setting = small / "mkdocs.yml"
    setting.write_text(setting.read_text("utf-8").replace("tagline: ", "tagline: New: "), "utf-8")
    script = (
        "import os, signal, digest.publish.workers as workers, digest.publish.outputs as outputs\n"
        "workers.PAYS_FROM = 0\n"
        "parent, make = os.getpid(), workers.Work.make\n"
        "def killed(work, start, end):\n"
        "    if start >= workers.SMALLEST_CHUNK and os.getpid() != parent: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return make(work, start, end)\n"
        "workers.SMALLEST_CHUNK, workers.Work.make = 50, killed\n"
        "from digest.cli.main import main\n"
        f"main(['build', '--root', {str(small)!r}, '--site-dir', {str(target)!r}, '--date', {DAY!r}, '--workers', '2',"
        " '--no-search', '--drafts-and-errors'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "was stopped before it was done" in done.stderr
    assert contents(target) == right
    assert build(small, target).tally.written


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(small: Path, tmp_path: Path) -> None:
    """And the next build is right."""
    target = tmp_path / "site"
    arguments = ["build", "--root", str(small), "--site-dir", str(target), "--date", DAY, "--no-search"]
    assert run_digest(*arguments, "--drafts-and-errors").returncode == 0
    old = contents(target)
    setting = small / "mkdocs.yml"
    setting.write_text(setting.read_text("utf-8").replace("tagline: ", "tagline: New, "), "utf-8")
    new = from_nothing(small, tmp_path / "anew", drafts=True)
    for pause in (0.3, 0.5, 0.6, 0.7, 0.9):
        process = subprocess.Popen(
            [sys.executable, "-m", "digest", *arguments, "--drafts-and-errors"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert contents(target) in (old, new), pause
    assert run_digest(*arguments, "--drafts-and-errors").returncode == 0
    assert contents(target) == new


def test_clean_believes_nothing(small: Path, tmp_path: Path) -> None:
    """Every file is made anew."""
    first = build(small, tmp_path / "site")
    again = build(small, tmp_path / "site", clean=True)
    assert again.tally.written == first.tally.written
    assert again.tally.kept == 0


def test_a_build_of_the_same_looks_at_nothing_twice_and_misses_nothing(digest: Path, tmp_path: Path) -> None:
    """As a person runs it: text, picture, theme, option, day, or a site that was tampered with."""
    target = tmp_path / "site"
    arguments = ["build", "--root", str(digest), "--site-dir", str(target)]
    entry = min(path for path in (digest / "entries").glob("*/*.md") if path.name != "index.md")
    picture, own = entry.parent / "figure.png", digest / "theme/assets/own.css"
    picture.write_bytes(PICTURE)
    entry.write_text(entry.read_text("utf-8") + "\n![A figure](figure.png)\n", "utf-8")
    own.parent.mkdir(parents=True)
    own.write_text("/* one */")

    def run(*options: str, day: str = DAY) -> bool:
        """Build; true if nothing was written."""
        done = run_digest(*arguments, "--date", day, *options)
        assert done.returncode == 0, done.stdout + done.stderr
        return "\n0 files written" in done.stdout

    assert not run("--no-search")
    assert run("--no-search")
    changes: list[Callable[[], object]] = [
        lambda: entry.write_text(entry.read_text("utf-8") + "\nMore.\n", "utf-8"),
        lambda: picture.write_bytes(PICTURE + b"another"),
        lambda: own.write_text("/* two */"),
        lambda: (target / "about/index.html").write_text("tampered"),
        lambda: (target / "mine.txt").write_text("not of the site"),
    ]
    for change in changes:
        change()
        run("--no-search")
        assert contents(target) == from_nothing(digest, tmp_path / "anew")
        assert run("--no-search")
    assert not run()
    assert (target / "pagefind").is_dir()
    assert run()
    run(day="2027-01-10")
    assert (
        not (target / "studies/improving-outcomes-with-virtual-training/index.html")
        .read_text("utf-8")
        .count('class="button sign-up"')
    )
