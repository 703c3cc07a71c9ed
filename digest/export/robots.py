"""`/robots.txt` (RFC 9309): everything may be read, and where the sitemap is."""

from collections.abc import Iterator
from functools import partial

from digest.export.file import ExportedFile
from digest.model.configuration import Configuration
from digest.pages import Site
from digest.pages.linked_data import absolute


def iter_robots_files(site: Site) -> Iterator[ExportedFile]:
    """The file. Robots look for it at the root of a host alone: a site in a folder of one is not harmed by it."""
    yield ExportedFile("/robots.txt", partial(_write, site.library.configuration))


def _write(configuration: Configuration) -> bytes:
    sitemap = absolute(configuration, "/sitemap.xml")
    lines = ["User-agent: *", "Disallow:", *(["", f"Sitemap: {sitemap}"] if sitemap else ())]
    return ("\n".join(lines) + "\n").encode()
