"""What the program adds to a rendered site, and what it takes away."""

import datetime
import shutil
from html import escape
from pathlib import Path

from digest.export import iter_exported_files
from digest.pages import Redirect, Site

MARK = ".digest-site"
"""A file that says that a folder is a built site, and so may be replaced."""
MARK_TEXT = "This folder is made by `digest build`, which replaces all of it.\n"
NOT_OURS = (
    "sitemap.xml.gz",
    "sitemap.xml",
    "search.json",
    "search/search_index.json",
    "objects.inv",
    "assets/javascripts",
)
"""What engines write beside the pages: times of the build, an index nobody asks for, scripts that no page loads."""


def finish_site(site: Site, digest_root: Path, target: Path) -> None:
    """Make the rendered tree the one that is published: whatever is no page is written here."""
    for name in NOT_OURS:
        path = target / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for page in site.pages:
        for asset in page.assets:
            _copy(digest_root / asset.path, target / asset.address.strip("/"))
    for redirect in site.redirects:
        path = target / redirect.address.strip("/") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(redirect_page(redirect), encoding="utf-8", newline="\n")
    for file in iter_exported_files(site):
        path = target / file.address.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (target / "sitemap.xml").write_text(sitemap(site), encoding="utf-8", newline="\n")
    (target / MARK).write_text(MARK_TEXT, encoding="utf-8", newline="\n")


def sitemap(site: Site) -> str:
    """Every page with its address; entries with their day. https://www.sitemaps.org/protocol.html."""
    base = site.library.configuration.site.site_url.rstrip("/")
    rows = "".join(_row(base + page.address, page.data.get("date")) for page in site.pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )


def _row(address: str, day: object) -> str:
    lastmod = ""
    if isinstance(day, str):
        lastmod = f"<lastmod>{datetime.date.fromisoformat(day).isoformat()}</lastmod>"
    return f"<url><loc>{escape(address)}</loc>{lastmod}</url>\n"


def redirect_page(redirect: Redirect) -> str:
    """A page for an old address, which needs no script."""
    way = "../" * (redirect.address.count("/") - 1)
    target = escape(way + redirect.target.lstrip("/") or "./", quote=True)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>This page has moved</title>\n'
        f'<link rel="canonical" href="{target}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n</head>\n'
        "<body>\n<h1>This page has moved</h1>\n"
        f'<p><a href="{target}">Go to its new address</a></p>\n</body>\n</html>\n'
    )


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
