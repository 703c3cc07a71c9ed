"""Addresses inside pages: written from the site's root, made relative at the very end.

A site may live in a folder of its host, so links between its pages are relative. An excerpt is rendered once and
stands on pages at several depths: until a page is complete its links begin with a mark that stands for the root.
"""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

ROOT = "\ue000"
"""Stands for the way to the root; a private-use character that no address has."""
MAIL = re.compile(r"[\w.!#$%&'*+/=^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
"""What HTML's `<input type=email>` takes, letters of any alphabet besides."""


def from_root(address: str) -> str:
    """`/topics/training/` as it is written until the page is complete."""
    return ROOT + address


@lru_cache(maxsize=20_000)
def link(address: str) -> Markup:
    """The same for templates; addresses of other sites are left as they are."""
    return Markup(escape(from_root(address) if address.startswith("/") else address))  # noqa: S704 - escaped


def is_web_address(address: str) -> bool:
    """Whether a page may lead there: a preview shows what `check` refuses, and a file may say `javascript:`."""
    return address.lower().startswith(("https://", "http://")) and bool(host(address))


def mail_link(address: str, subject: str = "", text: str = "") -> str:
    """An address for e-mail as a link, with what the message begins with; nothing for what is no such address.

    RFC 6068; the line ends of its section 5.
    """
    if not MAIL.fullmatch(address):
        return ""
    parts = {"subject": " ".join(subject.split()), "body": text.replace("\n", "\r\n")}
    query = "&".join(f"{name}={quote(value, safe='', errors='replace')}" for name, value in parts.items() if value)
    return f"mailto:{quote(address, safe='@+')}" + (f"?{query}" if query else "")


@lru_cache(maxsize=20_000)
def host(address: str) -> str:
    """`journal.example.org` of an address, or nothing."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def folder_of(site_url: str) -> str:
    """The folder of its host in which the site stands, `/` or `/digest/`, fit for an attribute."""
    try:
        path = urlsplit(site_url).path
    except ValueError:
        path = ""
    return quote(path.rstrip("/"), safe="/%:@!$&()*+,;=~") + "/"


def relativise(html: str, address: str) -> str:
    """Make every marked link of a page relative to the page's own address."""
    depth = address.count("/") - 1
    prefix = "../" * depth
    html = html.replace(f'"{ROOT}/"', f'"{prefix or "./"}"').replace(f'"{ROOT}/#', f'"{prefix or "./"}#')
    return html.replace(f'"{ROOT}/', f'"{prefix}')
