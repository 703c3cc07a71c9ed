"""A visitor on a recruitment page: from the home page to the sign-up, the self-check by keyboard, the day it closes."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.trials import NUMBER, make_record

pytestmark = pytest.mark.browser

DAY = "2026-06-15"
LAST = "2026-06-30"
STUDY = f"""\
---
title: A trial of straw
audiences: [gardeners]
registry: {NUMBER}
status: RECRUITING
sign_up:
  url: https://forms.example.org/straw
  label: Say that you would like to take part
  closes: {LAST}
  seen_by: The two gardeners who run the trial read it.
criteria:
  - registry: Two beds of >= 4 m2
    plain: You have two large beds.
    question: Have you got two large beds?
  - registry: a pump
    plain: Your well has a pump.
  - registry: a bucket
    plain: You have a bucket.
  - registry: Use of a hose
    plain: You water with a hose.
    question: Do you water with a hose?
poster: {{purpose: Does straw keep water in the ground?, tasks: You cover one bed and write down what you water.}}
ethics: {{board: Board of the Gardens, statement: Cleared as file 17., version_date: 2026-05-04}}
---
Straw may keep water in the ground.

## What you get

Nobody can promise that you will benefit.
"""
ENTRY = """\
---
title: Mulch and water
takeaway: Beds with mulch needed half the water.
citations: [petal2020seeds]
topics: [soil]
research_types: [field-trial]
studies: [straw]
---
In twenty gardens, half of the beds were covered with straw for one summer. Covered beds needed half the water.

## Practice implications

Cover the bed before the first hot week.
"""
BASE = Path(__file__).parents[1] / "golden" / "check" / "_base"


@pytest.fixture(scope="module")
def garden(tmp_path_factory, build_digest, serve):
    """A digest with an open study that an entry, a module and the home page announce."""
    root = tmp_path_factory.mktemp("studies")
    shutil.copytree(BASE, root / "digest")
    configuration = root / "digest/mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    text = text.replace(
        "    lengths:", "    time_zone: America/Toronto\n    sign_up_hosts: [forms.example.org]\n    lengths:"
    )
    configuration.write_text(text, encoding="utf-8")
    studies = root / "digest/studies"
    shutil.rmtree(studies)
    (studies / "registry").mkdir(parents=True)
    (studies / "straw.md").write_text(STUDY.replace("poster:", "training: [soil-basics]\nposter:"), encoding="utf-8")
    (studies / f"registry/{NUMBER}.json").write_text(json.dumps(make_record()), encoding="utf-8")
    (studies / "registry/fetched.json").write_text(json.dumps({NUMBER: {"fetched": "2026-06-01"}}), encoding="utf-8")
    (root / "digest/entries/2023-02/mulch-again.md").write_text(ENTRY, encoding="utf-8")
    permalinks = root / "digest/entries/permalinks.txt"
    permalinks.write_text(permalinks.read_text(encoding="utf-8").replace("/studies/mulch-trial/", "/studies/straw/"))
    build_digest(root / "digest", root / "site", "--no-search", "--date", DAY)
    with serve(root / "site") as built:
        yield built


def at(moment):
    """A script that gives the browser another clock, before any of the page's runs."""
    return f"""{{
      const Real = Date, shift = Real.parse("{moment}") - Real.now();
      window.Date = class extends Real {{
        constructor(...given) {{ given.length ? super(...given) : super(Real.now() + shift); }}
        static now() {{ return Real.now() + shift; }}
      }};
    }}"""


PAGES = (
    "/",
    "/studies/",
    "/studies/straw/",
    "/2023/02/mulch-again/",
    "/training/soil-basics/",
    "/studies/straw/poster/",
)
LATE_ON_THE_LAST_DAY = "2026-07-01T03:59:00Z"  # 23:59 in Toronto
NEXT_DAY = "2026-07-01T04:01:00Z"
KEPT = "() => [localStorage.length, sessionStorage.length, document.cookie]"


def test_from_the_home_page_to_the_sign_up_in_two_clicks(garden, open_page):
    tab = open_page(garden.url + "/", script=at("2026-06-15T12:00:00Z"))
    tab.page.get_by_role("link", name="A trial of straw").click()
    link = tab.page.locator(".sign-up")
    assert link.count() == 1
    assert link.get_attribute("href") == "https://forms.example.org/straw"
    asked = []

    def refuse(route):
        asked.append(route.request.url)
        route.abort()

    tab.page.route("https://forms.example.org/**", refuse)
    tab.complaints.clear()
    link.click()
    assert asked == ["https://forms.example.org/straw"]


def test_what_to_know_stands_before_the_sign_up(garden, open_page):
    tab = open_page(garden.url + "/studies/straw/", script=at("2026-06-15T12:00:00Z"))
    text = tab.page.locator("section.call").first.inner_text()
    before = text[: text.index("Say that you would like to take part")]
    for words in (
        "forms.example.org",
        "The two gardeners who run the trial read it.",
        "does not enrol you",
        "30 June 2026",
    ):
        assert words in before


def answer(tab, number, presses):
    """Go to a question with Tab, and to its answer with the arrow keys."""
    tab.page.keyboard.press("Tab")
    name = tab.page.evaluate("document.activeElement.name")
    assert name.endswith(f"-{number}")
    tab.page.keyboard.press("Space")
    for _ in range(presses):
        tab.page.keyboard.press("ArrowRight")


YES, NO, NOT_SURE = 0, 1, 2


@pytest.mark.parametrize(
    ("answers", "words", "others"),
    [
        ([YES, YES, YES, YES, NO], "You may be able to take part. The study team decides.", ["may not"]),
        ([YES, NOT_SURE, YES, YES, NO], "Ask the study team about “Have you got two large beds?”", ["may not"]),
        ([YES, NO], "you may not be able to take part: “Have you got two large beds?”", ["left"]),
        ([YES, YES, YES, YES, YES], "may not be able to take part: “Do you water with a hose?”", ["left"]),
        ([YES, YES], "3 questions are left.", ["may"]),
    ],
)
def test_the_self_check_works_by_keyboard_alone_and_gives_an_honest_answer(garden, open_page, answers, words, others):
    tab = open_page(garden.url + "/studies/straw/", script=at("2026-06-15T12:00:00Z"))
    tab.page.wait_for_load_state("networkidle")
    asked = len(tab.requests)
    tab.page.get_by_role("link", name="A poster of this study").focus()
    tab.page.evaluate(
        "document.querySelector('[data-check]').tabIndex = -1; document.querySelector('[data-check]').focus()"
    )
    for number, presses in enumerate(answers, 1):
        answer(tab, number, presses)
    result = tab.page.get_by_role("status").inner_text()
    assert words in result
    assert not any(each in result for each in others)
    assert not re.search(r"\d+ ?(%|points|of \d)", result)
    assert len(tab.requests) == asked
    assert tab.page.evaluate(KEPT) == [0, 0, ""]
    tab.page.reload()
    assert tab.page.locator("input:checked").count() == 0
    assert tab.page.get_by_role("status").inner_text() == ""


def test_without_scripts_it_is_a_checklist_and_the_page_says_until_when(garden, open_page):
    tab = open_page(garden.url + "/studies/straw/", java_script_enabled=False)
    boxes = tab.page.get_by_role("checkbox")
    assert boxes.count() == 5
    boxes.first.check()
    text = tab.page.locator("body").inner_text()
    for words in ("All of these must be true of you:", "None of these may be true", "The study team decides."):
        assert words in text
    assert "Recruiting until 30 June 2026" in text
    assert "After that day, please do not write." in text
    assert "Recruitment closed" not in text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_outlives_the_closing_day_closes_itself(garden, open_page, address):
    open_tab = open_page(garden.url + address, script=at(LATE_ON_THE_LAST_DAY))
    assert open_tab.page.locator("[data-closes]").count() > 0
    closed = open_page(garden.url + address, script=at(NEXT_DAY), timezone_id="Asia/Tokyo")
    assert closed.page.locator("[data-closes]").count() == 0
    assert closed.page.locator(".sign-up").count() == 0
    assert "Take part" not in closed.page.locator("body").inner_text()
    if "straw" in address:
        assert "Recruitment closed on 30 June 2026" in closed.page.locator("body").inner_text()
        assert "Recruitment closed" not in open_tab.page.locator("body").inner_text()
    assert closed.complaints == []


@pytest.mark.parametrize("address", PAGES)
def test_no_request_leaves_the_site_and_nothing_is_kept(garden, open_page, address):
    tab = open_page(garden.url + address)
    tab.page.wait_for_load_state("networkidle")
    assert [each.url for each in tab.requests if not each.url.startswith(garden.url + "/")] == []
    assert tab.page.evaluate(KEPT) == [0, 0, ""]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_poster_fits_one_page(garden, site, open_page, paper):
    addresses = [garden.url + "/studies/straw/poster/", *(site.url + each for each in site.addresses["poster"])]
    for address in addresses:
        tab = open_page(address, script=at("2026-06-15T12:00:00Z"))
        printed = tab.page.pdf(format=paper)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, address


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_poster_with_far_too_much_to_say_is_one_page_all_the_same(garden, open_page, paper):
    """Should a machine print with wider fonts than was reckoned with: the middle is cut, the foot stays."""
    tab = open_page(garden.url + "/studies/straw/poster/", script=at("2026-06-15T12:00:00Z"))
    tab.page.evaluate("document.querySelector('.sheet-text p').textContent = 'Does straw keep water? '.repeat(400)")
    printed = tab.page.pdf(format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    tab.page.emulate_media(media="print")
    tab.page.set_viewport_size({"width": 642, "height": 903})
    foot = tab.page.locator(".sheet footer").bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] <= 904


def test_a_page_that_stays_open_over_midnight_closes_itself(garden, open_page):
    """Nobody touches it; within a minute the way to sign up is gone."""
    tab = open_page(garden.url + "/studies/")
    tab.page.clock.install(time=LATE_ON_THE_LAST_DAY)
    tab.page.goto(garden.url + "/studies/straw/")
    assert tab.page.locator(".sign-up").count() == 1
    tab.page.clock.fast_forward(120_000)
    assert tab.page.locator(".sign-up").count() == 0
    assert "Recruitment closed on 30 June 2026" in tab.page.locator("body").inner_text()
