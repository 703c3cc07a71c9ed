"""One page of every kind as a reader meets it: to see, to touch, to print, with the keyboard, in light and dark."""

import gzip
import itertools
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

TEMPLATES = Path(__file__).parents[2] / "digest" / "pages" / "templates"
NO_PAGES = {"paste"}
"""Templates of what is offered to be copied."""
KINDS = sorted({path.stem for path in TEMPLATES.glob("[!_]*.html")} - NO_PAGES | {"study-closed", "not-found"})
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
MOST_REQUESTS = 6
MOST_BYTES = 60_000
MOST_BYTES_AFTER = 25_000
"""Of an entry's page, for a reader who has seen another."""
WITH_SCRIPTS = {"search", "study", "study-closed", "studies", "poster", "home", "entry", "module", "old-address"}
"""Kinds of pages that may run a script: searching, studies and calls to take part, an earlier site's queries."""
NARROWEST = 320

pytestmark = pytest.mark.browser

VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", event =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
"""Runs before the page does: notes whatever the page's policy or the host's refuses."""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""
SMALL_TARGETS = """least => {
  const shown = element => element.checkVisibility() && !element.closest(".for-screen-readers");
  const kinds = "a[href], button, summary, input:not([type=hidden]), select";
  const targets = [...document.querySelectorAll(kinds)].filter(shown);
  const boxes = targets.map(target => [...target.getClientRects()]
    .reduce((all, box) => box.width * box.height > all.width * all.height ? box : all, {width: 0, height: 0}));
  const inText = target => {
    const block = target.closest("p, li, dd, td, th, blockquote, figcaption, h1, h2, h3, h4, label, legend");
    const isBlock = !getComputedStyle(target).display.startsWith("inline");
    return !isBlock && block && block.textContent.trim() !== target.textContent.trim();
  };
  const near = index => boxes.some((other, at) => at !== index && !targets[at].contains(targets[index])
    && Math.hypot(boxes[index].x + boxes[index].width / 2 - other.x - other.width / 2,
                  boxes[index].y + boxes[index].height / 2 - other.y - other.height / 2) < least);
  return targets.filter((target, index) => boxes[index].width && !inText(target)
    && (boxes[index].width < least || boxes[index].height < least) && near(index))
    .map(target => `${target.outerHTML.slice(0, 120)} ${target.getBoundingClientRect().height}`);
}"""
"""Targets below a size (WCAG 2.2, 2.5.8), but those in a sentence, and those with room around them."""
LINKS = """() => [...document.querySelectorAll("main a[href]")].filter(link => link.checkVisibility()).map(link => [
  (link.getAttribute("aria-label") || link.textContent || link.querySelector("img")?.alt || "")
    .replace(/\\s+/g, " ").trim(),
  new URL(link.getAttribute("href"), document.baseURI).href])"""
VAGUE = {"here", "click here", "this", "this page", "more", "read more", "link", "learn more", "details", "page", ""}
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element);
  const changes = style.transitionDuration.split(", ").some(time => time !== "0s");
  return style.animationName !== "none" || style.scrollBehavior === "smooth" || changes && element.closest("body > *");
}).map(element => element.outerHTML.slice(0, 120))"""
STOPS = """() => new Set([...document.querySelectorAll("a[href], summary, input, button, select, [tabindex]")]
  .filter(element => element.checkVisibility() && !element.closest("[hidden]") && element.getClientRects().length)
  .map(element => element.type === "radio" ? element.name : element)).size"""
"""How many stops the keyboard makes: boxes of which one is chosen are one."""
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
    tab = open_page(site.url + site.longest(kind), is_mobile=True, has_touch=True)
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
def test_a_page_breaks_no_policy_asks_no_other_host_and_weighs_little(site, open_page, kind):
    tab = open_page(site.url + site.longest(kind), script=VIOLATIONS)
    tab.page.wait_for_load_state("networkidle")
    assert tab.complaints == []
    assert tab.page.evaluate("window.violations") == []
    scripts = tab.page.locator("script:not([type$=json])").count()
    assert scripts == 0 or kind in WITH_SCRIPTS, tab.page.locator("script").all_inner_texts()
    assert [request.url for request in tab.requests if not request.url.startswith(site.url + "/")] == []
    assert len(tab.requests) <= MOST_REQUESTS + 3 * (kind == "search"), [request.url for request in tab.requests]
    weights = {request.url: len(gzip.compress(request.response().body(), mtime=0)) for request in tab.requests}
    print(kind, sum(weights.values()), "bytes,", len(weights), "requests")
    assert sum(weights.values()) <= MOST_BYTES, weights


@pytest.mark.parametrize("kind", KINDS)
def test_headings_and_links_make_sense_in_a_list_and_nothing_moves(site, open_page, kind):
    """A screen reader lists either; who asks for less motion gets none."""
    tab = open_page(site.url + site.longest(kind), reduced_motion="reduce")
    tab.open_details()
    levels = tab.page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(upper, lower) for upper, lower in itertools.pairwise(levels) if lower > upper + 1] == [], levels
    named = [(name, address.partition("#")[0]) for name, address in tab.page.evaluate(LINKS)]
    assert [(name, address) for name, address in named if name.casefold() in VAGUE] == []
    places = {name: {address for each, address in named if each == name} for name, _ in named}
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
    assert tab.page.evaluate(MOVING) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_target_is_large_enough_or_has_room_around_it(site, open_page, kind):
    for width in (NARROWEST, 1280):
        tab = open_page(
            site.url + site.longest(kind), viewport={"width": width, "height": 740}, has_touch=width == NARROWEST
        )
        tab.open_details()
        assert tab.page.evaluate(SMALL_TARGETS, 24) == []


def test_an_entry_is_light_on_a_first_visit_and_lighter_after_it(site, open_page):
    first, second, *_ = site.addresses["entry"]
    tab = open_page(site.url + second)
    tab.page.wait_for_load_state("networkidle")
    assert len(tab.requests) <= 12
    assert sum(map(weight, tab.requests)) <= 100_000
    tab.requests.clear()
    tab.page.goto(site.url + first)
    tab.page.wait_for_load_state("networkidle")
    asked = [request for request in tab.requests if not request.url.endswith((".css", ".svg"))]
    assert sum(map(weight, asked)) <= MOST_BYTES_AFTER, [request.url for request in asked]


def weight(request: Any) -> int:
    """Bytes as a host would send them, compressed."""
    return len(gzip.compress(request.response().body(), mtime=0))


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
    shadows = page.locator(".site-header nav a").evaluate_all("links => links.map(a => getComputedStyle(a).boxShadow)")
    assert [shadow != "none" for shadow in shadows] == [True, False, False, False, False]


def test_the_mark_of_a_section_moves_nothing(site, open_page):
    page = open_page(site.url + site.longest("topic")).page
    marked = page.locator(".site-header [aria-current]").element_handle()
    width = marked.bounding_box()["width"]
    marked.evaluate("link => link.removeAttribute('aria-current')")
    assert marked.bounding_box()["width"] == width


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


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_has_the_focus_is_seen_to_have_it(site, open_page, kind):
    """On the shortest page of a kind, which has the same parts."""
    page = open_page(site.url + site.addresses[kind][-1]).page
    stops = page.evaluate(STOPS)
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
    assert page.locator("main details:not(.for-your-course) p").evaluate_all(HIDDEN) == []
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


def test_a_search_and_the_lists_help_where_there_is_no_page(site, open_page):
    page = open_page(site.url + "/2019/13/nowhere/at-all/").page
    assert page.locator("h1").inner_text() == "Page not found"
    page.locator("main input").fill("alliance")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=alliance")
    assert page.locator("#_q").input_value() == "alliance"


def test_pages_say_in_which_language_they_are(site):
    for name in ("index.html", "404.html", "topics/adherance/index.html"):
        assert '<html lang="en-CA"' in (site.folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_address_leads_on_and_keeps_the_anchor_where_scripts_run(site, open_page, scripts):
    page = open_page(f"{site.url}/topics/adherance/?from=mail#_all", java_script_enabled=scripts).page
    page.wait_for_url("**/topics/adherence/*" if scripts else "**/topics/adherence/")
    assert page.url.partition("/topics/adherence/")[2] == ("?from=mail#_all" if scripts else "")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/pprnet/blog/?p=6&cat_2=12#top", "/topics/alliance-and-therapeutic-relationship/#top"),
        ("/pprnet/blog?cat_2=12&p=6&cat_1=24", "/topics/training/"),
        ("/pprnet/blog/?cat_2=28", "/pprnet/blog/?cat_2=28"),
        ("/pprnet/blog/?__proto__=1&constructor=2", "/pprnet/blog/?__proto__=1&constructor=2"),
        ("/?p=17", "/topics/attachment/"),
        ("/?utm_source=x", "/?utm_source=x"),
    ],
)
def test_a_query_of_the_earlier_site_leads_to_what_it_showed(site, open_page, asked, answered):
    tab = open_page(site.url + asked)
    tab.page.wait_for_url(site.url + answered)
    assert [each for each in tab.complaints if "Failed" not in each] == []


def test_the_map_is_read_by_its_links_and_by_its_table(site, open_page):
    page = open_page(site.url + "/map/").page
    link = page.get_by_role("link", name="Anxiety Disorders, Meta-analysis")
    assert link.get_attribute("href") == "../topics/anxiety-disorders/meta-analysis/"
    assert not page.locator("table").first.is_visible()
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("rowheader", name="Anxiety Disorders").is_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/anxiety-disorders/meta-analysis/")


UNDER_FOCUS = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return document.activeElement.contains(seen);
}"""


def test_the_names_of_the_columns_stay_in_sight_and_hide_nothing_that_has_the_focus(site, open_page):
    page = open_page(site.url + "/map/").page
    links = page.locator(".map").first.locator("svg a")
    links.last.focus()
    for _ in range(links.count() // 2):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(UNDER_FOCUS)
    assert page.locator(".map-names").first.bounding_box()["y"] >= 0
