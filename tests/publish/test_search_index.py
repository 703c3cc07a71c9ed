"""The readers' search index: what is in it, that it is always the same, and what happens when it cannot be made."""

import datetime
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.check import check_library
from digest.errors import SearchIndexFailed
from digest.pages import plan_site
from digest.pages.search import IN_ALL
from digest.publish import search_index
from digest.publish.pagefind_files import SIGNATURE, UnknownFormat, pack, read_data, tidy_bundle
from tests.publish.conftest import DAY, build, contents, run_digest

ANYTHING = st.recursive(st.integers(0, 2**64 - 1) | st.text(), st.lists, max_leaves=20)


def fragments(folder: Path) -> list[dict[str, Any]]:
    """What is kept of each entry."""
    found = []
    for path in sorted((folder / "pagefind" / "fragment").iterdir()):
        data = gzip.decompress(path.read_bytes())
        found.append(json.loads(data.removeprefix(SIGNATURE)))
    return found


@pytest.fixture
def make(digest: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Make the index of the digest by itself, into a folder of this name."""
    day = datetime.date.fromisoformat(DAY)
    site = plan_site(check_library(digest, day).library.published(), day)

    def make_(name: str, cache: str = "cache") -> Path:
        (tmp_path / cache).mkdir(exist_ok=True)
        (tmp_path / name).mkdir()
        search_index.write_search_index(site, tmp_path / cache, tmp_path / name)
        return tmp_path / name

    return make_


def test_entries_are_indexed_and_nothing_else(site: Path) -> None:
    """Lists, navigation and other pages would only be in the way."""
    entries = {f"/{path.parent.relative_to(site).as_posix()}/" for path in site.glob("[0-9]*/*/*/index.html")}
    found = fragments(site)
    assert {fragment["url"] for fragment in found} == entries
    assert not any("Skip to content" in fragment["content"] for fragment in found)


def test_an_entry_is_indexed_with_its_text_its_filters_and_what_a_hit_shows(site: Path) -> None:
    """Title, takeaway, summary, practice implications and the work's authors are to be found."""
    address = "/2022/12/training-therapists-in-the-alliance/"
    fragment = next(each for each in fragments(site) if each["url"] == address)
    assert {"alliance-and-therapeutic-relationship", "training"} <= set(fragment["filters"]["topic"])
    assert fragment["filters"]["type"] == ["randomized-controlled-trial"]
    assert fragment["filters"]["year"] == ["2022"]
    assert fragment["meta"]["title"] == "Training therapists in the alliance: closer to how patients see it"
    assert fragment["meta"]["edition"] == "2022-12"
    assert fragment["meta"]["takeaway"]
    assert "Tasca" in fragment["content"]
    assert fragment["content"].startswith(f"{IN_ALL}. {fragment['meta']['title']}")


def test_two_indexes_of_the_same_entries_are_the_same_byte_for_byte(make: Callable[..., Path]) -> None:
    """Pagefind orders filters at random; the program sorts them."""
    first, second = make("first", "one"), make("second", "other")
    assert contents(first) == contents(second)
    assert len(list(first.glob("pagefind/filter/*.pf_filter"))) == 3


def test_entries_are_known_by_their_day(site: Path) -> None:
    """So that the page can sort and count by year without a table."""
    for path in (site / "pagefind" / "fragment").iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(SIGNATURE))
        assert path.name[:6] == fragment["meta"]["edition"].replace("-", "")
    names = [name for name, _ in read_data(next((site / "pagefind").glob("*.pf_meta")))[1]]
    assert sorted(names) == sorted(path.stem for path in (site / "pagefind" / "fragment").iterdir())


def test_filters_are_sorted(site: Path) -> None:
    """Values and the pages under each."""
    for path in (site / "pagefind" / "filter").iterdir():
        _, values = read_data(path)
        assert values == sorted(values)
        assert all(pages == sorted(pages) for _, pages in values)


def test_only_what_the_search_page_asks_for_is_published(site: Path) -> None:
    """No second interface, no worker, no WebAssembly of another language."""
    names = {path.name for path in (site / "pagefind").iterdir() if path.is_file() and path.suffix != ".pf_meta"}
    assert names == {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"}


def test_an_index_is_made_once_for_the_same_entries(make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it comes from the cache."""
    first = make("first")
    monkeypatch.setattr(search_index, "PROGRAM", "no_such_program")
    assert contents(make("second")) == contents(first)


def test_a_damaged_cache_is_made_anew(make: Callable[..., Path], tmp_path: Path) -> None:
    """Never believed."""
    first = make("first")
    for path in (tmp_path / "cache").rglob("*.pf_index"):
        path.write_bytes(path.read_bytes()[:-5])
    assert contents(make("second")) == contents(first)


def test_no_search_leaves_the_index_out_and_nothing_else(digest: Path, site: Path, tmp_path: Path) -> None:
    """The page stays, and says that its search did not load."""
    build(digest, tmp_path / "site", "--no-search")
    without = {path: data for path, data in contents(site).items() if not path.startswith("pagefind/")}
    assert contents(tmp_path / "site") == without
    assert "search/index.html" in without


def test_a_missing_program_is_named_with_what_to_do(make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting up, or doing without."""
    monkeypatch.setattr(search_index, "PROGRAM", "no_such_program")
    with pytest.raises(SearchIndexFailed, match=r"scripts/setup.*--no-search"):
        make("first")


def test_a_program_that_stops_early_leaves_no_index(
    make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing half-made in the cache either."""
    monkeypatch.setattr(search_index, "PROGRAM", "this")
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
        tidy_bundle(tmp_path, {})


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
