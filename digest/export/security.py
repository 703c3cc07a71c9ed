"""`/.well-known/security.txt` (RFC 9116): where a weakness of the site is reported, if the configuration says."""

import datetime
from collections.abc import Iterator
from functools import partial

from digest.export.file import ExportedFile
from digest.model.configuration import Configuration
from digest.pages import Site
from digest.pages.addresses import is_web_address
from digest.pages.linked_data import absolute

MONTHS_VALID = 6
"""Less than a year, as the RFC recommends (2.5.5); whole months, so that the file does not change every day."""


def iter_security_files(site: Site) -> Iterator[ExportedFile]:
    """The file, or nothing."""
    configuration = site.library.configuration
    if contact := _contact(configuration):
        yield ExportedFile("/.well-known/security.txt", partial(_write, configuration, contact, site.today))


def _contact(configuration: Configuration) -> str:
    """An address as a URI; the digest's own contact where there is none for this."""
    text = (configuration.digest.security_contact or configuration.digest.contact).strip()
    if is_web_address(text):
        return text if text.isprintable() and " " not in text else ""
    name, _, domain = text.removeprefix("mailto:").partition("@")
    sound = name and "." in domain and text.isascii() and not set(text) & set(" <>\"'\\\t\r\n,;")
    return f"mailto:{name}@{domain}" if sound else ""


def _write(configuration: Configuration, contact: str, today: datetime.date) -> bytes:
    lines = [f"Contact: {contact}", f"Expires: {_expires(today)}"]
    language = configuration.digest.language
    if language.isascii() and language.replace("-", "").isalnum():
        lines.append(f"Preferred-Languages: {language}")
    if address := absolute(configuration, "/.well-known/security.txt"):
        lines.append(f"Canonical: {address}")
    return ("\n".join(lines) + "\n").encode()


def _expires(today: datetime.date) -> str:
    months = today.year * 12 + today.month - 1 + MONTHS_VALID
    day = datetime.date(min(months // 12, datetime.MAXYEAR), months % 12 + 1, 1)
    return f"{day.isoformat()}T00:00:00Z"
