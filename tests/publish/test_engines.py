"""Three engines, one staged tree: the same pages, with the same things said."""

import html
import re
import sys
from pathlib import Path

import pytest

from digest.publish.engine import is_installed
from tests.publish.conftest import DAY, build, contents, run_digest

BODY = re.compile(r'<div class="digest digest-.*</div>(?=\s*</article>)', re.DOTALL)


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_another_engine_gives_the_same_pages(engine: str, digest: Path, site: Path, tmp_path: Path) -> None:
    """The same set of pages, each with the same body, title and description."""
    if not is_installed(engine):
        pytest.fail(f"{engine} is not installed, so nothing is known of it: scripts/setup --all")
    target = tmp_path / engine
    build(digest, target, "--engine", engine)
    ours, theirs = _pages(site), _pages(target)
    assert theirs.keys() == ours.keys()
    for address, page in ours.items():
        assert _parts(theirs[address]) == _parts(page), address


def _pages(folder: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in contents(folder).items() if path.endswith("index.html")}


def _parts(page: str) -> tuple[str, ...]:
    """Body, title, description and canonical address; engines write `/` in attributes in two ways."""
    body = BODY.search(page)
    title = re.search(r"<title>(.*?)</title>", page)
    others = re.findall(r'<meta name="description" content="(.*?)">|<link rel="canonical" href="(.*?)">', page)
    found = (body[0] if body else page, title[1] if title else "", *(part for pair in others for part in pair))
    return tuple(html.unescape(part) for part in found)


def test_every_entry_page_has_its_title_takeaway_and_citation(site: Path) -> None:
    """What the engines are compared by is really there."""
    page = (site / "2022/12/training-therapists-in-the-alliance/index.html").read_text(encoding="utf-8")
    text = html.unescape(page)
    assert "<h1>Training therapists in the alliance: closer to how patients see it</h1>" in text
    assert 'class="takeaway"' in text
    assert "Tasca, G. A., Ravitz, P., Hunter, J." in text
    assert "https://hdl.handle.net/10446/250890" in text
    assert "Randomized controlled trial" in text


def test_an_engine_that_is_not_installed_is_named(
    digest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do about it."""
    from digest.errors import EngineMissing
    from digest.publish import engine
    from digest.publish.stage import StagedTree

    monkeypatch.setattr(engine, "is_installed", lambda _: False)
    with pytest.raises(EngineMissing, match="scripts/setup --all"):
        engine.render_tree("zensical", StagedTree(digest), tmp_path, __import__("datetime").date(2026, 11, 22))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{% block content %}{{ nothing.at.all }}{% endblock %}", "uses what is not there: 'nothing' is undefined"),
        ("{% block content %}{{ page.title", "is not as Jinja, the language of templates, is written: unexpected end"),
        ("{% include 'own.html' %}", "asks for another that is not there: 'own.html'"),
        ("{% block content %}{{ page|unheard }}{% endblock %}", "does not know this: No filter named 'unheard'"),
    ],
)
def test_a_template_that_cannot_be_filled_is_told_with_file_and_line(
    line: str, words: str, digest: Path, tmp_path: Path
) -> None:
    """Of the digest's own folder, not of the staged tree; and no site is left behind."""
    theme = digest / "theme"
    theme.mkdir()
    (theme / "main.html").write_text(f"{{% extends 'base.html' %}}\n{line}\n")
    done = run_digest("build", "--root", str(digest), "--site-dir", str(tmp_path / "site"), "--date", DAY)
    assert done.returncode == 2
    assert done.stderr.startswith(("digest: theme/main.html:2: ", "digest: theme/main.html:3: "))
    assert words in done.stderr
    assert "or take the file out of theme/" in done.stderr
    assert str(tmp_path) not in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


def test_the_engines_banners_do_not_reach_the_editor(digest: Path, tmp_path: Path) -> None:
    """Two lines say what was built and what that took, and nothing else is printed."""
    for engine in ("mkdocs", "properdocs", "zensical"):
        target = tmp_path / engine
        done = run_digest("build", "--root", str(digest), "--site-dir", str(target), "--engine", engine, "--date", DAY)
        assert done.stderr == ""
        assert done.stdout.count("\n") == 2, done.stdout


def test_plain_mkdocs_build_gives_what_digest_build_gives(digest: Path, site: Path, tmp_path: Path) -> None:
    """The thin plugin stages the tree and stands aside; the search index is left out."""
    import os
    import subprocess

    environment = os.environ | {"SOURCE_DATE_EPOCH": "1795348800", "NO_MKDOCS_2_WARNING": "1"}  # 2026-11-22, noon UTC
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(tmp_path / "plain")]
    done = subprocess.run(command, cwd=digest, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {path: data for path, data in contents(site).items() if not path.startswith("pagefind/")}
    assert contents(tmp_path / "plain") == pages


def test_plain_mkdocs_build_stops_on_errors(digest: Path, tmp_path: Path) -> None:
    """With the message that `digest check` gives."""
    import subprocess

    entry = digest / "entries/2023-01/opening-the-door-to-culture.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("topics: [", "topics: [no-such-topic, "))
    command = [sys.executable, "-m", "mkdocs", "build", "-d", str(tmp_path / "plain")]
    done = subprocess.run(command, cwd=digest, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "unknown topic 'no-such-topic' [topic-unknown]" in done.stdout + done.stderr
    assert not (tmp_path / "plain").exists()
