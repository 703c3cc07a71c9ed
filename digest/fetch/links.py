"""Whether a link still leads somewhere: HEAD, and where that is refused a GET of one byte. Nothing of a page is kept.

The one place where hosts are not on a list: the addresses are those that editors wrote. https only; a host whose
address is not one of the public internet is refused, at every redirect anew, on the connection itself (`transport`).
Raises nothing: whatever happens is a status.
"""

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, NameResolutionError

from digest.fetch.body import decode_json
from digest.fetch.client import REDIRECTS, Client, Limits, Service
from digest.fetch.crossref import JSON
from digest.fetch.pace import Clock, Pace
from digest.fetch.transport import (
    AddressRefused,
    Resolve,
    Sessions,
    is_public,
    make_public_session,
    make_session,
    resolve_host,
)
from digest.fetch.unpaywall import is_web_address

NO_HOST, PRIVATE, SLOW = "no-such-host", "private-address", "time-out"
CERTIFICATE, BROKEN, LOOP = "bad-certificate", "unreachable", "redirects-without-end"
NOT_HTTPS, MALFORMED = "not-https", "no-address"
MOST_REDIRECTS = 5
ARCHIVE = "https://web.archive.org/web/"
FINAL = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""The name server is sure that there is no such host; any other fault may be ours."""


@dataclass
class Links:
    """Tries links, one a second and host. Safe to use from several threads."""

    agent: str
    limits: Limits = field(default_factory=lambda: Limits(connect=10, read=15))
    clock: Clock = field(default_factory=Clock)
    pause: float = 1.0
    resolve: Resolve = resolve_host
    is_allowed: Callable[[str], bool] = is_public
    gateway: str = ""
    """For tests: an address on this machine that stands for every host, as `<gateway>/<host>/<path>`."""
    verify: bool | str = True

    def __post_init__(self) -> None:
        self._paces: dict[str, Pace] = {}
        self._lock = threading.Lock()
        self._sessions = Sessions()

    def close(self) -> None:
        """Close every connection."""
        self._sessions.close()

    def try_link(self, url: str) -> int | str:
        """The HTTP status that a link leads to in the end, or why there is none."""
        address = url.strip().partition("#")[0]
        for _ in range(MOST_REDIRECTS + 1):
            if fault := _fault_of(address):
                return fault
            status, onward = self._look(address)
            if not onward:
                return status
            try:
                address = urljoin(address, onward).partition("#")[0]
            except ValueError:
                return MALFORMED
        return LOOP

    def _look(self, address: str) -> tuple[int | str, str]:
        """Status of one address, and where it redirects to, if it does."""
        self._pace(urlsplit(address).netloc.lower()).wait()
        status, onward = self._request("HEAD", address)
        refused = isinstance(status, int) and status >= HTTPStatus.BAD_REQUEST
        if refused and status != HTTPStatus.TOO_MANY_REQUESTS:
            status, onward = self._request("GET", address)  # many servers know no HEAD
        return status, onward

    def _request(self, method: str, address: str) -> tuple[int | str, str]:
        parts = urlsplit(address)
        target = address
        if self.gateway:
            target = f"{self.gateway}/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        headers = {"Range": "bytes=0-0"} if method == "GET" else {}
        timeout = (self.limits.connect, self.limits.read)
        try:
            with self._session().request(
                method, target, headers=headers, timeout=timeout, stream=True, allow_redirects=False, verify=self.verify
            ) as answer:
                onward = answer.headers.get("Location", "") if answer.status_code in REDIRECTS else ""
                return answer.status_code, onward
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            return _status_of(error), ""

    def _pace(self, host: str) -> Pace:
        with self._lock:
            return self._paces.setdefault(host, Pace(self.clock, self.pause))

    def _session(self) -> requests.Session:
        if self.gateway:
            return self._sessions.get("gateway", lambda: make_session(self.agent, trust_environment=False))
        return self._sessions.get("public", lambda: make_public_session(self.agent, self.resolve, self.is_allowed))


def _fault_of(address: str) -> str:
    """Why an address is not even tried."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return MALFORMED
    if parts.scheme.lower() != "https":
        return NOT_HTTPS
    if not host or parts.username is not None or not is_web_address(address):
        return MALFORMED
    try:
        ip_address(host)
    except ValueError:
        return ""
    return "" if is_public(host) else PRIVATE


def _status_of(error: BaseException) -> str:
    """What went wrong, by the causes of an error."""
    seen = list(_causes(error))
    for kind, status in (
        (AddressRefused, PRIVATE),
        (requests.exceptions.Timeout, SLOW),
        (TimeoutError, SLOW),
        (requests.exceptions.SSLError, CERTIFICATE),
        (ssl.SSLError, CERTIFICATE),
        (requests.exceptions.InvalidURL, MALFORMED),
    ):
        if any(isinstance(each, kind) for each in seen):
            return status
    for each in seen:
        if isinstance(each, NameResolutionError):
            reasons = [cause for cause in _causes(each) if isinstance(cause, socket.gaierror)]
            return NO_HOST if any(reason.errno in FINAL for reason in reasons) else BROKEN
    return BROKEN


def _causes(error: BaseException | None) -> list[BaseException]:
    """An error with everything that led to it."""
    found: list[BaseException] = []
    todo = [error]
    while todo and len(found) < 20:  # noqa: PLR2004 - a chain has no more
        each = todo.pop(0)
        if each is None or each in found:
            continue
        found.append(each)
        inner = [getattr(each, "reason", None), *each.args, each.__cause__, each.__context__]
        todo += [cause for cause in inner if isinstance(cause, BaseException)]
    return found


def archive_service(base: str) -> Service:
    """The Internet Archive's list of what it holds."""
    return Service("archive", "the Internet Archive", base, 1.0)


def find_archived(client: Client, service: Service, url: str) -> str:
    """Address of the archived copy that is nearest, or nothing. https://archive.org/help/wayback_api.php"""
    found = client.ask(service, "wayback/available", {"url": url}, decode_json, accept=JSON).data
    for name in ("archived_snapshots", "closest"):
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("available") is not True or str(found.get("status")) != "200":
        return ""
    copy = found.get("url")
    if not isinstance(copy, str):
        return ""
    copy = copy.replace("http://", "https://", 1) if copy.startswith("http://") else copy
    return copy if copy.startswith(ARCHIVE) and is_web_address(copy) else ""
