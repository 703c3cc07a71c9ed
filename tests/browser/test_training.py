"""A learner's own marks in a training module: by keyboard, kept in the browser, sent nowhere."""

import pytest

from tests.browser.conftest import BuiltSite, Open

pytestmark = pytest.mark.browser

MODULE = "/training/attachment-theory/"
OTHER = "/training/mentalizing/"
"""Reads one of the same summaries."""
WITHOUT_STORE = """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused"); } })"""


def test_what_was_read_is_marked_by_keyboard_and_known_again_in_every_module(site: BuiltSite, open_page: Open) -> None:
    """Until the learner forgets all marks; no request tells of it."""
    tab = open_page(site.url + MODULE)
    page = tab.page
    box = page.get_by_label("I have read this: Training therapists in the alliance")
    status = page.get_by_role("status")
    assert status.inner_text() == "0 of 4 read."
    assert page.get_by_role("button", name="Forget").count() == 0
    asked = len(tab.requests)
    box.focus()
    page.keyboard.press("Space")
    assert status.inner_text() == "1 of 4 read."
    assert len(tab.requests) == asked
    page.reload()
    assert box.is_checked()
    page.goto(site.url + OTHER)
    assert page.get_by_label("I have read this: Training therapists in the alliance").is_checked()
    assert page.get_by_role("status").inner_text() == "1 of 5 read."
    page.get_by_role("button", name="Forget all my marks").press("Enter")
    assert page.get_by_role("status").inner_text() == "0 of 5 read."
    assert page.evaluate("localStorage.length") == 0
    assert {request.url.startswith(site.url) for request in tab.requests} == {True}
    assert tab.complaints == []


def test_nothing_is_kept_before_a_mark_is_made(site: BuiltSite, open_page: Open) -> None:
    """Not by looking at a module."""
    tab = open_page(site.url + MODULE)
    assert tab.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


@pytest.mark.parametrize("kept", ['"text"', "{", "null", "[1, {}]"])
def test_a_damaged_store_counts_as_empty(kept: str, site: BuiltSite, open_page: Open) -> None:
    """And marks can be made anew."""
    tab = open_page(
        site.url + MODULE,
        script=f"localStorage.getItem('digest-read') ?? localStorage.setItem('digest-read', `{kept}`)",
    )
    box = tab.page.get_by_label("I have read this").first
    box.check()
    assert tab.page.get_by_role("status").inner_text() == "1 of 4 read."
    assert tab.complaints == []


@pytest.mark.parametrize("options", [{"script": WITHOUT_STORE}, {"java_script_enabled": False}])
def test_where_nothing_can_be_kept_no_mark_is_offered(
    options: dict[str, object], site: BuiltSite, open_page: Open
) -> None:
    """A browser that refuses the store, or runs no script, shows the module without boxes."""
    tab = open_page(site.url + MODULE, **options)
    assert tab.page.get_by_role("heading", name="Required readings").is_visible()
    assert tab.page.locator("[data-reading]:visible, [data-marks]:visible").count() == 0
    assert tab.complaints == []


def test_the_list_to_paste_can_be_selected_and_is_what_a_browser_would_show(site: BuiltSite, open_page: Open) -> None:
    """Taken out of the field, it is a list of links with whole addresses."""
    page = open_page(site.url + MODULE).page
    page.get_by_text("For your own course").click()
    text = page.get_by_label("Or paste the list as HTML").input_value()
    page.set_content(text)
    links = page.eval_on_selector_all("li a", "links => links.map(link => link.getAttribute('href'))")
    assert len(links) == 4
    assert all(link.startswith("https://") for link in links)
    assert page.get_by_role("link", name="Clients who start therapy securely attached tend to do better").count() == 1
