"""One page of every kind as a reader meets it: to see, to touch, to print, with the keyboard, in light and dark."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

TEMPLATES = Path(__file__).parents[2] / "digest" / "pages" / "templates"
KINDS = sorted({path.stem for path in TEMPLATES.glob("[!_]*.html")} | {"study-closed", "not-found"})
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
MOST_REQUESTS = 6
MOST_BYTES = 60_000
NARROWEST = 320

pytestmark = pytest.mark.browser

LUMINANCE = """selector => {
  const style = getComputedStyle(document.querySelector(selector));
  const sum = colour => colour.match(/\\d+/g).slice(0, 3).reduce((total, part) => total + Number(part), 0);
  return [sum(style.color), sum(style.backgroundColor)];
}"""
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    name: element.outerHTML.slice(0, 120),
    body: element === document.body,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0,
  };
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_every_kind_meets_wcag_2_2_aa(site, open_page, kind):
    tab = open_page(site.url + site.longest(kind))
    tab.open_details()
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)
        found = Axe().run(tab.page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
        assert found.response["passes"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_on_a_narrow_phone_or_with_letters_twice_as_large(site, open_page, kind):
    tab = open_page(site.url + site.longest(kind), viewport={"width": NARROWEST, "height": 640})
    tab.open_details()
    assert tab.sticking_out() == []
    tab.page.set_viewport_size({"width": 2 * NARROWEST, "height": 640})
    tab.page.add_style_tag(content="html { font-size: 200% !important; }")
    assert tab.sticking_out() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_but_that_for_searching_runs_no_script_and_any_asks_no_other_host_and_weighs_little(
    site, open_page, kind
):
    tab = open_page(site.url + site.longest(kind))
    tab.page.wait_for_load_state("networkidle")
    assert tab.complaints == []
    assert tab.page.locator("script").count() == (kind == "search")
    assert [request.url for request in tab.requests if not request.url.startswith(site.url + "/")] == []
    assert len(tab.requests) <= MOST_REQUESTS + 3 * (kind == "search"), [request.url for request in tab.requests]
    weights = {request.url: len(gzip.compress(request.response().body(), mtime=0)) for request in tab.requests}
    print(kind, sum(weights.values()), "bytes,", len(weights), "requests")
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_dark_is_dark_and_light_is_light(site, open_page):
    for scheme in ("light", "dark"):
        text, background = open_page(site.url, color_scheme=scheme).page.evaluate(LUMINANCE, "body")
        assert (text > background) == (scheme == "dark")


def test_links_of_the_header_can_be_hit_with_a_thumb(site, open_page):
    tab = open_page(site.url, viewport={"width": NARROWEST, "height": 640}, has_touch=True, is_mobile=True)
    boxes = [link.bounding_box() for link in tab.page.locator(".site-header nav a").all()]
    assert len(boxes) == 5
    assert all(box["height"] >= 44 and box["width"] >= 24 for box in boxes)


def test_the_section_that_one_is_in_is_marked(site, open_page):
    page = open_page(site.url + site.longest("topic")).page
    marked = page.locator(".site-header [aria-current]")
    assert marked.all_inner_texts() == ["Topics"]
    weights = "links => links.map(link => getComputedStyle(link).fontWeight)"
    assert page.locator(".site-header nav a").evaluate_all(weights) == ["700", "400", "400", "400", "400"]


def test_the_first_tab_is_the_way_to_the_content(site, open_page):
    page = open_page(site.url + site.longest("entry")).page
    link = page.locator(".skip-link")
    hidden = link.bounding_box()
    assert hidden["y"] + hidden["height"] <= 0
    page.keyboard.press("Tab")
    focused = page.evaluate(FOCUSED)
    assert "skip-link" in focused["name"]
    assert focused["seen"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("kind", ["home", "entry", "study", "topics"])
def test_whatever_has_the_focus_is_seen_to_have_it(site, open_page, kind):
    page = open_page(site.url + ("/topics/" if kind == "topics" else site.longest(kind))).page
    stops = page.locator(":is(a[href], summary, input, button, select, [tabindex]):visible").count()
    seen = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert [element for element in seen if element["body"]] == []
    assert [element["name"] for element in seen if not (element["ring"] and element["seen"])] == []


def test_practice_implications_open_and_close_with_the_keyboard(site, open_page):
    page = open_page(site.url).page
    details = page.locator("details").first
    text = details.locator("p").first
    assert not text.is_visible()
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert text.is_visible()
    page.keyboard.press("Space")
    assert not text.is_visible()


@pytest.mark.parametrize("kind", ["home", "entry", "topic", "module", "study"])
def test_a_printed_page_holds_the_text_and_nothing_to_click(site, open_page, kind):
    page = open_page(site.url + site.longest(kind), color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("main h1").count() == 1
    assert page.locator("nav, .site-footer, .skip-link, .neighbours, .ways").evaluate_all(VISIBLE) == []
    assert page.locator("main details p").evaluate_all(HIDDEN) == []
    assert page.evaluate(LUMINANCE, "body") == [0, 3 * 255]


VISIBLE = "elements => elements.filter(element => element.checkVisibility()).map(element => element.outerHTML)"
HIDDEN = """elements => elements
  .filter(element => !element.checkVisibility({contentVisibilityAuto: true}) || !element.offsetHeight)
  .map(element => element.outerHTML)"""


def test_a_printed_link_shows_where_it_leads(site, open_page):
    page = open_page(site.url + site.longest("study")).page
    link = page.locator('main p > a[href^="https://"]').first
    content: Any = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert content == "none"
    page.emulate_media(media="print")
    content = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert link.get_attribute("href") in content
