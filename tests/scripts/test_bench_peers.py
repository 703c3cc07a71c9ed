"""What the peers of `scripts/bench run` get, and what their sites must hold before anything is compared."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HUGO = next((ROOT / ".cache" / "bench").glob("env-hugo/lib/*/site-packages/hugo/binaries/hugo"), None)
"""As an earlier `scripts/bench run` installed it."""


@pytest.fixture
def corpus(scripts):
    return scripts("_corpus").make_corpus(30, 1)


def test_the_blog_gets_the_same_entries(scripts, corpus):
    files = dict(scripts("_peers").material_blog_files(corpus))
    for entry in corpus.entries:
        text = files[f"docs/blog/posts/{entry.path}"]
        assert entry.summary in text
        assert entry.implications in text
        assert f"date: {entry.month}-{entry.day:02d}" in text


def test_hugo_gets_every_entry_with_all_that_the_digest_has_of_it(scripts, corpus):
    files = dict(scripts("_hugo").hugo_files(corpus))
    abstracts = {reference.key: reference.fields["abstract"] for reference in corpus.references}
    for entry in corpus.entries:
        text = files[f"content/{entry.path.replace('-', '/', 1)}"]
        assert re.sub(r"\]\([^)]*\)", "", entry.summary) in re.sub(r"\]\([^)]*\)", "", text)
        for said in (entry.title, entry.takeaway, entry.implications, *(abstracts[key] for key in entry.citations)):
            assert said in text
        for name in (*entry.topics, *entry.research_types):
            assert f'"{name}"' in text
    months = {entry.month.replace("-", "/") for entry in corpus.entries}
    pairs = {(topic, kind) for entry in corpus.entries for topic in entry.topics for kind in entry.research_types}
    wanted = {f"content/{month}/_index.md" for month in months}
    wanted |= {f"content/topics/{topic.id}/_index.md" for topic in corpus.topics}
    wanted |= {f"content/research/{kind.id}/_index.md" for kind in corpus.research_types}
    wanted |= {f"content/crossings/{topic}--{kind}/_index.md" for topic, kind in pairs}
    wanted |= {f"content/{name}.md" for name in ("about", "accessibility", "privacy", "archive", "map", "search")}
    assert wanted <= files.keys()
    assert len([path for path in files if path.startswith(("content/training/", "content/studies/"))]) == 9
    assert corpus.introductions
    for month, text in corpus.introductions.items():
        assert text.partition("[")[0] in files[f"content/{month.replace('-', '/')}/_index.md"]


def test_links_between_entries_lead_hugo_to_files_that_there_are(scripts, corpus):
    files = dict(scripts("_hugo").hugo_files(corpus))
    links = [link for text in files.values() for link in re.findall(r"\]\((/[^)]*\.md)\)", text)]
    assert links
    assert {f"content{link}" for link in links} <= files.keys()
    assert not any(re.search(r"\]\((?!/|https?:)[^)]*\.md\)", text) for text in files.values())


def test_what_hugo_previews_is_the_same_site_without_its_feeds_and_files(scripts):
    make, files = scripts("_corpus").make_corpus, scripts("_hugo").hugo_files
    whole, pages = dict(files(make(12, 3))), dict(files(make(12, 3), only_pages=True))
    assert whole.keys() == pages.keys()
    changed = {path for path in whole if whole[path] != pages[path]}
    assert {path.split("/")[0] for path in changed} == {"hugo.toml", "content"}
    assert 'home = ["html"]\n' in pages["hugo.toml"]
    for path in changed - {"hugo.toml"}:
        assert 'outputs: ["html"]\n' in pages[path]
        assert len(whole[path].splitlines()) == len(pages[path].splitlines())


def test_the_same_seed_gives_hugo_the_same_files(scripts):
    make, files = scripts("_corpus").make_corpus, scripts("_hugo").hugo_files
    assert list(files(make(12, 3))) == list(files(make(12, 3)))
    assert list(files(make(12, 3))) != list(files(make(12, 4)))


@pytest.mark.skipif(HUGO is None, reason="Hugo is installed by `scripts/bench run`")
def test_hugo_builds_every_page_of_the_digest_and_as_many(scripts, corpus, tmp_path):
    sites, edits, peers = scripts("_sites"), scripts("_edits"), scripts("_peers")
    scripts("_corpus_files").write_files(scripts("_hugo").hugo_files(corpus), tmp_path)
    command = [str(HUGO), "--quiet", "--cacheDir", str(tmp_path / "cache")]
    subprocess.run(command, cwd=tmp_path, check=True)
    found = sites.verify_site(tmp_path / "public", corpus.entries, sites.hugo_layout(corpus))
    assert found["feeds"] == 3 * (1 + len(corpus.topics) + len(corpus.research_types))
    assert found["both together"] > found["months"] == 12
    assert found["files of citations"] > 3 * (found["entries"] + found["months"])
    aliases = sum("aliases" in entry.extra for entry in corpus.entries)
    single = ["404", "training", "studies", "search", "about", "accessibility", "privacy", "follow", "data"]
    extra = len(single) + 5 + 2
    kinds = ("entries", "months", "topics", "types of research", "both together", "newsletters", "other lists")
    assert found["pages"] == sum(found[kind] for kind in kinds) + extra + aliases
    newest = corpus.entries[-1]
    month = (tmp_path / "public" / newest.month.replace("-", "/") / "index.html").read_text(encoding="utf-8")
    assert newest.takeaway in month
    assert newest.implications.split("\n")[-1] in month
    file = tmp_path / "content" / newest.path.replace("-", "/", 1)
    shown = edits.Edit(file, tmp_path / "public" / sites.address(newest)).change()
    with pytest.raises(peers.BenchFailed, match="does not show"):
        shown()
    subprocess.run(command, cwd=tmp_path, check=True)
    shown()


def small_site(scripts, corpus, folder):
    """Every file that must be there, and nothing in the lists."""
    sites = scripts("_sites")
    layout = sites.hugo_layout(corpus)
    lists = [file for files in layout.lists.values() for file in files]
    texts = {layout.entry(entry): f"<h1>{entry.title}</h1><p>{entry.implications}</p>" for entry in corpus.entries}
    scripts("_corpus_files").write_files([*((file, "") for file in lists), *texts.items()], folder)
    return sites, layout


def test_a_site_that_lacks_an_entry_is_not_measured(scripts, corpus, tmp_path):
    sites, layout = small_site(scripts, corpus, tmp_path)
    failed = scripts("_measure").BenchFailed
    found = sites.verify_site(tmp_path, corpus.entries, layout)
    assert (found["entries"], found["topics"], found["months"]) == (30, 36, 12)
    page = tmp_path / layout.entry(corpus.entries[1])
    page.write_text(f"<h1>{corpus.entries[1].title}</h1>", encoding="utf-8")
    with pytest.raises(failed, match="does not say what"):
        sites.verify_site(tmp_path, corpus.entries, layout)
    page.unlink()
    with pytest.raises(failed, match="has no page for"):
        sites.verify_site(tmp_path, corpus.entries, layout)


@pytest.mark.parametrize(("kind", "file"), [("feeds", "topics/{}/feed.rss"), ("topics", "topics/{}/index.html")])
def test_a_site_that_lacks_a_list_or_a_feed_is_not_measured(scripts, corpus, tmp_path, kind, file):
    sites, layout = small_site(scripts, corpus, tmp_path)
    (tmp_path / file.format(corpus.topics[3].id)).unlink()
    with pytest.raises(scripts("_measure").BenchFailed, match=f"lacks 1 of its {kind}"):
        sites.verify_site(tmp_path, corpus.entries, layout)


def test_an_index_that_lacks_an_entry_is_not_measured(scripts, corpus, tmp_path):
    sites = scripts("_sites")
    for name, count in (("pagefind", 20), ("pagefind-settled", 10)):
        (tmp_path / name).mkdir()
        text = f'{{"version": "1", "languages": {{"en": {{"page_count": {count}}}}}}}'
        (tmp_path / name / "pagefind-entry.json").write_text(text)
    assert sites.verify_index(tmp_path, corpus.entries) == {"indexed": 30}
    with pytest.raises(scripts("_measure").BenchFailed, match="30 entries instead of 29"):
        sites.verify_index(tmp_path, corpus.entries[1:])
