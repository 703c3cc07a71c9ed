"""The search page as a reader uses it: by typing, by an address, by keyboard, on a phone, and without a script."""

import datetime
import functools
import gzip
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from digest.export.search_words import iter_search_files
from digest.pages import plan_site
from digest.pages import search as search_pages
from digest.pages.policy import site_policy
from digest.pages.scripts import SCRIPTS, script_text
from digest.publish.search_index import write_search_index
from digest.read import read_library
from tests.browser.conftest import DAY, REPOSITORY, BuiltSite, served

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
MOST_BYTES = 190_000
"""Of a first result, beyond the page itself but with the script that stands in it, at 500 entries."""
WIDE = {"width": 1100, "height": 900}


IN_BUNDLES = (
    *("?q=therapy", "?q=alliance&type=meta-analysis", "?q=working alliance", '?q="therapeutic alliance"'),
    *("?q=therapy&sort=date", "?topic=alliance-and-therapeutic-relationship&year=2023&year=2021", "?q=ruptu"),
    *("?q=fluckiger", "?q=microaggressions", "?q=microaggr", "?q=therapist attachment", "?q=zzqqxx"),
)
IS_NEWEST_FIRST = """() => {
  const years = [...document.querySelectorAll('#_hits .facts')].map(each => each.textContent.match(/\\d{4}/)[0]);
  return years.length && years.every((year, index) => !index || years[index - 1] >= year);
}"""


class _Guarded(SimpleHTTPRequestHandler):
    """Answers with the policy that the site has for its host."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", site_policy())
        super().end_headers()

    def log_message(self, *_args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def guarded(site) -> Iterator[str]:
    """The site in a folder of a host that lets in scripts by their hashes only."""
    handler = functools.partial(_Guarded, directory=str(site.folder.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{site.folder.name}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def bundled(site, tmp_path_factory) -> Iterator[BuiltSite]:
    """The same site with its index in several bundles, as a large one has it."""
    folder = tmp_path_factory.mktemp("bundled") / "site"
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("pagefind"))
    planned = plan_site(read_library(REPOSITORY)[0].published(), datetime.date.fromisoformat(DAY))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_pages, "SMALLEST_BUNDLE", 3)
        patch.setattr(search_pages, "MOST_BUNDLES", 20)
        write_search_index(planned, tmp_path_factory.mktemp("cache"), folder)
        for file in iter_search_files(planned.links):
            (folder / file.address.lstrip("/")).write_bytes(file.write())
    with served(folder) as built:
        yield built


@pytest.fixture
def search(site, open_page):
    """Open the search page with a query, and wait for what it says."""

    def open_(query: str = "", **options: Any) -> Any:
        page = open_page(f"{site.url}/search/{query}", **options).page
        if query:
            page.locator("#_count:not(:empty)").wait_for()
        return page

    return open_


def titles(page) -> Any:
    return page.locator("#_hits h2").all_inner_texts()


def number(page) -> int:
    page.locator("#_count:not(:empty)").wait_for()
    first = page.locator("#_count").inner_text().split()[0]
    return 0 if first == "No" else int(first.replace(",", ""))


def wait_for_address(page, **expected: list[str]) -> None:
    def is_there(url: str) -> bool:
        query = parse_qs(urlsplit(url).query)
        return all(query.get(name, []) == values for name, values in expected.items())

    page.wait_for_url(is_there)


def test_a_typed_word_gives_hits_with_the_word_in_context_and_counts_beside_each_facet(search):
    page = search(viewport=WIDE)
    assert not page.locator("#_results").is_visible()
    page.locator("#_q").press_sequentially("therapy")
    page.locator("#_hits li").nth(9).wait_for()
    assert page.locator("#_hits li").count() == 10
    assert "therapy" in [word.lower() for word in page.locator("#_hits mark").all_inner_texts()]
    assert number(page) > 10
    for name in ("Topic", "Type of research", "Year"):
        facet = page.locator("#_facets details").filter(has=page.locator("summary", has_text=name))
        counts = [int(text) for text in facet.locator("li:visible .facts").all_inner_texts()]
        assert counts
        assert min(counts) >= 1
    years = page.locator("#_facets details").last.locator("li:visible .facts").all_inner_texts()
    assert sum(map(int, years)) == number(page)
    wait_for_address(page, q=["therapy"])


def test_the_hits_are_announced_to_a_screen_reader_and_the_box_has_a_name(search):
    page = search("?q=alliance")
    assert page.get_by_role("status").inner_text() == f"{number(page)} summaries for “alliance”"
    assert (
        page.get_by_role("search", name="Summaries").get_by_role("searchbox", name="Words to search for").is_visible()
    )
    assert page.get_by_role("combobox", name="Sort by").is_visible()
    assert page.get_by_role("region", name="Results").is_visible()


def test_a_facet_narrows_to_the_number_that_stood_beside_it_and_the_address_says_so(search):
    page = search("?q=therapy", viewport=WIDE)
    box = page.get_by_role("checkbox", name="Meta-analysis").first
    beside = int(box.locator("xpath=..").locator(".facts").inner_text())
    all_of_them = number(page)
    box.check()
    wait_for_address(page, q=["therapy"], type=["meta-analysis"])
    page.wait_for_function(
        "number => document.querySelector('#_count').textContent.startsWith(number + ' ')", arg=beside
    )
    assert beside < all_of_them
    others = page.locator("#_facets details").nth(1).locator("li:visible")
    assert others.count() > 1, "the other types stay there to be added"
    page.get_by_role("button", name="Show all").click()
    wait_for_address(page, q=["therapy"], type=[])
    assert page.evaluate("document.activeElement.id") == "_q"


def test_a_search_can_be_sent_to_a_colleague(search):
    page = search("?q=therapy&type=meta-analysis&year=2023&sort=date", viewport=WIDE)
    assert page.locator("#_q").input_value() == "therapy"
    assert page.locator("#_sort").input_value() == "date"
    chosen = page.locator("#_facets input:checked").evaluate_all("boxes => boxes.map(box => box.value)")
    assert chosen == ["meta-analysis", "2023"]
    facts = page.locator("#_hits .facts").all_inner_texts()
    assert facts
    assert all("2023" in text and "Meta-analysis" in text for text in facts)


def test_a_topic_alone_is_a_search_too_newest_first(search):
    page = search("?topic=alliance-and-therapeutic-relationship")
    assert number(page) >= 5
    years = [text.split(" · ")[0][-4:] for text in page.locator("#_hits .facts").all_inner_texts()]
    assert years == sorted(years, reverse=True)


def test_sorting_by_date_puts_the_newest_first(search):
    page = search("?q=alliance")
    page.get_by_label("Sort by").select_option("date")
    wait_for_address(page, q=["alliance"], sort=["date"])
    page.wait_for_function(IS_NEWEST_FIRST)


def test_back_and_forward_lead_through_the_searches(search):
    page = search("?q=alliance", viewport=WIDE)
    first = number(page)
    page.get_by_role("checkbox", name="Meta-analysis").first.check()
    wait_for_address(page, type=["meta-analysis"])
    page.locator("#_q").fill("depression")
    page.keyboard.press("Enter")
    wait_for_address(page, q=["depression"], type=["meta-analysis"])
    page.go_back()
    wait_for_address(page, q=["alliance"], type=["meta-analysis"])
    page.go_back()
    wait_for_address(page, q=["alliance"], type=[])
    page.wait_for_function("text => document.querySelector('#_count').textContent.startsWith(text)", arg=f"{first} ")
    assert page.locator("#_q").input_value() == "alliance"
    assert page.locator("#_facets input:checked").count() == 0
    page.go_forward()
    wait_for_address(page, q=["alliance"], type=["meta-analysis"])
    page.locator("#_facets input:checked").wait_for()


def test_typing_leaves_one_step_in_the_history_not_one_a_letter(search):
    page = search()
    before = page.evaluate("history.length")
    page.locator("#_q").press_sequentially("alliance", delay=200)
    wait_for_address(page, q=["alliance"])
    assert page.evaluate("history.length") == before + 1


def test_everything_can_be_reached_and_done_with_the_keyboard(search):
    page = search("?q=therapy")
    page.locator("#_q").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Topic"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "checkbox":  # a list that scrolls is a stop of its own
        page.keyboard.press("Tab")
    value = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")
    wait_for_address(page, q=["therapy"], topic=[value])
    assert page.evaluate("document.activeElement.value") == value, "the focus stays where it was"


def test_more_hits_come_on_request_and_the_first_of_them_has_the_focus(search):
    page = search("?q=therapy")
    assert page.locator("#_hits li").count() == 10
    page.get_by_role("button", name="Show more").press("Enter")
    page.locator("#_hits li").nth(10).wait_for()
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == titles(page)[10]


@pytest.mark.parametrize(
    ("typed", "found"), [("fluckiger", "Flückiger"), ("ruptures", "rupture"), ("FLÜCKIGER", "Flückiger")]
)
def test_accents_capitals_and_inflection_do_not_matter(search, typed, found):
    page = search(f"?q={typed}")
    assert number(page) >= 1
    assert any(found.lower() in text.lower() for text in page.locator("#_hits mark").all_inner_texts())


def test_a_synonym_shows_its_topic_above_the_hits(search):
    page = search("?q=working alliance")
    link = page.get_by_role("navigation", name="Topics and types of research").get_by_role("link").first
    assert link.inner_text() == "Alliance and Therapeutic Relationship"
    link.click()
    assert page.url.endswith("/topics/alliance-and-therapeutic-relationship/")


def test_a_misspelt_word_finds_nothing_but_what_was_meant(search):
    page = search("?q=allianse")
    assert number(page) == 0
    assert page.locator("#_hits li").count() == 0
    assert page.locator("#_browse").is_visible()
    near = page.get_by_role("navigation", name="Near topics and types of research")
    assert "Alliance and Therapeutic Relationship" in near.inner_text()
    page.get_by_role("link", name="alliance", exact=True).click()
    page.locator("#_hits li").first.wait_for()
    wait_for_address(page, q=["alliance"])


def test_a_word_that_stands_nowhere_finds_nothing(search):
    page = search("?q=zzqqxx")
    assert page.locator("#_count").inner_text() == "No summary for “zzqqxx”"
    assert page.locator("#_browse").get_by_role("link", name="All editions").is_visible()


def test_an_emptied_box_leads_back_to_the_lists(search):
    page = search("?q=alliance")
    page.locator("#_q").fill("")
    page.locator("#_browse").wait_for()
    assert not page.locator("#_results").is_visible()


def all_of_it(page, url: str) -> dict[str, Any]:
    """Everything that a search shows, every hit of it."""
    page.goto(url)
    total = number(page)
    while page.locator("#_more").is_visible():
        before = page.locator("#_hits li").count()
        page.locator("#_more").click()
        page.locator("#_hits li").nth(before).wait_for()
    counts = page.locator("#_facets li:visible").all_inner_texts()
    return {"number": total, "counts": counts, "titles": titles(page)}


def test_an_index_in_bundles_finds_counts_and_sorts_as_one_does(site, bundled, open_page):
    """Words that only some bundles know, too: the others would show what begins like them."""
    assert len(list((bundled.folder / "pagefind").glob("20*"))) >= 2
    page = open_page(f"{site.url}/search/", viewport=WIDE).page
    for query in IN_BUNDLES:
        one, several = (all_of_it(page, f"{where.url}/search/{query}") for where in (site, bundled))
        assert len(one["titles"]) == one["number"], query
        if "q=" in query and "sort=date" not in query:
            places = [abs(several["titles"].index(title) - place) for place, title in enumerate(one["titles"])]
            assert sum(places) <= len(places) / 2, f"{query}: relevance is nearly the same"
            one["titles"].sort()
            several["titles"].sort()
        assert several == one, query


def test_a_search_without_one_of_its_bundles_says_so(bundled, open_page):
    tab = open_page(f"{bundled.url}/search/")
    tab.page.route("**/pagefind/20*/**", lambda route: route.abort())
    tab.page.locator("#_q").fill("alliance")
    tab.page.locator("#_count:not(:empty)").wait_for()
    assert "did not load" in tab.page.locator("#_count").inner_text()


def test_without_a_script_the_page_explains_itself_and_leads_to_every_summary(site, open_page):
    page = open_page(site.url + "/search/?q=alliance", java_script_enabled=False).page
    assert "needs JavaScript" in page.locator(".notice").inner_text()
    assert not page.locator("#_form").is_visible()
    assert page.locator("#_browse .terms").first.locator("a").count() > 20
    page.get_by_role("link", name="Alliance and Therapeutic Relationship").click()
    assert page.url.endswith("/topics/alliance-and-therapeutic-relationship/")


def test_the_box_in_the_header_leads_from_any_page_to_the_results(site, open_page):
    for kind in ("home", "entry", "crossing", "not-found"):
        page = open_page(site.url + site.longest(kind)).page
        if kind == "not-found":
            assert page.locator(".site-search").get_attribute("action").endswith("/search/")
            continue
        page.get_by_role("search", name="Site").get_by_role("searchbox").fill("alliance")
        page.keyboard.press("Enter")
        page.locator("#_hits li").first.wait_for()
        assert urlsplit(page.url)[2:4] == ("/search/", "q=alliance")
        assert not page.locator(".site-search").is_visible(), "the page has its own box"


def test_it_works_in_a_folder_of_a_host_that_lets_in_scripts_by_hashes_only_and_asks_nobody_else(guarded, open_page):
    tab = open_page(f"{guarded}/search/?q=alliance&type=meta-analysis")
    tab.page.locator("#_hits li").first.wait_for()
    tab.page.wait_for_load_state("networkidle")
    assert tab.complaints == []
    assert [request.url for request in tab.requests if not request.url.startswith(guarded)] == []
    assert tab.page.context.cookies() == []
    tab.page.locator("#_hits a").first.click()
    tab.page.locator(".digest-entry").wait_for()


def test_a_first_result_weighs_little(site, open_page):
    tab = open_page(f"{site.url}/search/")
    tab.page.wait_for_load_state("networkidle")
    before = len(tab.requests)
    tab.page.locator("#_q").fill("therapy")
    tab.page.locator("#_hits li").nth(9).wait_for()
    tab.page.wait_for_load_state("networkidle")
    bodies = {request.url: request.response().body() for request in tab.requests[before:]}
    weights = {url: min(len(body), len(gzip.compress(body))) for url, body in bodies.items()}
    assert any(url.endswith(".pf_index") for url in weights)
    assert not any(url.endswith(".js") for url in weights)
    script = len(gzip.compress(script_text("search").encode()))
    assert sum(weights.values()) + script <= MOST_BYTES, weights


@pytest.mark.parametrize("built", ["site", "bundled"])
def test_without_its_index_the_page_says_so_still_leads_on_and_asks_again(request, open_page, built):
    tab = open_page(f"{request.getfixturevalue(built).url}/search/")
    tab.page.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    tab.page.locator("#_q").fill("alliance")
    tab.page.locator("#_count:not(:empty)").wait_for()
    assert "did not load" in tab.page.locator("#_count").inner_text()
    assert tab.page.locator("#_browse").is_visible()
    tab.page.unroute("**/pagefind/**")
    tab.page.locator("#_q").fill("depression")
    tab.page.locator("#_hits li").first.wait_for()


@pytest.mark.parametrize("query", ["?q=alliance&type=meta-analysis", "?q=allianse"])
def test_results_meet_wcag_2_2_aa_in_light_and_dark(search, query):
    page = search(query)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"


def test_results_and_facets_fit_a_narrow_phone(site, open_page):
    tab = open_page(f"{site.url}/search/?q=therapy&year=2023", viewport={"width": 320, "height": 640})
    tab.page.locator("#_hits li").first.wait_for()
    tab.open_details()
    assert tab.sticking_out() == []
    small = "boxes => boxes.filter(box => box.getBoundingClientRect().height < 24).map(box => box.outerHTML)"
    assert tab.page.locator("#_facets label:visible").evaluate_all(small) == []


def test_the_scripts_hold_no_way_to_make_markup_out_of_text():
    for path in Path(str(SCRIPTS)).rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval("):
            assert way not in text, path.name
