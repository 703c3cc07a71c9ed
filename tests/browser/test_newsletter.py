"""An edition as an e-mail, looked at as a mail program shows it: narrow, light and dark, with nothing loaded."""

import pytest
from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ADDRESS = "/newsletter/2023-01.html"

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_e_mail_meets_wcag_2_2_aa_loads_nothing_and_fits_a_narrow_column(site, open_page, scheme):
    tab = open_page(site.url + ADDRESS, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    tab.page.wait_for_load_state("networkidle")
    assert [request.url for request in tab.requests] == [site.url + ADDRESS]
    assert [line for line in tab.complaints if "404" not in line] == []  # a browser asks for an icon by itself
    assert tab.sticking_out() == []
    found = Axe().run(tab.page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def test_an_e_mail_reads_the_same_where_a_mail_program_drops_the_rules_of_its_head(site, open_page):
    page = open_page(site.url + ADDRESS).page
    before = page.locator("h2").first.bounding_box()
    page.evaluate("document.querySelector('style').remove()")
    assert page.locator("h2").first.bounding_box() == before
    style = "element => { const style = getComputedStyle(element); return [style.color, style.fontSize]; }"
    assert page.locator("h2 a").first.evaluate(style) == ["rgb(16, 89, 106)", "22px"]
