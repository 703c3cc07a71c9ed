"""A word that an entry explains, as a reader meets it: on a phone, by keyboard, by ear, without a script."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site, open_page):
    address = next(
        address
        for address in site.addresses["entry"]
        if 'class="word"' in (site.folder / address.strip("/") / "index.html").read_text(encoding="utf-8")
    )
    return open_page(site.url + address, java_script_enabled=False).page


def test_a_tap_on_the_word_shows_its_note_and_a_tap_there_leads_back(page):
    word = page.locator("a.word").last
    note = page.locator(f"[id='{word.get_attribute('href').removeprefix('#')}']")
    word.click()
    assert in_view(page, note)
    note.get_by_role("link").click()
    assert in_view(page, word)


def test_the_keyboard_goes_the_same_way(page):
    word = page.locator("a.word").first
    word.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#" + word.get_attribute("id"))


def test_a_screen_reader_is_told_what_the_link_and_the_list_are(page):
    tree = page.locator("main").aria_snapshot()
    assert 'heading "Words used here"' in tree
    assert page.locator('a.word[role="doc-glossref"]').count() == page.locator(".words dt").count()


def in_view(page, element) -> bool:
    box = element.bounding_box()
    return box is not None and -1 <= box["y"] < page.viewport_size["height"]
