"""What the program adds to a rendered site, and what it takes away."""

import datetime
import shutil
from pathlib import Path
from xml.sax.saxutils import escape

from digest.pages import Site

MARK = ".digest-site"
"""A file that says that a folder is a built site, and so may be replaced."""
MARK_TEXT = "This folder is made by `digest build`, which replaces all of it.\n"
NOT_OURS = (
    "sitemap.xml.gz",
    "sitemap.xml",
    "search.json",
    "search",
    "objects.inv",
    "assets/javascripts",
)
"""What engines write beside the pages: times of the build, an index nobody asks for, scripts that no page loads."""


def finish_site(site: Site, target: Path) -> None:
    """Make the rendered tree the one that is published."""
    for name in NOT_OURS:
        path = target / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
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
