"""Files for hosts and robots: headers, redirects, robots.txt, security.txt, the sitemap."""

import base64
import datetime
import hashlib
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from digest.export import iter_exported_files
from digest.model.configuration import Configuration, DigestSettings, OldAddressFields, SiteSettings
from digest.model.entry import Correction
from digest.model.library import Library
from digest.model.vocabulary import Topic
from digest.pages import plan_site
from digest.pages.policy import page_policy, site_policy
from digest.pages.redirect import render_redirect
from digest.pages.scripts import inline_script, iter_scripts, script_names
from tests.builders import make_entry, make_library, places

DAY = datetime.date(2026, 11, 22)
URL = "https://example.org/digest/"


def library(url: str = URL, **settings: Any) -> Library:
    """Two entries, one corrected, and a topic that was called otherwise."""
    entries = (
        make_entry("first", topics=("soil",), corrections=(Correction(date=datetime.date(2023, 5, 1), note="x"),)),
        make_entry("second", month="2023-02", aliases=("/old/second/",)),
    )
    topic = Topic(id="soil", label="Soil", definition="x", aliases=("earth",), path="t.yml", places=places("t.yml"))
    configuration = Configuration(
        site=SiteSettings(site_name="Garden", site_url=url),
        digest=DigestSettings(**{"authors": ("Garden",), "language": "en-CA", **settings}),
        places=places("mkdocs.yml"),
    )
    return make_library(configuration=configuration, entries=entries, topics=(topic,))


def written(made: Library, address: str, day: datetime.date = DAY) -> str | None:
    """One file of the site, if it has it."""
    files = {file.address: file for file in iter_exported_files(plan_site(made, day))}
    return files[address].content.decode() if address in files else None


def text(made: Library, address: str) -> str:
    found = written(made, address)
    assert found is not None
    return found


def test_the_policy_names_the_hash_of_every_script_that_pages_hold():
    scripts = list(iter_scripts())
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts}
    assert len(hashes) == len(scripts) >= 3
    assert hashes <= set(site_policy().replace(";", " ").split())


def test_a_page_may_run_what_it_holds_and_nothing_else():
    assert "script-src 'none';" in page_policy("entry", "<p>Text</p>")
    assert "script-src 'none';" in page_policy("entry", "<script>alert(1)</script>")
    with_script = page_policy("old-address", f"<p>Text</p>{inline_script('old-address')}")
    assert re.search(r"script-src 'sha256-[^' ]{44}';", with_script)
    search = page_policy("search", f"<p>Text</p>{inline_script('search')}")
    assert re.search(r"script-src 'sha256-[^' ]{44}' 'wasm-unsafe-eval';", search)


def test_no_policy_lets_a_script_in_but_by_its_hash():
    page = "".join(map(inline_script, script_names()))
    policies = [site_policy(), page_policy("search", page), page_policy("search", ""), page_policy("entry", page)]
    policies += [text(library(), "/_headers"), text(library(), "/_headers.nginx")]
    for policy in policies:
        scripts = re.findall("script-src ([^;]+);", policy)
        assert scripts
        for each in " ".join(scripts).split():
            assert each == "'wasm-unsafe-eval'" or re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", each), policy
        assert "default-src 'none'" in policy
        assert "base-uri 'none'" in policy
    assert "wasm" not in policies[3], "but for searching"


def test_headers_are_written_for_hosts_that_read_them_and_for_nginx():
    headers, nginx = text(library(), "/_headers"), text(library(), "/_headers.nginx")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
        value = re.search(rf"^  {name}: (.+)$", headers, re.MULTILINE)
        assert value is not None
        assert f'add_header {name} "{value[1]}" always;' in nginx
    assert headers.startswith("/*\n")
    assert "frame-ancestors 'self'\n" in headers
    assert "Strict-Transport-Security" in headers
    assert "Strict-Transport-Security" not in text(library("http://example.org/"), "/_headers")
    assert nginx.count("{") == nginx.count("}")
    assert "location ^~ /digest/assets/digest/ {" in nginx
    assert "\n/digest/assets/digest/*\n" in headers, "where the redirects beside it look too"
    assert max(map(len, headers.splitlines())) < 2000, "Cloudflare's longest line"


def test_a_learning_platform_that_is_named_may_show_pages_inside_its_own():
    made = library(framed_by=("https://learn.example.org/course/1", "https://evil.example.org; script-src *", "*"))
    headers = text(made, "/_headers")
    assert "frame-ancestors 'self' https://learn.example.org" in headers
    assert "*" not in headers.partition("Content-Security-Policy: ")[2].partition("\n")[0]
    assert "X-Frame-Options" not in headers
    assert "X-Frame-Options: SAMEORIGIN" in text(library(), "/_headers")


def test_robots_may_read_everything_and_find_the_sitemap():
    assert (
        text(library(), "/robots.txt")
        == "User-agent: *\nDisallow:\n\nSitemap: https://example.org/digest/sitemap.xml\n"
    )
    assert "Sitemap" not in text(library(""), "/robots.txt")


def test_the_sitemap_dates_pages_by_what_is_on_them():
    tree = ElementTree.fromstring(text(library(), "/sitemap.xml"))
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    days = {row.findtext(f"{name}loc"): row.findtext(f"{name}lastmod") for row in tree}
    assert days[f"{URL}2023/01/first/"] == "2023-05-01"
    assert days[f"{URL}2023/01/"] == "2023-05-01"
    assert days[f"{URL}topics/soil/"] == "2023-05-01"
    assert days[f"{URL}2023/02/"] == days[URL] == "2023-02-01"
    assert days[f"{URL}archive/"] == days[f"{URL}map/"] == "2023-05-01"
    assert days[f"{URL}search/"] is None


def test_a_page_for_old_addresses_is_not_to_be_found():
    made = library(old_addresses=(OldAddressFields(old="/blog?c=1", new="/topics/soil/"),))
    site = plan_site(made, DAY)
    assert "/blog/" in {planned.address for planned in site.plan}
    assert "/blog/" not in text(made, "/sitemap.xml")


@pytest.mark.parametrize(
    ("settings", "contact"),
    [
        ({"security_contact": "security@example.org"}, "mailto:security@example.org"),
        ({"security_contact": "https://example.org/report", "contact": "a@example.org"}, "https://example.org/report"),
        ({"contact": "mailto:a@example.org"}, "mailto:a@example.org"),
        ({"contact": "a@example.org\nPolicy: x"}, ""),
        ({"security_contact": "ask us"}, ""),
        ({}, ""),
    ],
)
def test_security_txt_says_whom_to_tell(settings, contact):
    found = written(library(**settings), "/.well-known/security.txt")
    if not contact:
        assert found is None
        return
    assert found is not None
    fields = dict(line.split(": ", 1) for line in found.splitlines())
    assert fields["Contact"] == contact
    assert fields["Canonical"] == f"{URL}.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en-CA"
    expires = datetime.date.fromisoformat(fields["Expires"].removesuffix("T00:00:00Z"))
    assert datetime.timedelta(150) < expires - DAY < datetime.timedelta(365)


def test_security_txt_changes_once_a_month():
    made = library(contact="a@example.org")
    days = [datetime.date(2026, 12, 1), datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)]
    first, same, later = (written(made, "/.well-known/security.txt", day) for day in days)
    assert first == same != later


def test_hosts_that_redirect_are_told_what_moved():
    assert text(library(), "/_redirects").splitlines() == [
        "/digest/old/second/ /digest/2023/02/second/ 301",
        "/digest/topics/earth/ /digest/topics/soil/ 301",
    ]
    assert written(make_library(configuration=library().configuration), "/_redirects") is None


def test_a_redirect_page_leads_on_with_and_without_a_script():
    redirect = next(each for each in plan_site(library(), DAY).redirects if each.address == "/topics/earth/")
    page = render_redirect(redirect, "en-CA", URL)
    assert '<html lang="en-CA">' in page
    assert '<link rel="canonical" href="https://example.org/digest/topics/soil/">' in page
    assert '<noscript><meta http-equiv="refresh" content="0; url=../../topics/soil/"></noscript>' in page
    assert page.index("Content-Security-Policy") < page.index("<script>")
    assert '<a href="../../topics/soil/">' in page
