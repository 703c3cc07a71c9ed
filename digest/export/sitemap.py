"""`/sitemap.xml`: every page that is to be found, and when what is on it changed (https://www.sitemaps.org/protocol.html)."""

import datetime
from collections.abc import Iterator
from functools import partial
from html import escape

from digest.export.file import ExportedFile
from digest.pages import Site
from digest.pages.page import PlannedPage


def iter_sitemap_files(site: Site) -> Iterator[ExportedFile]:
    """The sitemap."""
    yield ExportedFile("/sitemap.xml", partial(_write, site))


def _write(site: Site) -> bytes:
    base = site.library.configuration.site.site_url.rstrip("/")
    rows = "".join(_row(base, planned) for planned in site.plan if planned.listed)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
    return text.encode("utf-8", "replace")


def _row(base: str, planned: PlannedPage) -> str:
    day: datetime.date | None = planned.changed
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<url><loc>{escape(base + planned.address)}</loc>{changed}</url>\n"
