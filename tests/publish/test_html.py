"""Every kind of page is valid HTML but for a few faults, mostly of the theme, which are listed and do not grow."""

from importlib import import_module
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def html(monkeypatch):
    """The script that asks html-validate."""
    monkeypatch.syspath_prepend(str(REPOSITORY / "scripts"))
    return import_module("_html")


@pytest.fixture
def faults(html, monkeypatch):
    """All faults of some pages; skipped where html-validate cannot be had."""
    npm = import_module("_npm")

    def find(site, pages):
        try:
            return html.find_faults(site, pages)
        except npm.NoProgram as failure:
            pytest.skip(str(failure))

    return find


def test_pages_of_every_kind_are_valid_but_for_what_is_known(html, faults, site):
    pages = html.pages_of_each_kind(site, 2)
    assert {"index.html", "404.html", "map/index.html"} <= {page.relative_to(site).as_posix() for page in pages}
    found = faults(site, pages)
    assert [fault for fault in found if not html.reason_of(fault)] == []
    assert {html.reason_of(fault) for fault in found} == {why for *_, why in html.KNOWN}, (
        "what is mended leaves the list"
    )


def test_a_fault_of_a_page_is_found(html, faults, tmp_path):
    page = tmp_path / "index.html"
    page.write_text(
        '<!doctype html>\n<html lang="en"><head><title>x</title></head><body><p><ul></ul></p></body></html>'
    )
    assert any(not html.reason_of(fault) for fault in faults(tmp_path, [page]))
