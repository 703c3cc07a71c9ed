"""Connections that nobody can hold open: HTTP sessions with the two things that requests leaves to its user.

An answer whose header drips in byte by byte ends at the read time-out, and a session for strangers' addresses connects
to public addresses only: a name is resolved once, every address of it checked, and the connection made to what was
checked, so that no second answer of the name server can lead elsewhere.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Any, Protocol, Self

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.response import HTTPResponse
from urllib3.util.connection import create_connection

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port to the addresses of the host. Raises socket.gaierror."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that a gateway translates to IPv4: RFC 6052."""


class AddressRefused(OSError):
    """The host is not one of the public internet."""


class _Socket(Protocol):
    def shutdown(self, how: int, /) -> None: ...


class Watch:
    """Ends what is going on with a socket after so many seconds, however busy the other side seems."""

    def __init__(self, seconds: float, shut: Callable[[], object]) -> None:
        self.fired = False
        self._shut = shut
        self._timer = threading.Timer(seconds, self._fire)
        self._timer.daemon = True

    def _fire(self) -> None:
        self.fired = True
        try:
            self._shut()
        except (OSError, ValueError, RuntimeError):
            return  # over already

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()


class _Watched(HTTPConnection):
    """Reads the whole header within the read time-out."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override] # as urllib3's own does
        sock: _Socket = self.sock
        with Watch(self.timeout or 60, lambda: sock.shutdown(socket.SHUT_RDWR)) as watch:
            try:
                answer = super().getresponse()
            except (OSError, HTTPException, ValueError) as error:
                if watch.fired:
                    raise TimeoutError("the header came too slowly") from error
                raise
        if watch.fired:  # http.client takes a header that breaks off for a whole one
            answer.close()
            raise TimeoutError("the header came too slowly")
        return answer


class _WatchedHTTPS(_Watched, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPS


class _Adapter(HTTPAdapter):
    """Makes connections of our own classes, through a proxy as well."""

    def __init__(self, https: type[HTTPSConnectionPool] = _HTTPSPool) -> None:
        self._pools = {"http": _Pool, "https": https}
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002 - requests' signature
        """None at all: requests would read the whole body first, and follow to any host."""
        return


class Sessions:
    """A session for each thread and purpose, made when it is asked for: none is promised to work in several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[tuple[int, str], requests.Session] = {}

    def get(self, purpose: str, make: Callable[[], requests.Session]) -> requests.Session:
        """The session of this thread."""
        key = threading.get_ident(), purpose
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            return self._made[key]

    def close(self) -> None:
        """Close every connection; a session that is asked for again opens new ones."""
        with self._lock:
            for session in self._made.values():
                session.close()
            self._made.clear()


def make_session(agent: str, *, trust_environment: bool) -> requests.Session:
    """A session without cookies and credentials; with the environment's proxies if it is trusted."""
    return _dress(_Session(), agent, _Adapter(), trust_environment=trust_environment)


def make_public_session(agent: str, resolve: Resolve, is_allowed: Callable[[str], bool]) -> requests.Session:
    """A session that connects to allowed addresses only, and through no proxy: that would resolve names itself."""

    class PublicConnection(_WatchedHTTPS):
        def _new_conn(self) -> socket.socket:
            return _connect(self, resolve, is_allowed)

    class PublicPool(HTTPSConnectionPool):
        ConnectionCls = PublicConnection

    return _dress(_Session(), agent, _Adapter(PublicPool), trust_environment=False)


def _dress(session: _Session, agent: str, adapter: HTTPAdapter, *, trust_environment: bool) -> requests.Session:
    session.trust_env = trust_environment
    session.auth = _no_credentials  # else requests looks into ~/.netrc
    session.headers.update({"User-Agent": agent, "Accept-Encoding": "gzip"})
    session.cookies = RequestsCookieJar(DefaultCookiePolicy(allowed_domains=[]))
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _no_credentials(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _connect(connection: HTTPConnection, resolve: Resolve, is_allowed: Callable[[str], bool]) -> socket.socket:
    """Connect to the first address that answers, if every one is allowed."""
    try:
        addresses = resolve(connection.host, connection.port)
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    if refused := [address for address in addresses if not is_allowed(address)]:
        raise AddressRefused(f"'{connection.host}' is {refused[0]}, which is not an address of the public internet")
    failure: OSError | None = None
    for address in addresses:
        try:
            return create_connection((address, connection.port), connection.timeout)
        except OSError as error:
            failure = error
    if isinstance(failure, TimeoutError):
        raise failure
    raise NewConnectionError(connection, f"no address of '{connection.host}' answers") from failure


def resolve_host(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, and not of this machine, its network or its cloud."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.scope_id or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
