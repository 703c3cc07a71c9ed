"""Addresses of an earlier site: what they mean, and the pages that stand there."""

import datetime
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.configuration import Configuration, DigestSettings, OldAddressFields
from digest.model.old_address import parse_old_address
from digest.model.vocabulary import ResearchType, Topic
from digest.pages import Site, plan_site
from tests.builders import make_entry, make_library, places

DAY = datetime.date(2026, 11, 22)
RULES = re.compile(r'<script type="application/json" id="_rules">(.*?)</script>')
BLOG = "https://socialsciences.example.org/pprnet/blog"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (f"{BLOG}?p=8&cat_2=12", ("/pprnet/blog/", (("cat_2", "12"), ("p", "8")))),
        ("/pprnet/blog/?cat_2=12", ("/pprnet/blog/", (("cat_2", "12"),))),
        ("http://old.example.org/?p=17", ("/", (("p", "17"),))),
        ("https://old.example.org?p=17", ("/", (("p", "17"),))),
        ("https://old.example.org/eng/faq.html", ("/eng/faq.html/", ())),
        ("/a%20b/?q=c%20d&e", ("/a b/", (("e", ""), ("q", "c d")))),
        ("mailto:a@example.org", None),
        ("/../etc/?p=1", None),
        ("https://[broken/?p=1", None),
        ("", None),
    ],
)
def test_an_old_address_is_a_path_and_what_was_asked_of_it(written, meant):
    assert parse_old_address(written) == meant


@given(st.text())
def test_reading_an_old_address_never_fails_and_never_leaves_the_site(written):
    found = parse_old_address(written)
    assert found is None or (found[0].startswith("/") and ".." not in found[0].split("/"))


def site(*rules: tuple[str, str], **old_urls: tuple[str, ...]) -> Site:
    """A digest with one topic, an entry for each keyword, and rules of the configuration."""
    settings = DigestSettings(old_addresses=tuple(OldAddressFields(old=old, new=new) for old, new in rules))
    topic = Topic(id="soil", label="Soil", definition="x", path="t.yml", places=places("t.yml"))
    entries = tuple(make_entry(slug, old_urls=urls, topics=("soil",)) for slug, urls in old_urls.items())
    configuration = Configuration(digest=settings, places=places("mkdocs.yml"))
    return plan_site(make_library(configuration=configuration, entries=entries, topics=(topic,)), DAY)


def rules_of(made: Site, address: str) -> list[Any]:
    page = next(page for page in made.pages if page.address == address)
    found = RULES.search(page.body)
    assert found is not None
    rules: list[Any] = json.loads(found[1])
    return rules


def test_a_page_stands_at_each_path_and_tries_what_asks_for_most_first():
    made = site(
        (f"{BLOG}", "/archive/"),
        (f"{BLOG}?cat_2=12", "/topics/soil/"),
        (f"{BLOG}?cat_2=28", ""),
        first=(f"{BLOG}?p=1&cat_2=12",),
    )
    assert rules_of(made, "/pprnet/blog/") == [
        [[["cat_2", "12"], ["p", "1"]], "../../2023/01/first/", True],
        [[["cat_2", "12"]], "../../topics/soil/", False],
        [[], "../../archive/", False],
    ]


def test_without_a_script_the_page_leads_on():
    page = next(page for page in site((f"{BLOG}?c=1", "/topics/soil/")).pages if page.kind == "old-address")
    assert '<a href="../../topics/soil/">Soil</a>' in page.body
    assert 'action="../../search/"' in page.body
    assert "noindex" in page.head


def test_an_old_address_without_a_query_is_a_redirect():
    made = site(first=("https://old.example.org/eng/first.html",))
    assert [(each.address, each.target) for each in made.redirects] == [("/eng/first.html/", "/2023/01/first/")]


def test_where_a_topic_and_a_type_of_research_meet_former_names_of_both_lead():
    topic = Topic(id="soil", label="Soil", aliases=("earth",), path="t.yml", places=places("t.yml"))
    other = Topic(id="sun", label="Sun", aliases=("light",), path="t.yml", places=places("t.yml"))
    kind = ResearchType(id="trial", label="Trial", aliases=("test",), path="r.yml", places=places("r.yml"))
    entry = make_entry("first", topics=("soil", "unknown"), research_types=("trial",))
    made = plan_site(make_library(entries=(entry,), topics=(topic, other), research_types=(kind,)), DAY)
    moved = {each.address: each.target for each in made.redirects}
    assert moved == {
        "/research/test/": "/research/trial/",
        "/topics/earth/": "/topics/soil/",
        "/topics/earth/test/": "/topics/soil/trial/",
        "/topics/earth/trial/": "/topics/soil/trial/",
        "/topics/light/": "/topics/sun/",
        "/topics/soil/test/": "/topics/soil/trial/",
    }
    assert {page.address for page in made.plan} >= set(moved.values())


def test_no_page_of_the_site_gives_way_to_an_old_address():
    made = site(("/topics/?c=1", "/archive/"), first=("/archive/?p=1", "/topics/"))
    kinds = {page.address: page.kind for page in made.pages}
    assert kinds["/topics/"] == "terms"
    assert kinds["/archive/"] == "archive"
    assert made.redirects == ()


def test_queries_of_the_home_page_have_a_page_of_their_own():
    made = site(first=("/?p=17",))
    home = next(page for page in made.pages if page.address == "/")
    assert 'href="old-addresses/" data-names="p" hidden' in home.body
    assert rules_of(made, "/old-addresses/") == [[[["p", "17"]], "../2023/01/first/", True]]


def test_where_nothing_is_known_of_an_earlier_site_no_page_has_a_script():
    for page in site(first=()).pages:
        assert "<script>" not in page.body, page.address


def test_whatever_is_asked_it_is_data():
    made = site(("/blog?</script><script>alert(1)</script>=&amp;", "/archive/"), ("/blog?x=\u2028'\"", "/archive/"))
    page = next(page for page in made.pages if page.kind == "old-address")
    assert page.body.count("<script") == page.body.count("</script>") == 2
    assert len(rules_of(made, "/blog/")) == 2
