"""What a web host sends with the files: the Content-Security-Policy and its companions, in the hosts' own languages.

`/_headers` is read by Netlify and Cloudflare Pages (https://docs.netlify.com/routing/headers/,
https://developers.cloudflare.com/pages/configuration/headers/), `/_headers.nginx` is included by an nginx server block.
One policy suits every page, since hosts join the values of several rules; pages are stricter in their own `<meta>`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from digest.export.file import ExportedFile
from digest.model.configuration import Configuration
from digest.pages import Site
from digest.pages.addresses import folder_of
from digest.pages.policy import site_policy

YEAR = 365 * 24 * 60 * 60
CACHED = "public, max-age=600, stale-while-revalidate=86400"
FOREVER = f"public, max-age={YEAR}, immutable"
"""For files whose name changes with what is in them."""
ORIGIN = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?=/|$)")


def iter_header_files(site: Site) -> Iterator[ExportedFile]:
    """The headers for hosts that read a file, and for nginx."""
    configuration = site.library.configuration
    yield ExportedFile("/_headers", partial(_write_headers, configuration))
    yield ExportedFile("/_headers.nginx", partial(_write_nginx, configuration))


def security_headers(configuration: Configuration) -> Mapping[str, str]:
    """Sent with every file."""
    framed_by = [origin for each in configuration.digest.framed_by if (origin := _origin(each))]
    headers = {
        "Content-Security-Policy": site_policy(framed_by),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "" if framed_by else "SAMEORIGIN",  # it cannot name others; the policy above counts more
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": f"max-age={YEAR}" if configuration.site.site_url.startswith("https:") else "",
    }
    return {name: value for name, value in headers.items() if value}


def _origin(address: str) -> str:
    """`https://learn.example.org` of an address there; nothing else may stand in the policy."""
    found = ORIGIN.match(address.strip())
    return found[0] if found else ""


def _write_headers(configuration: Configuration) -> bytes:
    root = folder_of(configuration.site.site_url).rstrip("/")
    lines = ["/*", *(f"  {name}: {value}" for name, value in security_headers(configuration).items())]
    for folder, value in _cached():
        lines += [f"{root}{folder}*", f"  Cache-Control: {value}"]
    return ("\n".join(lines) + "\n").encode()


def _write_nginx(configuration: Configuration) -> bytes:
    """Each `location` repeats all headers: nginx forgets those of the block around it."""
    sent = [f'add_header {name} "{value}" always;' for name, value in security_headers(configuration).items()]
    lines = ["# Inside the server block of the site: include /path/to/site/_headers.nginx;", *sent]
    root = folder_of(configuration.site.site_url).rstrip("/")
    for folder, value in _cached():
        lines += [f"location ^~ {root}{folder} {{", *(f"    {line}" for line in sent)]
        lines += [f'    add_header Cache-Control "{value}" always;', "}"]
    return ("\n".join(lines) + "\n").encode()


def _cached() -> Iterator[tuple[str, str]]:
    """Folders of files that a browser may keep: the theme's styles are named after their content, ours are not."""
    yield "/assets/stylesheets/", FOREVER
    yield "/assets/digest/", CACHED
