"""Whether a page may lead a visitor to where a study's sign-up says: https, a known host, an address of e-mail."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


def url_fault(url: str, hosts: Sequence[str]) -> str:
    """Why a page may not lead to an address, in words that follow on the address; empty where it may."""
    if any(not char.isprintable() or char in ' \\"<>`' for char in url):
        return "holds characters that no address has"
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "is no address"
    faults = (
        ("does not begin with https://", parts.scheme.lower() != "https"),
        ("holds a user's name before its host", parts.username is not None),
        ("names a port", port not in {None, 443}),
        ("names no host", not host),
        (f"leads to '{host}', which is not on the list `sign_up_hosts`", not any(_is_of(host, each) for each in hosts)),
    )
    return next((words for words, is_so in faults if is_so), "")


def _is_of(host: str, known: str) -> bool:
    """`*.example.org` stands for every host below `example.org`."""
    known = known.strip().lower()
    return host.endswith(known[1:]) if known.startswith("*.") else host == known


def email_fault(email: str) -> str:
    """The same for an address of e-mail."""
    return "" if EMAIL.fullmatch(email) else "is no address of e-mail"
