"""Old addresses and where they lead now, once more for hosts that redirect by themselves: `/_redirects`.

Netlify and Cloudflare Pages answer such an address before any page is read
(https://docs.netlify.com/routing/redirects/, https://developers.cloudflare.com/pages/configuration/redirects/). On any
other host the page at the old address leads on.
"""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from digest.export.file import ExportedFile
from digest.pages import Site
from digest.pages.addresses import folder_of


def iter_redirect_files(site: Site) -> Iterator[ExportedFile]:
    """The file, if anything has moved."""
    if site.redirects:
        yield ExportedFile("/_redirects", partial(_write, site))


def _write(site: Site) -> bytes:
    folder = folder_of(site.library.configuration.site.site_url).rstrip("/")
    lines = [f"{folder}{quote(each.address)} {folder}{quote(each.target)} 301\n" for each in site.redirects]
    return "".join(lines).encode()
