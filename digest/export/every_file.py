"""All files that a site offers beside its pages: one line a format."""

from collections.abc import Iterator

from digest.export.cartridge import iter_cartridges
from digest.export.catalogue import iter_catalogue_files
from digest.export.citations import iter_citation_files
from digest.export.feeds import iter_feed_files
from digest.export.file import ExportedFile
from digest.export.headers import iter_header_files
from digest.export.newsletter import iter_newsletter_files
from digest.export.redirects import iter_redirect_files
from digest.export.robots import iter_robots_files
from digest.export.search_words import iter_search_files
from digest.export.security import iter_security_files
from digest.export.sitemap import iter_sitemap_files
from digest.pages import Site


def iter_exported_files(site: Site) -> Iterator[ExportedFile]:
    """Every file, each with an address of its own."""
    yield from iter_citation_files(site.links)
    yield from iter_cartridges(site)
    yield from iter_search_files(site.links)
    yield from iter_feed_files(site)
    yield from iter_newsletter_files(site)
    yield from iter_catalogue_files(site)
    yield from iter_sitemap_files(site)
    yield from iter_robots_files(site)
    yield from iter_header_files(site)
    yield from iter_redirect_files(site)
    yield from iter_security_files(site)
