"""Unpaywall: where a work may be read by anybody. https://unpaywall.org/products/api (version 2)"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from digest.fetch.body import decode_json
from digest.fetch.client import Answer, Client, Service
from digest.fetch.crossref import JSON
from digest.model.identifier import bare_doi
from digest.model.status import OpenAccess
from digest.read.jats import plain_text

ADDRESSES = ("url_for_landing_page", "url", "url_for_pdf")
"""The page first: it says what the copy is."""
LONGEST = 2000


def unpaywall_service(base: str, contact: str) -> Service:
    """It answers nobody without an e-mail address."""
    return Service("unpaywall", "Unpaywall", base, 0.1, {"email": contact} if contact else {})


def fetch_open_access(client: Client, service: Service, doi: str) -> Answer[OpenAccess]:
    """The best open copy of the work with this DOI; its data is None where no copy is known."""
    found = client.ask(service, quote(bare_doi(doi), safe=""), {}, _decode, accept=JSON)
    return Answer((found.data or (None,))[0], found.fetched, found.is_kept)


def _decode(body: bytes, content_type: str) -> tuple[OpenAccess | None]:
    return (parse_open_access(decode_json(body, content_type)),)


def parse_open_access(data: object) -> OpenAccess | None:
    """The best open copy in a record; None where it names none that has an address of the web."""
    record = data if isinstance(data, Mapping) else {}
    location: Any = record.get("best_oa_location")
    if record.get("is_oa") is not True or not isinstance(location, Mapping):
        return None
    for field in ADDRESSES:
        url = location.get(field)
        if isinstance(url, str) and is_web_address(url):
            return OpenAccess(url.strip(), _word(location, "license"), _word(location, "version"))
    return None


def is_web_address(url: str) -> bool:
    """Whether a page may link to this: an address of the web without odd characters."""
    url = url.strip()
    if len(url) > LONGEST or not url.isprintable() or any(char in ' "<>\\`{}|^' for char in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in {"https", "http"} and bool(parts.hostname) and parts.username is None


def _word(location: Mapping[str, Any], field: str) -> str:
    value = location.get(field)
    return plain_text(value)[:60] if isinstance(value, str) else ""
