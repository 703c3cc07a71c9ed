"""One question to one service: politely asked, patiently repeated, answered in data or in one clear sentence.

https only, and only to the hosts of its services; a redirect to another host is not followed. A question that failed
for a passing reason is asked again, after as long as `Retry-After` says. Answers are kept in a cache. Raises the faults
of `digest.errors.NetworkFault` and nothing else.
"""

import datetime
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from ipaddress import ip_address
from typing import Generic, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from digest.errors import AnswerUnusable, NetworkFault, NotFetchedYet
from digest.fetch.body import MEGABYTE, Unusable, read_body
from digest.fetch.cache import Cache, Kept
from digest.fetch.faults import AGAIN_LATER, Passing, as_fault, as_refusal, as_unusable
from digest.fetch.pace import Clock, Pace, retry_after
from digest.fetch.transport import Sessions, make_session

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Decode = Callable[[bytes, str], T]
"""Body and content type to data. Raises Unusable."""
MISSING = frozenset({404, 410})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 3


class CacheUse(Enum):
    """When an answer that was kept is taken for the service's own."""

    YOUNG = "as long as it is young"
    NONE = "never: every question is asked anew"
    ONLY = "always, and nothing is asked: --offline"


@dataclass(frozen=True)
class Limits:
    """How long and how large; seconds and bytes."""

    connect: float = 10
    read: float = 30
    """For each sign of life, and for the whole header."""
    whole: float = 120
    """For one question with everything that is repeated."""
    attempts: int = 4
    first_pause: float = 1
    """Before the second attempt; doubled before each further one."""
    longest_pause: float = 60
    """If a service wants a longer one, the question is given up."""
    largest: int = 16 * MEGABYTE
    cache_age: datetime.timedelta = datetime.timedelta(days=1)
    """An answer kept so long is taken for the service's own."""


@dataclass(frozen=True)
class Service:
    """A service that may be asked."""

    name: str
    """In `bib/status.json`: `crossref`."""
    label: str
    """In messages: `Crossref`."""
    base: str
    """Its address, without `/` at the end."""
    pause: float
    """Seconds between two questions, until it says otherwise."""
    identify: Mapping[str, str] = field(default_factory=dict)
    """Parameters that say who asks; they make no other question."""

    def __post_init__(self) -> None:
        if not self.base.startswith("https://") and not is_of_this_machine(self.base):
            raise ValueError(f"{self.label} is asked over https only, not at {self.base}")

    @property
    def origin(self) -> tuple[str, str]:
        """Scheme and host, with the port."""
        parts = urlsplit(self.base)
        return parts.scheme, parts.netloc.lower()


@dataclass(frozen=True)
class Answer(Generic[T_co]):
    """What a service said, and when; `data` is None where it knows no such thing."""

    data: T_co | None
    fetched: datetime.datetime
    is_kept: bool
    """It comes from the cache."""


class Client:
    """Asks services. Safe to use from several threads."""

    def __init__(
        self,
        *,
        agent: str,
        cache: Cache | None = None,
        use: CacheUse = CacheUse.YOUNG,
        limits: Limits | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.clock = clock or Clock()
        self._agent = agent
        self._cache = cache or Cache()
        self._use = use
        self._paces: dict[str, Pace] = {}
        self._lock = threading.Lock()
        self._sessions = Sessions()

    def close(self) -> None:
        """Close every connection."""
        self._sessions.close()

    def ask(
        self, service: Service, path: str, parameters: Mapping[str, str], decode: Decode[T], *, accept: str
    ) -> Answer[T]:
        """Ask one question: GET `path` below the service's address, with the parameters."""
        address = _address(service, path, parameters)
        kept = self._find_kept(service, address, decode)
        if kept is not None:
            return kept
        if self._use is CacheUse.ONLY:
            raise NotFetchedYet(
                f"{service.label} was never asked this, and --offline asks nobody", "run it once with a network"
            )
        answer, data = self._ask_patiently(
            service, _address(service, path, {**parameters, **service.identify}), decode, accept
        )
        self._cache.keep(address, answer)
        return Answer(data, answer.fetched, is_kept=False)

    def find_kept(
        self, service: Service, path: str, parameters: Mapping[str, str], decode: Decode[T]
    ) -> Answer[T] | None:
        """The answer that is kept for a question, if it is young enough; whatever its age when offline."""
        return self._find_kept(service, _address(service, path, parameters), decode)

    def keep(self, service: Service, path: str, parameters: Mapping[str, str], body: bytes, content_type: str) -> None:
        """Keep a part of an answer as if it alone had been asked for."""
        kept = Kept(HTTPStatus.OK, content_type, body, self.clock.now())
        self._cache.keep(_address(service, path, parameters), kept)

    def _find_kept(self, service: Service, address: str, decode: Decode[T]) -> Answer[T] | None:
        kept = self._cache.find(address)
        if kept is None or self._use is CacheUse.NONE:
            return None
        age = self.clock.now() - kept.fetched
        if self._use is CacheUse.YOUNG and not datetime.timedelta(0) <= age <= self.limits.cache_age:
            return None
        try:
            return Answer(_data(service, kept, decode), kept.fetched, is_kept=True)
        except NetworkFault:
            return None  # as a damaged file

    def _ask_patiently(self, service: Service, address: str, decode: Decode[T], accept: str) -> tuple[Kept, T | None]:
        """Ask until there is an answer, the reason is no passing one, or the time is up."""
        pace = self._pace(service)
        pace.wait()
        end = self.clock.monotonic() + self.limits.whole
        attempt = 1
        while True:
            try:
                kept = self._exchange(service, address, accept, end)
                return kept, _data(service, kept, decode)
            except Passing as passing:
                pause = self.limits.first_pause * 2 ** (attempt - 1) if passing.pause is None else passing.pause
                too_long = pause > self.limits.longest_pause or self.clock.monotonic() + pause >= end
                if attempt >= self.limits.attempts or too_long:
                    raise passing.fault from passing
                pace.rest(pause)
                pace.wait()
                attempt += 1

    def _exchange(self, service: Service, address: str, accept: str, end: float) -> Kept:
        """One request, and up to three more where the service moves within its own host."""
        for _ in range(MOST_REDIRECTS + 1):
            _require_allowed(service, address)
            left = max(0.1, end - self.clock.monotonic())
            try:
                with self._session(service).get(
                    address,
                    headers={"Accept": accept},
                    timeout=(min(self.limits.connect, left), min(self.limits.read, left)),
                    stream=True,
                    allow_redirects=False,
                ) as answer:
                    if answer.status_code not in REDIRECTS:
                        return self._take(service, answer, end)
                    address = urljoin(address, answer.headers.get("Location", ""))
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                raise as_fault(service.label, error, self.limits.read) from error
        raise AnswerUnusable(f"{service.label} leads from one address to the next without end", AGAIN_LATER)

    def _take(self, service: Service, answer: requests.Response, end: float) -> Kept:
        pace = self._pace(service)
        pace.learn(answer.headers)
        status, kind = answer.status_code, answer.headers.get("Content-Type", "")
        now = self.clock.now()
        if status in MISSING:
            return Kept(status, kind, b"", now)
        if status != HTTPStatus.OK:
            raise as_refusal(service.label, status, retry_after(answer.headers.get("Retry-After"), now))
        raw: BaseHTTPResponse = answer.raw
        try:
            body = read_body(raw, self.limits.largest, max(0.01, end - self.clock.monotonic()))
        except Unusable as unusable:
            raise as_unusable(service.label, unusable) from unusable
        return Kept(status, kind, body, now)

    def _pace(self, service: Service) -> Pace:
        with self._lock:
            return self._paces.setdefault(service.origin[1], Pace(self.clock, service.pause))

    def _session(self, service: Service) -> requests.Session:
        scheme = service.origin[0]  # http is a test's, on this machine: no proxy
        return self._sessions.get(scheme, lambda: make_session(self._agent, trust_environment=scheme == "https"))


def is_of_this_machine(address: str) -> bool:
    """Whether it is `http://127.0.0.1:1234` or its like, as tests use: no name, which could lead elsewhere."""
    try:
        parts = urlsplit(address)
        here = ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
    return here and parts.scheme == "http" and parts.username is None and not parts.query and not parts.fragment


def _address(service: Service, path: str, parameters: Mapping[str, str]) -> str:
    query = urlencode(sorted(parameters.items()))
    return f"{service.base}/{path}" + (f"?{query}" if query else "")


def _require_allowed(service: Service, address: str) -> None:
    parts = urlsplit(address)
    if (parts.scheme, parts.netloc.lower()) != service.origin:
        shown = f"{parts.scheme}://{parts.netloc}"[:100]
        raise AnswerUnusable(f"{service.label} leads elsewhere, to {shown!r}, which is not followed", AGAIN_LATER)


def _data(service: Service, kept: Kept, decode: Decode[T]) -> T | None:
    if kept.status in MISSING:
        return None
    try:
        return decode(kept.body, kept.content_type)
    except Unusable as unusable:
        raise as_unusable(service.label, unusable) from unusable
