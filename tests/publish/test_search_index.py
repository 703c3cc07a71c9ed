"""The readers' search index: what is in it, that it is always the same, and what happens when it cannot be made."""

import datetime
import gzip
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.check import check_library
from digest.errors import SearchIndexFailed
from digest.link import Links
from digest.pages import Site, facet_codes, plan_site, search_years
from digest.pages import search as search_pages
from digest.pages.scripts import CLIENT, SCRIPTS, client_version, script_text
from digest.pages.search import IN_ALL
from digest.publish import pagefind_program, search_index
from digest.publish.pagefind_files import LAST, SIGNATURE, UnknownFormat, pack, read_data, tidy_bundle
from digest.publish.pagefind_program import PROGRAM, PagefindRuns, pagefind_version
from digest.publish.search_index import start_search_index, write_search_index
from tests.builders import make_entry, make_library
from tests.export.garden_site import make_topic, make_type
from tests.publish.conftest import DAY, REPOSITORY, build, contents, run_digest

ANYTHING = st.recursive(st.integers(0, 2**64 - 1) | st.text(), st.lists, max_leaves=20)


def fragments(folder: Path) -> list[dict[str, Any]]:
    """What is kept of each entry."""
    found = []
    for path in sorted((folder / "pagefind" / "fragment").iterdir()):
        data = gzip.decompress(path.read_bytes())
        found.append(json.loads(data.removeprefix(SIGNATURE)))
    return found


def plan(digest: Path) -> Site:
    """The site of a digest."""
    day = datetime.date.fromisoformat(DAY)
    return plan_site(check_library(digest, day).library.published(), day)


@pytest.fixture
def make(digest: Path, tmp_path: Path) -> Callable[..., Path]:
    """Make the index of the digest by itself, into a folder of this name."""

    def make_(name: str, cache: str = "cache") -> Path:
        (tmp_path / cache).mkdir(exist_ok=True)
        (tmp_path / name).mkdir()
        write_search_index(plan(digest), tmp_path / cache, tmp_path / name)
        return tmp_path / name

    return make_


@pytest.fixture
def small_bundles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Bundles of a few entries; tells which of them are made."""
    monkeypatch.setattr(search_pages, "SMALLEST_BUNDLE", 3)
    monkeypatch.setattr(search_pages, "MOST_BUNDLES", 20)
    made: list[str] = []
    index = PagefindRuns.index

    def index_(runs: PagefindRuns, pages: Any, target: Path) -> None:
        made.append(target.parent.name)
        index(runs, pages, target)

    monkeypatch.setattr(PagefindRuns, "index", index_)
    return made


def change(digest: Path, year: str) -> None:
    """Add a word to an entry of this year."""
    path = min(path for path in digest.glob(f"entries/{year}-*/*.md") if path.name != "index.md")
    path.write_text(path.read_text(encoding="utf-8") + "\nA zebra.\n", encoding="utf-8")


def test_entries_are_indexed_and_nothing_else(site: Path) -> None:
    """Lists, navigation and other pages would only be in the way."""
    entries = {f"/{path.parent.relative_to(site).as_posix()}/" for path in site.glob("[0-9]*/*/*/index.html")}
    found = fragments(site)
    assert {fragment["url"] for fragment in found} == entries
    assert not any("Skip to content" in fragment["content"] for fragment in found)


def test_an_entry_is_indexed_with_its_text_and_what_a_hit_shows(site: Path) -> None:
    """Title, takeaway, summary, practice implications and the work's authors are to be found."""
    address = "/2022/12/training-therapists-in-the-alliance/"
    fragment = next(each for each in fragments(site) if each["url"] == address)
    assert fragment["meta"]["title"] == "Training therapists in the alliance: closer to how patients see it"
    assert fragment["meta"]["edition"] == "2022-12"
    assert fragment["meta"]["takeaway"]
    assert "Tasca" in fragment["content"]
    assert fragment["content"].startswith(f"{IN_ALL}. {fragment['meta']['title']}")


def test_two_indexes_of_the_same_entries_are_the_same_byte_for_byte(make: Callable[..., Path]) -> None:
    """Nothing in them is in the order of a hash, a disk or a clock."""
    first, second = make("first", "one"), make("second", "other")
    assert contents(first) == contents(second)
    assert not list(first.glob("pagefind/filter/*")), "filters would be at random"


def test_entries_are_known_by_their_day_and_their_terms(site: Path, digest: Path) -> None:
    """So that the page can sort by date and count facets without a table."""
    vocabulary = json.loads((site / "search" / "vocabulary.json").read_text(encoding="utf-8"))
    codes = {term["code"]: term["id"] for term in [*vocabulary["topics"], *vocabulary["types"]]}
    assert len(codes) == len(vocabulary["topics"]) + len(vocabulary["types"])
    entries = {entry.permalink: entry for entry in plan(digest).library.entries}
    names = set()
    for path in (site / "pagefind" / "fragment").iterdir():
        entry = entries[json.loads(gzip.decompress(path.read_bytes()).removeprefix(SIGNATURE))["url"]]
        assert path.name.startswith(f"{entry.published:%Y%m%d}")
        assert {codes[code] for code in path.stem[11:]} == {*entry.topics, *entry.research_types}
        names.add(path.stem)
    assert {name for name, _ in read_data(next((site / "pagefind").glob("*.pf_meta")))[1]} == names
    assert len({name[:11] for name in names}) == len(names) == len(entries)


def test_codes_are_as_long_as_a_vocabulary_needs_and_stay_when_it_grows() -> None:
    """Of topics and types of research together."""

    def codes(topics: int, types: int) -> tuple[dict[str, str], dict[str, str]]:
        terms = {
            "topics": tuple(make_topic(f"topic-{number}") for number in range(topics)),
            "research_types": tuple(make_type(f"type-{number}") for number in range(types)),
        }
        return facet_codes(Links(make_library(**terms)))

    for topics, types, length in ((0, 0, 1), (40, 22, 1), (41, 22, 2), (600, 30, 2)):
        of_topics, of_types = codes(topics, types)
        found = [*of_topics.values(), *of_types.values()]
        assert len(set(found)) == len(found) == topics + types
        assert {len(code) for code in found} <= {length}
    before, after = codes(36, 9), codes(37, 10)
    assert all(old.items() <= new.items() for old, new in zip(before, after, strict=True))


def test_the_search_page_asks_for_the_word_that_all_entries_hold() -> None:
    """Both sides name it."""
    assert f'"{IN_ALL}"' in script_text("search")


def test_only_what_the_search_page_asks_for_is_published(site: Path) -> None:
    """No program, since the page holds it; no WebAssembly of another language."""
    names = {path.name for path in (site / "pagefind").iterdir() if path.is_file() and path.suffix != ".pf_meta"}
    assert names == {"pagefind-entry.json", "wasm.en.pagefind"}


def test_an_index_is_made_once_for_the_same_entries(make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it comes from the cache."""
    first = make("first")
    monkeypatch.setattr(pagefind_program, "PROGRAM", "no_such_program")
    assert contents(make("second")) == contents(first)


@given(st.lists(st.sampled_from(range(2001, 2013)), max_size=40))
def test_whole_years_are_bundled_and_a_new_entry_of_this_year_leaves_the_settled_ones_alone(years: list[int]) -> None:
    """As long as the digest has not doubled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_pages, "SMALLEST_BUNDLE", 5)
        entries = [make_entry(f"entry-{number}", f"{year}-05") for number, year in enumerate(years)]
        bundles = search_years(Links(make_library(entries=tuple(entries))))
        assert sum(number for _, number in bundles) == len(years)
        assert [since for since, _ in bundles] == sorted(
            {since for since, _ in bundles} & {str(year) for year in years}
        )
        assert all(number >= 5 for _, number in bundles[:-1])
        assert len(bundles) <= search_pages.MOST_BUNDLES + 1
        if years and len(years) < 5 * search_pages.MOST_BUNDLES:
            more = (*entries, make_entry("new", f"{max(years)}-12"))
            assert search_years(Links(make_library(entries=more)))[:-1] == bundles[:-1]


def test_an_edit_makes_its_own_bundle_anew_and_gives_what_a_build_from_nothing_gives(
    make: Callable[..., Path], digest: Path, small_bundles: list[str]
) -> None:
    """The newest bundle or a settled one."""
    make("first")
    everything = sorted(small_bundles)
    assert len(everything) > 2
    assert "newest" in everything
    for number, (year, bundle) in enumerate((("2023", "newest"), ("2020", "2020"))):
        small_bundles.clear()
        change(digest, year)
        again = make(f"again-{number}")
        assert small_bundles == [bundle]
        assert contents(again) == contents(make(f"new-{number}", f"cache-{number}"))


def test_a_settled_bundle_has_its_entries_only(make: Callable[..., Path], small_bundles: list[str]) -> None:
    """Pagefind's program is loaded once, from the newest one."""
    pagefind = make("first") / "pagefind"
    for folder in set(small_bundles) - {"newest"}:
        names = {path.name for path in (pagefind / folder).iterdir() if path.suffix != ".pf_meta"}
        assert names == {"pagefind-entry.json", "fragment", "index"}
        assert all(path.name[:4] >= folder for path in (pagefind / folder / "fragment").iterdir())


def test_a_bundle_that_is_no_more_is_gone(make: Callable[..., Path], small_bundles: list[str]) -> None:
    """As the digest grows, or its settings change."""
    assert [path for path in (make("first") / "pagefind").iterdir() if path.name.isdigit()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_pages, "SMALLEST_BUNDLE", 1000)
        second = make("second")
        assert not [path for path in (second / "pagefind").iterdir() if path.name.isdigit()]
        assert contents(second) == contents(make("third", "other"))


def cut_pieces(cache: Path) -> None:
    """As a full disk does."""
    for path in cache.rglob("*.pf_index"):
        path.write_bytes(path.read_bytes()[:-5])


def add_file(cache: Path) -> None:
    """Something that nobody asked for."""
    (cache / "bundles" / "fragment" / "other.js").write_text("alert(1)")


def lead_elsewhere(cache: Path) -> None:
    """A file of the newest bundle is a link."""
    (cache / "bundles" / "pagefind-entry.json").rename(cache / "entry.json")
    (cache / "bundles" / "pagefind-entry.json").symlink_to(cache / "entry.json")


@pytest.mark.parametrize("damage", [cut_pieces, add_file, lead_elsewhere])
@pytest.mark.usefixtures("small_bundles")
def test_a_damaged_cache_is_made_anew(
    make: Callable[..., Path], tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Never believed."""
    first = make("first")
    damage(tmp_path / "cache")
    assert contents(make("second")) == contents(first)
    assert not any(path.is_symlink() for path in (tmp_path / "second").rglob("*"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"": 1}', '{"": ["a"]}', '{"../../entries": ["a", "b"]}', "null"])
def test_a_damaged_state_of_the_cache_costs_a_new_index(make: Callable[..., Path], tmp_path: Path, text: str) -> None:
    """And nothing else."""
    first = make("first")
    (tmp_path / "cache" / "state.json").write_text(text, encoding="utf-8")
    assert contents(make("second")) == contents(first)


def test_a_build_that_is_broken_off_leaves_no_half_bundle_to_be_trusted(
    make: Callable[..., Path], digest: Path, monkeypatch: pytest.MonkeyPatch, small_bundles: list[str]
) -> None:
    """Whatever was moved by then."""
    make("first")
    change(digest, "2023")
    calls: list[None] = []
    write = search_index._write_state

    def stop(cache: Path, state: Any) -> None:
        if calls:
            raise KeyboardInterrupt
        calls.append(None)
        write(cache, state)

    monkeypatch.setattr(search_index, "_write_state", stop)
    with pytest.raises(KeyboardInterrupt):
        make("second")
    monkeypatch.setattr(search_index, "_write_state", write)
    small_bundles.clear()
    third = make("third")
    assert small_bundles == ["newest"]
    assert contents(third) == contents(make("fourth", "other"))


def test_an_index_that_is_not_waited_for_is_stopped(digest: Path, tmp_path: Path) -> None:
    """So that a build that fails for another reason leaves no process behind."""
    with start_search_index(plan(digest), tmp_path / "cache") as pending:
        pass
    with pytest.raises(SearchIndexFailed):
        pending.finish()
    assert not (tmp_path / "cache" / "making").exists()
    assert not (tmp_path / "cache" / "bundles").exists()


def test_the_settings_of_other_sites_do_not_reach_the_program(
    make: Callable[..., Path], digest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pagefind reads its own from the folder in which it runs, and from the environment."""
    first = make("first", "one")
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    monkeypatch.chdir(digest)
    (digest / "pagefind.yml").write_text("exclude_selectors: [p]\n", encoding="utf-8")
    assert contents(make("second", "other")) == contents(first)


def test_pieces_of_an_index_reach_as_far_as_their_words(site: Path) -> None:
    """Else a browser loads the neighbours of a piece as well."""
    pieces = read_data(next((site / "pagefind").glob("*.pf_meta")))[2]
    assert len(pieces) > 2
    assert all(one[1] < other[0] for one, other in pairwise(pieces))
    assert sum(last.endswith(LAST) for _, last, _ in pieces) > len(pieces) / 2


def test_no_search_leaves_the_index_out_and_nothing_else(digest: Path, site: Path, tmp_path: Path) -> None:
    """The page stays, and says that its search did not load."""
    build(digest, tmp_path / "site", "--no-search")
    without = {path: data for path, data in contents(site).items() if not path.startswith("pagefind/")}
    assert contents(tmp_path / "site") == without
    assert "search/index.html" in without


def test_a_missing_program_is_named_with_what_to_do(make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting up, or doing without."""
    monkeypatch.setattr(pagefind_program, "PROGRAM", "no_such_program")
    with pytest.raises(SearchIndexFailed, match=r"scripts/setup.*--no-search"):
        make("first")


def test_a_program_whose_index_the_page_cannot_read_is_named_with_what_to_do(
    make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The client stands in the search page, whatever is installed."""
    monkeypatch.setattr(pagefind_program, "pagefind_version", lambda: "1.9.0")
    with pytest.raises(
        SearchIndexFailed, match=rf"(?s)1\.9\.0 is installed.* client of {client_version()}.*--no-search"
    ):
        make("first")
    assert not (tmp_path / "first" / "pagefind").exists()


def test_the_client_is_the_one_that_the_installed_program_writes(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Byte for byte. After a change of version `--update-golden` puts the new one in its place."""
    (tmp_path / "index.html").write_text("<html lang=en><body><p>A page</p></body></html>", encoding="utf-8")
    subprocess.run([sys.executable, "-m", PROGRAM, "--site", tmp_path], check=True, capture_output=True)
    written = (tmp_path / "pagefind" / "pagefind.js").read_bytes()
    kept = Path(str(SCRIPTS), f"{CLIENT}.js")
    if request.config.getoption("--update-golden"):
        kept.write_bytes(written)
    assert kept.read_bytes() == written, (
        f"{kept.name} is the client of Pagefind {client_version()}, {pagefind_version()} is installed: renew it by "
        f"`pytest tests/publish/test_search_index.py --update-golden`, then run the tests of the search page"
    )
    assert client_version() == pagefind_version()


def test_the_version_of_the_client_is_pinned() -> None:
    """So that whoever installs the program gets the Pagefind that its search page reads."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"pagefind-bin=={client_version()}" in project["dependencies"]


def test_a_program_that_stops_early_leaves_no_index(
    make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing half-made in the cache either."""
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: shutil.which("true"))
    with pytest.raises(SearchIndexFailed):
        make("first")
    assert list((tmp_path / "cache").iterdir()) == []
    assert not (tmp_path / "first" / "pagefind").exists()


def test_files_of_another_form_are_refused(tmp_path: Path) -> None:
    """Rather than sorted into something else."""
    path = tmp_path / "some.pf_filter"
    for data in (b"other", SIGNATURE, SIGNATURE + b"\xa0", SIGNATURE + b"\x00\x00", SIGNATURE + b"\x62a"):
        path.write_bytes(gzip.compress(data))
        with pytest.raises(UnknownFormat):
            read_data(path)
    with pytest.raises(OSError, match="pagefind-entry"):
        tidy_bundle(tmp_path, {}, first=True)


@given(ANYTHING)
def test_what_is_packed_is_read_back(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    """Numbers, texts and lists of them."""
    path = tmp_path_factory.mktemp("packed") / "file"
    path.write_bytes(pack(value))
    assert read_data(path) == value


def test_the_vocabulary_has_every_name_of_a_term_folded(site: Path) -> None:
    """So that the search page can lead from a synonym to its topic."""
    vocabulary = json.loads((site / "search" / "vocabulary.json").read_text(encoding="utf-8"))
    topic = next(each for each in vocabulary["topics"] if each["id"] == "alliance-and-therapeutic-relationship")
    assert "working alliance" in topic["names"]
    assert topic["address"] == "/topics/alliance-and-therapeutic-relationship/"
    assert topic["number"] > 0
    words = dict(json.loads((site / "search" / "words.json").read_text(encoding="utf-8")))
    assert words["alliance"] > 1


def test_digest_build_says_no_search_in_its_help() -> None:
    """The option that the messages name exists."""
    assert "--no-search" in run_digest("build", "--help").stdout
