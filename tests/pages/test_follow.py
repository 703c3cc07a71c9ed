"""Following the digest and reporting a mistake: what the pages offer, and only what is configured."""

from email.headerregistry import Address
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.entry import Entry
from digest.pages import Page, Site
from digest.pages.abroad import send_abroad, without_images
from digest.pages.addresses import ROOT, mail_link
from tests.builders import make_entry
from tests.export.garden_site import URL, make_configuration, make_site

TITLE = 'Beds & "mulch" <b>?'


def page_at(site: Site, address: str) -> Page:
    return next(page for page in site.pages if page.address == address)


def entry() -> Entry:
    return make_entry("mulch", "2023-01", title=TITLE)


def test_a_summary_says_where_to_report_a_mistake_and_names_itself_in_the_e_mail():
    site = make_site(configuration=make_configuration(contact="editor@example.org"), entries=(entry(),))
    body = page_at(site, "/2023/01/mulch/").body
    (link,) = [part.partition('"')[0].replace("&amp;", "&") for part in body.split('href="') if part[:7] == "mailto:"]
    said = parse_qs(urlsplit(link).query)
    assert urlsplit(link).path == "editor@example.org"
    assert said["subject"] == [f"A mistake in: {TITLE}"]
    assert said["body"][0].startswith(f"{URL}2023/01/mulch/\r\n")
    assert "Report a mistake in this summary" in body


@pytest.mark.parametrize("contact", ["", "nobody", "javascript:alert(1)", 'a@example.org"><script>', "a@b"])
def test_without_a_contact_that_is_an_address_no_page_offers_one(contact):
    site = make_site(configuration=make_configuration(contact=contact), entries=(entry(),))
    assert "mailto:" not in page_at(site, "/2023/01/mulch/").body
    assert "No address for mistakes has been set up yet." in page_at(site, "/follow/").body


def test_a_summary_says_under_which_licence_it_may_be_shared():
    terms = {"licence": "CC BY 4.0", "licence_url": "https://creativecommons.org/licenses/by/4.0/"}
    site = make_site(configuration=make_configuration(**terms), entries=(entry(),))
    link = f'This summary may be shared under <a rel="license" href="{terms["licence_url"]}">CC BY 4.0</a>.'
    assert link in page_at(site, "/2023/01/mulch/").body
    unsafe = make_configuration(licence="Free", licence_url="javascript:alert(1)")
    body = page_at(make_site(configuration=unsafe, entries=(entry(),)), "/2023/01/mulch/").body
    assert "may be shared under Free." in body
    assert "javascript:" not in body


@pytest.mark.parametrize(
    ("subscribe", "shown"),
    [
        ("https://lists.example.org/join", True),
        ("mailto:join@example.org", True),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_the_way_to_subscribe_is_shown_where_there_is_one(subscribe, shown):
    body = page_at(make_site(configuration=make_configuration(subscribe=subscribe)), "/follow/").body
    assert (f'<a href="{subscribe}">Subscribe to the newsletter</a>' in body) == shown
    assert ("There is no list to subscribe to" in body) != shown
    assert "javascript:" not in body


def test_the_newest_edition_can_be_read_as_an_e_mail():
    site = make_site(entries=(entry(), make_entry("shade", "2023-02")))
    body = page_at(site, "/follow/").body
    assert 'href="../newsletter/2023-02.html"' in body
    assert 'href="../newsletter/2023-02.txt"' in body
    assert "newsletter/" not in page_at(make_site(), "/follow/").body


@given(st.text(st.characters()), st.text(st.characters()))
def test_an_e_mail_link_holds_what_it_is_told_and_nothing_else(subject, text):
    link = mail_link("editor@example.org", subject, text)
    assert link.isascii()
    assert not set(link) & set("\"'<> \r\n")
    parts = urlsplit(link)
    assert Address(addr_spec=parts.path).domain == "example.org"
    values = dict(pair.split("=") for pair in parts.query.split("&")) if parts.query else {}
    assert set(values) <= {"subject", "body"}
    assert unquote(values.get("subject", "")) == _sendable(" ".join(subject.split()))
    assert unquote(values.get("body", "")) == _sendable(text.replace("\n", "\r\n"))


def _sendable(text):
    """Half a pair of surrogates is no character: nothing can send it."""
    return text.encode("utf-8", "replace").decode()


def test_html_that_leaves_the_site_has_whole_links_no_anchors_and_on_request_no_pictures():
    html = (
        f'<h3 id="why">Why</h3><p><a href="#why">up</a> <a href="{ROOT}/topics/">t</a><img alt="&lt;b&gt;" src="x"></p>'
    )
    sent = send_abroad(html, "/2023/01/mulch/", "https://a.example/b/")
    assert sent == (
        '<h3>Why</h3><p><a href="https://a.example/b/2023/01/mulch/#why">up</a> '
        '<a href="https://a.example/b/topics/">t</a><img alt="&lt;b&gt;" src="x"></p>'
    )
    assert without_images(sent).endswith("</a>[Picture: &lt;b&gt;]</p>")
    assert without_images('<img src="x">') == "[Picture]"
