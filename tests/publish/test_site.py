"""The built site as a crawler meets it."""

import base64
import hashlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from digest.pages.scripts import iter_scripts
from tests.publish.conftest import build

ADDRESSES = {"href", "src", "srcset", "action", "poster", "data", "formaction", "background"}
HOST = "https://site.test"


class _Page(HTMLParser):
    """Links, loaded addresses, ids and tags of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.scripts: list[str] = []
        """The texts of those that run."""
        self.policies: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policies.append(dict(attrs)["content"] or "")
        if tag == "script" and "json" not in (dict(attrs).get("type") or ""):
            self._in_script = True
            self.scripts.append("")
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ADDRESSES and value is not None:
                is_link = tag == "a" or (tag == "link" and ("rel", "canonical") in attrs)
                (self.links if is_link else self.loaded).append(value)

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"


def _pages(site: Path) -> Iterator[tuple[str, _Page]]:
    for path in sorted(site.rglob("*.html")):
        address = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        yield address, _Page(path.read_text(encoding="utf-8"))


def test_no_link_leads_to_a_page_anchor_or_file_that_does_not_exist(site: Path) -> None:
    """Every relative address of every page is followed."""
    pages = dict(_pages(site))
    broken = []
    for address, page in pages.items():
        for written in page.links + page.loaded:
            target = urlsplit(urljoin(HOST + address, written))
            if f"{target.scheme}://{target.netloc}" != HOST:
                continue
            path = unquote(target.path)
            file = site / path.lstrip("/") / ("index.html" if path.endswith("/") else "")
            if not file.is_file() or (target.fragment and target.fragment not in pages[path].ids):
                broken.append(f"{address}: {written}")
    assert broken == []


def test_nothing_is_loaded_from_elsewhere_and_no_script_is_loaded_at_all(site: Path) -> None:
    """No font, no picture of another host; scripts stand in pages, and none is published beside them."""
    known = set(iter_scripts())
    for address, page in _pages(site):
        elsewhere = [written for written in page.loaded if urlsplit(written).netloc or written.startswith("data:")]
        assert elsewhere == [], address
        assert set(page.scripts) <= known, address
    assert not [*site.rglob("*.js"), *site.rglob("*.mjs")]


def test_each_page_may_run_the_scripts_that_stand_in_it_by_their_hashes_and_nothing_else(site: Path) -> None:
    """The search page may compile WebAssembly besides."""
    for address, page in _pages(site):
        if address.startswith("/newsletter/"):
            assert page.scripts == [], address
            continue
        (policy,) = page.policies
        allowed = policy.partition("script-src ")[2].partition(";")[0].split()
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in page.scripts]
        besides = ["'wasm-unsafe-eval'"] if address == "/search/" else []
        assert sorted(allowed) == sorted([f"'sha256-{each}'" for each in hashes] + besides or ["'none'"]), address


def test_links_elsewhere_are_https_or_mail(site: Path) -> None:
    """Nothing leads to a scheme that could run something."""
    schemes = {urlsplit(written).scheme for _, page in _pages(site) for written in page.links}
    assert schemes <= {"", "https", "mailto"}


def test_ids_are_used_once_a_page(site: Path) -> None:
    """An anchor means one place."""
    for address, page in _pages(site):
        assert len(page.ids) == len(set(page.ids)), address


def test_every_page_has_one_first_heading(site: Path) -> None:
    """And only one."""
    for address, page in _pages(site):
        assert page.tags.count("h1") == 1, address


def test_the_sitemap_lists_every_page_and_nothing_else(site: Path) -> None:
    """Addresses are absolute, as the protocol wants them."""
    listed = set()
    for line in (site / "sitemap.xml").read_text(encoding="utf-8").splitlines():
        if "<loc>" in line:
            listed.add(line.partition("<loc>")[2].partition("</loc>")[0])
    redirects = {"/topics/adherance/", "/topics/adherance/meta-analysis/"}
    pages = {address for address, _ in _pages(site) if address.endswith("/")} - redirects  # no e-mail is a page
    assert listed == {f"https://digest.example.org{address}" for address in pages}


def test_an_old_address_leads_to_the_new_one(site: Path) -> None:
    """A former topic id has a page that says where it went."""
    page = _Page((site / "topics/adherance/index.html").read_text(encoding="utf-8"))
    assert "../../topics/adherence/" in page.links


def test_no_page_lists_all_entries_but_the_archive(site: Path) -> None:
    """A page depends on its own inputs: a new entry must not change every page."""
    entry = (site / "2020/12/when-therapy-does-harm/index.html").read_text(encoding="utf-8")
    assert entry.count("2023/") < 10


def test_in_a_folder_of_its_host_the_404_page_leads_into_the_folder(digest: Path, tmp_path: Path) -> None:
    """It is shown at any depth, so its links begin at the host's root."""
    configuration = digest / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    written = text.replace("https://digest.example.org/", "https://example.org/reading/digest/")
    configuration.write_text(written, encoding="utf-8")
    build(digest, tmp_path / "site", "--no-search")
    page = _Page((tmp_path / "site/404.html").read_text(encoding="utf-8"))
    own = [written for written in page.links + page.loaded if not written.startswith(("https://", "#"))]
    assert "/reading/digest/" in own
    assert "/reading/digest/search/" in own
    assert [written for written in own if not written.startswith("/reading/digest/")] == []
