"""Feeds: valid by the rules of their formats, complete, safe, the same whenever they are built."""

import dataclasses
import datetime
import email.utils
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.export.feeds import iter_feed_files
from digest.model.entry import Correction
from digest.model.permalink import Permalinks
from digest.model.status import Notice, NoticeKind, ReferenceStatus, Status
from digest.model.study import RecruitmentStatus, SignUp
from digest.model.training import Reading
from digest.pages import Site, plan_site
from digest.problem import Span
from digest.read import read_library
from tests.builders import make_entry, make_reference, make_study
from tests.export.garden_site import DAY, URL, make_configuration, make_module, make_site, make_topic, make_type

REPOSITORY = Path(__file__).parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(1)> ]]> & &amp; {{ 7 * 7 }} \x00\x08\x1b\ufffe\ud800 ünï 🌱'
)
SEEN = HOSTILE.translate(dict.fromkeys((0, 8, 0x1B, 0xFFFE, 0xD800), "\ufffd"))
"""The same as XML can hold it."""
TEXT = """We covered [some beds](../2023-02/shade.md), see [below](#what-else), and [a topic](/topics/water/).[^1]

![Two beds](beds.png)

| a | b |
|---|--:|
| 1 | 2 |

## Practice implications

Cover the beds <script>alert(1)</script>.

## What else

[Unsafe](javascript:alert(1))

[^1]: In one garden.
"""


def files(site: Site) -> dict[str, bytes]:
    """Every feed file, by its address."""
    return {file.address: file.content for file in iter_feed_files(site)}


def feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    for address, content in files(site).items():
        if not address.endswith(".opml"):
            yield address, content


def everything() -> dict[str, Any]:
    """Content with one thing of each kind that feeds tell of."""
    return {
        "entries": (
            make_entry("mulch", "2023-01", TEXT, topics=("water",), research_types=("trial",), citations=("bloom",)),
            make_entry("shade", "2023-02", TEXT, topics=("water",), authors=("A. Bloom",)),
        ),
        "references": (make_reference("bloom", DOI="10.5555/bloom"),),
        "modules": (make_module(readings=(Reading(entry="mulch"),)),),
        "studies": (
            make_study("diary", status=RecruitmentStatus.RECRUITING, topics=("water",), training=("beds",)),
            make_study("over", status=RecruitmentStatus.COMPLETED, topics=("water",), training=("beds",)),
        ),
        "files": frozenset({"entries/2023-01/beds.png", "entries/2023-02/beds.png"}),
    }


# The rules of the formats


def breaches_of_rfc_4287(xml: bytes) -> list[str]:
    """What of the rules that a feed of ours could break is broken."""
    feed = ET.fromstring(xml)
    found = [f"{feed.tag} is no feed"] * (feed.tag != f"{ATOM}feed")
    found += _of_element(feed, ("id", "title", "updated"), ("subtitle", "rights", "generator"))
    entries = feed.findall(f"{ATOM}entry")
    if not feed.findall(f"{ATOM}author"):
        found += ["4.1.1: no author"] * any(not entry.findall(f"{ATOM}author") for entry in entries)
    found += ["4.1.1: no link to itself"] * (len(feed.findall(f"{ATOM}link[@rel='self']")) != 1)
    for entry in entries:
        found += _of_element(entry, ("id", "title", "updated"), ("published", "summary", "content", "rights"))
        content = entry.find(f"{ATOM}content")
        found += ["4.1.3.3: html with child elements"] * (content is None or len(content) > 0)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    found += ["4.1.1: one entry twice"] * (len(ids) != len(set(ids)))
    return found


def _of_element(element: ET.Element, once: tuple[str, ...], at_most_once: tuple[str, ...]) -> Iterator[str]:
    for name in (*once, *at_most_once):
        number = len(element.findall(ATOM + name))
        if number > 1 or (name in once and number == 0):
            yield f"{element.tag}: {number} times {name}"
    for name in ("updated", "published"):
        for date in element.findall(ATOM + name):
            if not RFC_3339.fullmatch(date.text or ""):
                yield f"3.3: {date.text}"
    yield from _of_links_and_texts(element)


def _of_links_and_texts(element: ET.Element) -> Iterator[str]:
    if not urlsplit(element.findtext(f"{ATOM}id") or "").scheme:
        yield "4.2.6: the id is no absolute IRI"
    alternates = [link.get("type") for link in element.findall(f"{ATOM}link[@rel='alternate']")]
    if alternates != ["text/html"]:
        yield f"4.1.2: {alternates}"
    links = [link.get("href") or "" for link in element.findall(f"{ATOM}link")]
    yield from (f"4.2.7: {href}" for href in links if not urlsplit(href).netloc)
    yield from ("4.2.2: no term" for category in element.findall(f"{ATOM}category") if not category.get("term"))
    for author in element.findall(f"{ATOM}author"):
        if [child.tag for child in author] != [f"{ATOM}name"] or not author[0].text:
            yield "3.2.1: an author has one name"
    for name in ("title", "subtitle", "summary", "rights"):
        for text in element.findall(ATOM + name):
            if text.get("type") != "text" or len(text):
                yield f"3.1.1: {name}"


TOP = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
ITEM = {"id", "url", "title", "summary", "content_html", "date_published", "date_modified", "authors", "tags"}


def breaches_of_json_feed(text: bytes) -> list[str]:
    """The same of https://www.jsonfeed.org/version/1.1/."""
    feed = json.loads(text)
    found = [f"{name} is no name of the format" for name in feed.keys() - TOP]
    found += ["version"] * (feed["version"] != "https://jsonfeed.org/version/1.1")
    found += ["title"] * (not isinstance(feed["title"], str)) + ["items"] * (not isinstance(feed["items"], list))
    addresses = [feed["home_page_url"], feed["feed_url"]]
    authors = list(feed.get("authors", []))
    for item in feed["items"]:
        found += [f"{name} is no name of the format" for name in item.keys() - ITEM]
        found += ["id"] * (not isinstance(item["id"], str) or not item["id"])
        found += ["content"] * (not item["content_html"])
        dates = [item[name] for name in ("date_published", "date_modified") if name in item]
        found += [date for date in dates if not RFC_3339.fullmatch(date)]
        found += ["tags"] * (not all(isinstance(tag, str) for tag in item.get("tags", [])))
        addresses.append(item["url"])
        authors += item.get("authors", [])
    found += [address for address in addresses if not urlsplit(address).netloc]
    found += [str(author) for author in authors if set(author) != {"name"}]
    ids = [item["id"] for item in feed["items"]]
    return found + ["an id twice"] * (len(ids) != len(set(ids)))


def breaches_of_rss(xml: bytes) -> list[str]:
    """The same of https://www.rssboard.org/rss-specification and its profile."""
    (channel,) = rss = ET.fromstring(xml)
    found = ["version"] * (rss.get("version") != "2.0")
    found += [name for name in ("title", "link", "description") if len(channel.findall(name)) != 1]
    for item in channel.findall("item"):
        found += [name for name in ("title", "link", "guid") if len(item.findall(name)) != 1]
        is_link = str(item.findtext("guid") == item.findtext("link")).lower()
        found += ["isPermaLink"] * (item.find(f"guid[@isPermaLink='{is_link}']") is None)
        for date in item.findall("pubDate"):
            email.utils.parsedate_to_datetime(date.text or "")
    ids = [guid.text for guid in channel.iter("guid")]
    return found + ["a guid twice"] * (len(ids) != len(set(ids)))


CHECKS = {"xml": breaches_of_rfc_4287, "rss": breaches_of_rss, "json": breaches_of_json_feed}


def breaches(site: Site) -> list[str]:
    return [
        f"{address}: {breach}"
        for address, content in feeds(site)
        for breach in CHECKS[address.rpartition(".")[2]](content)
    ]


def test_every_feed_of_this_digest_keeps_the_rules_of_its_format_and_feedparser_has_no_complaint():
    library, _ = read_library(REPOSITORY)
    site = plan_site(library.published(), DAY)
    assert breaches(site) == []
    read = 0
    for address, content in feeds(site):
        if not address.endswith(".json"):
            feed = feedparser.parse(content)
            assert not feed.bozo, (address, feed.get("bozo_exception"))
            assert feed.version == ("atom10" if address.endswith(".xml") else "rss20")
            read += len(feed.entries)
    assert read > 100


def test_a_breach_is_seen():
    site = make_site(**everything())
    content = files(site)
    assert breaches(site) == []
    assert breaches_of_rfc_4287(content["/feed.xml"].replace(b"<updated>2023-02-01T12", b"<updated>2023-02-01 12"))
    assert breaches_of_rfc_4287(content["/feed.xml"].replace(b"<name>A. Bloom</name>", b""))
    assert breaches_of_rss(content["/feed.rss"].replace(b'isPermaLink="true"', b'isPermaLink="false"'))
    assert breaches_of_json_feed(content["/feed.json"].replace(b'"url":"https://', b'"url":"/'))


def test_a_digest_of_nothing_has_feeds_that_keep_the_rules():
    site = make_site()
    assert breaches(site) == []
    assert not feedparser.parse(files(site)["/feed.xml"]).entries


# What stands in which feed


def titles(site: Site, address: str) -> list[str]:
    return [item["title"] for item in json.loads(files(site)[address])["items"]]


def test_there_is_a_feed_of_everything_each_topic_type_and_module_and_of_studies():
    site = make_site(**everything())
    pages = {"/", "/studies/", "/topics/water/", "/research/trial/", "/training/beds/"}
    assert set(files(site)) == {f"{page}feed.{kind}" for page in pages for kind in CHECKS} | {"/feeds.opml"}
    assert titles(site, "/research/trial/feed.json") == ["mulch"]
    assert titles(site, "/topics/water/feed.json")[:2] == ["shade", "mulch"]
    assert "shade" not in titles(site, "/training/beds/feed.json")


@pytest.mark.parametrize("page", ["/", "/studies/", "/topics/water/", "/training/beds/"])
def test_an_open_study_is_announced_until_it_closes_and_its_text_offers_no_sign_up(page):
    content = everything()
    closes = datetime.date(2026, 12, 5)
    sign_up = SignUp(email="team@example.org", closes=closes)
    content["studies"] = (dataclasses.replace(content["studies"][0], sign_up=sign_up), content["studies"][1])
    told = files(make_site(closes, **content))[f"{page}feed.json"].decode()
    assert "Take part: diary" in told
    assert "until 5 December 2026" in told
    assert "team@example.org" not in told
    assert "over" not in [
        title.removeprefix("Take part: ") for title in titles(make_site(**content), f"{page}feed.json")
    ]
    after = files(make_site(closes + datetime.timedelta(1), **content))[f"{page}feed.json"].decode()
    assert "diary" not in after


def test_who_followed_a_topic_under_a_former_name_is_still_told():
    content = everything() | {"topics": (make_topic(aliases=("rain",)),)}
    content["modules"] = (make_module(aliases=("/training/old-beds/", "/blog/beds/")),)
    found = files(make_site(**content))
    for kind in CHECKS:
        assert found[f"/topics/rain/feed.{kind}"] == found[f"/topics/water/feed.{kind}"]
        assert found[f"/training/old-beds/feed.{kind}"] == found[f"/training/beds/feed.{kind}"]
    assert not any(address.startswith("/blog/") for address in found)
    assert b"/topics/rain/" not in found["/feeds.opml"]


def test_a_feed_holds_as_many_summaries_as_configured_the_newest():
    entries = [make_entry(f"e{month:02}", f"2022-{month:02}") for month in range(1, 13)]
    configuration = make_configuration()
    lengths = dataclasses.replace(configuration.digest.lengths, feed_entries=3)
    digest = dataclasses.replace(configuration.digest, lengths=lengths)
    site = make_site(configuration=dataclasses.replace(configuration, digest=digest), entries=tuple(entries))
    assert titles(site, "/feed.json") == ["e12", "e11", "e10"]


def test_a_correction_brings_an_old_summary_back_and_shows_in_it():
    content = everything()
    note = Correction(date=datetime.date(2026, 3, 4), note="It said 12; there were 21.")
    content["entries"] = (dataclasses.replace(content["entries"][0], corrections=(note,)), content["entries"][1])
    first, _ = json.loads(files(make_site(**content))["/research/trial/feed.json"])["items"][0], None
    assert first["date_published"] == "2023-01-01T12:00:00Z"
    assert first["date_modified"] == "2026-03-04T12:00:00Z"
    assert "Correction, 4 March 2026.</strong> It said 12; there were 21." in first["content_html"]
    assert titles(make_site(**content), "/topics/water/feed.json")[0] == "mulch"


def test_a_retraction_shows_in_title_and_text_and_brings_the_summary_back():
    notice = Notice(NoticeKind.RETRACTION, "2025-07", "10.5555/notice", sources=("publisher",))
    status = Status(references={"bloom": ReferenceStatus(asked={"crossref": DAY}, notices=(notice,))})
    site = make_site(**everything(), status=status)
    for address in ("/feed.json", "/feed.xml", "/feed.rss"):
        text = files(site)[address].decode()
        assert "Retracted: mulch" in text
        assert "Do not rely on its findings" in text
        assert "doi.org/10.5555/notice" in text
    items = json.loads(files(site)["/topics/water/feed.json"])["items"]
    assert [(item["title"], item["date_modified"][:7]) for item in items[:2]] == [
        ("Retracted: mulch", "2025-07"),
        ("shade", "2023-02"),
    ]


def test_a_study_that_names_no_day_has_the_one_of_the_newest_thing_where_a_format_wants_one():
    content = everything()
    site = make_site(**content)
    items = {item["title"]: item for item in json.loads(files(site)["/feed.json"])["items"]}
    assert "date_modified" not in items["Take part: diary"]
    assert b"pubDate" not in files(site)["/studies/feed.rss"]
    entry = ET.fromstring(files(site)["/studies/feed.xml"]).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}updated") == "2023-02-01T12:00:00Z"
    opens = dataclasses.replace(content["studies"][0], slug="dated", path="studies/dated.md")
    opens = dataclasses.replace(opens, sign_up=SignUp(email="team@example.org", opens=datetime.date(2025, 5, 6)))
    dated = make_site(**content | {"studies": (*content["studies"], opens)})
    updated = ET.fromstring(files(dated)["/studies/feed.xml"]).iter(f"{ATOM}updated")
    assert {element.text for element in updated} == {"2025-05-06T12:00:00Z"}


def test_nothing_in_a_feed_but_open_studies_depends_on_the_day():
    content = everything() | {"studies": ()}
    assert files(make_site(DAY, **content)) == files(make_site(datetime.date(2031, 1, 1), **content))


# The text


def test_the_text_is_whole_its_links_too_and_nothing_in_it_needs_the_page():
    site = make_site(**everything())
    (item,) = json.loads(files(site)["/research/trial/feed.json"])["items"]
    html = item["content_html"]
    for words in (
        "We covered",
        "Practice implications",
        "Cover the beds",
        "What else",
        "In one garden",
        "10.5555/bloom",
    ):
        assert words in html
    assert f'<a href="{URL}2023/01/mulch/#what-else">below</a>' in html
    assert f'src="{URL}2023/01/mulch/beds.png"' in html
    assert f'<a href="{URL}topics/water/">' in html
    assert "javascript:" not in html
    assert not re.search(r"<script|\sid=|tabindex|\ue000", html)
    addresses = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert len(addresses) >= 6
    assert all(urlsplit(address).scheme in {"https", "mailto"} for address in addresses)


def test_every_format_holds_the_same_text():
    content = files(make_site(**everything()))
    (from_json,) = (item["content_html"] for item in json.loads(content["/research/trial/feed.json"])["items"])
    assert ET.fromstring(content["/research/trial/feed.xml"]).findtext(f".//{ATOM}content") == from_json
    assert ET.fromstring(content["/research/trial/feed.rss"]).findtext(f".//{CONTENT}") == from_json


def test_a_mistake_can_be_reported_where_there_is_a_contact():
    assert "Report a mistake" not in files(make_site(**everything()))["/feed.json"].decode()
    configuration = make_configuration(contact="editor@example.org")
    told = files(make_site(configuration=configuration, **everything()))["/feed.json"].decode()
    assert "mailto:editor@example.org?subject=A%20mistake%20in%3A%20mulch&amp;body=" in told


def hostile_site(text: str) -> Site:
    """Every text of a site planted; a lone surrogate comes from an escape in YAML or JSON, never from a file's text."""
    body = text.encode("utf-8", "replace").decode()
    entry = make_entry(
        "one", "2023-01", f"{body}\n\n## Practice implications\n\n{body}\n", title=text, takeaway=text,
        authors=(text,), topics=("water",), research_types=("trial",), citations=("bloom",), limitations=text,
        disclosure=text, corrections=(Correction(date=DAY, note=text),),
    )  # fmt: skip
    return make_site(
        configuration=dataclasses.replace(make_configuration(title=text, licence=text, contact=text)),
        entries=(entry,),
        references=(make_reference("bloom", title=text, container_title=text, DOI=text, URL=text),),
        topics=(make_topic(label=text, definition=text),),
        research_types=(make_type(label=text, definition=text, strength=text),),
        modules=(make_module(title=text, objectives=(text,), readings=(Reading(entry="one"),)),),
        studies=(make_study(title=text, audiences=(text,), status=RecruitmentStatus.RECRUITING),),
    )


def test_planted_markup_is_text_in_every_format_and_control_characters_are_gone():
    site = hostile_site(HOSTILE)
    assert breaches(site) == []
    shown = " ".join(SEEN.split())
    content = files(site)
    atom = ET.fromstring(content["/topics/water/feed.xml"])
    assert atom.findtext(f"{ATOM}entry/{ATOM}title") == shown
    assert SEEN in [category.get("label") for category in atom.iter(f"{ATOM}category")]
    rss = ET.fromstring(content["/topics/water/feed.rss"])
    assert rss.findtext("channel/item/title") == shown
    for html in (atom.findtext(f".//{ATOM}content"), rss.findtext(f".//{CONTENT}")):
        assert html
        assert "&lt;script&gt;alert(1)" in html
        assert not re.search(r"<script|<img", html)
    for address, text in content.items():
        if address.endswith((".xml", ".rss")):
            feed = feedparser.parse(text)
            assert not feed.bozo, feed.get("bozo_exception")
    ET.fromstring(content["/feeds.opml"])


@settings(max_examples=30)
@given(st.text(st.characters(), max_size=40).filter(str.strip))
def test_whatever_is_written_every_feed_is_well_formed(text):
    assert breaches(hostile_site(text)) == []


# Ids


def ids(site: Site) -> list[str]:
    return [item["id"] for item in json.loads(files(site)["/feed.json"])["items"]]


def test_ids_stay_when_the_site_moves_and_says_where_it_began():
    before = make_site(**everything())
    moved = make_configuration("https://elsewhere.example/digest/", first_site_url=URL)
    after = make_site(configuration=moved, **everything())
    assert ids(before) == ids(after)
    assert all(
        item["url"].startswith("https://elsewhere.example/digest/2") or "/studies/" in item["url"]
        for item in json.loads(files(after)["/feed.json"])["items"]
    )
    assert breaches(after) == []


def test_an_id_stays_when_a_page_moves():
    entry = make_entry("mulch", "2023-01")
    moved = make_entry("mulching", "2023-01", aliases=("/2023/01/mulch/",))
    path = "entries/permalinks.txt"
    spans = {"/2023/01/mulch/": Span(path, 0, 15), "/2023/01/mulching/": Span(path, 16, 34)}
    before = make_site(entries=(entry,))
    after = make_site(entries=(moved,), permalinks=Permalinks(path, spans, Span(path)))
    assert ids(before) == ids(after) == [f"{URL}2023/01/mulch/"]
    assert json.loads(files(after)["/feed.json"])["items"][0]["url"] == f"{URL}2023/01/mulching/"
    assert breaches(after) == []


# Around them


def test_each_feed_is_announced_on_its_page_and_no_feed_is_announced_that_is_not_there():
    site = make_site(**everything())
    written = files(site)
    announced = set()
    for page in site.pages:
        for href in re.findall(
            r'<link rel="alternate" type="application/(?:atom|rss|feed)[^"]*" href="([^"]*)"', page.head
        ):
            announced.add(page.address + href)
    assert announced == {address for address in written if not address.endswith(".opml")}


def test_the_list_of_feeds_names_each_once_with_its_page():
    site = make_site(**everything())
    opml = ET.fromstring(files(site)["/feeds.opml"])
    assert opml.get("version") == "2.0"
    outlines = [outline for outline in opml.iter("outline") if outline.get("xmlUrl")]
    listed = [outline.get("xmlUrl", "") for outline in outlines]
    assert sorted(listed) == sorted(URL + address[1:] for address in files(site) if address.endswith(".xml"))
    assert all(outline.get("type") == "rss" and outline.get("text") for outline in outlines)
    assert {outline.get("htmlUrl") for outline in outlines} <= {URL + page.address[1:] for page in site.pages}


def test_a_build_can_note_which_texts_each_feed_shows_whatever_was_written_before():
    site = make_site(**everything())
    wanted = {file.address: file for file in iter_feed_files(site)}
    for _ in range(2):
        with site.bodies.note_used() as used:
            assert wanted["/topics/water/feed.rss"].content
        assert used == {"entries/2023-01/mulch.md", "entries/2023-02/shade.md", "studies/diary.md"}
