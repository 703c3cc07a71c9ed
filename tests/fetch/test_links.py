"""Links: tried politely, one host a second, and never anything but the public internet."""

import dataclasses
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetch import Clock
from digest.fetch.links import Links, find_archived
from digest.fetch.transport import is_public
from tests.fetch.fake import TIME_OUT, Server

CERTIFICATE = Path(__file__).with_name("loopback.pem")
PAGE = "https://report.example.net/straw"


@pytest.fixture
def links(services):
    return services.links


def asked(world):
    return [path for service, path, _ in world.asked if service == "links"]


@pytest.mark.parametrize("status", [200, 204, 403, 404, 410, 451, 429, 500, 503])
def test_the_status_is_what_the_page_answers(world, links, status):
    world.links["report.example.net/straw"] = status
    assert links.try_link(PAGE) == status


def test_head_comes_first_and_a_get_of_one_byte_where_it_is_refused(world, links):
    methods = []

    def only_get(handler):
        methods.append((handler.command, handler.headers.get("Range")))
        return 405 if handler.command == "HEAD" else 206

    world.links["report.example.net/straw"] = only_get
    assert links.try_link(PAGE) == 206
    assert methods == [("HEAD", None), ("GET", "bytes=0-0")]


def test_a_host_that_wants_rest_is_left_alone(world, links):
    world.links["report.example.net/straw"] = 429
    links.try_link(PAGE)
    assert asked(world) == ["report.example.net/straw"]


@pytest.mark.parametrize(
    ("onward", "status"),
    [
        ("https://new.example.net/straw", 200),
        ("/moved", 200),
        ("https://new.example.net/gone", 404),
        ("http://new.example.net/straw", "not-https"),
        ("https://127.0.0.1/secret", "private-address"),
        ("https://[::1]/secret", "private-address"),
        ("https://169.254.169.254/latest/meta-data/", "private-address"),
        ("https://me:secret@new.example.net/", "no-address"),
        ("file:///etc/passwd", "not-https"),
        ("//[", "no-address"),
        (PAGE, "redirects-without-end"),
    ],
)
def test_a_redirect_is_followed_only_to_where_one_may_go(world, links, onward, status):
    world.links |= {"report.example.net/straw": onward, "new.example.net/straw": 200, "report.example.net/moved": 200}
    assert links.try_link(PAGE) == status
    assert not any("127.0.0.1" in path or "169.254" in path or "etc" in path for path in asked(world))


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://report.example.net/", "not-https"),
        ("ftp://report.example.net/", "not-https"),
        ("https://", "no-address"),
        ("https:///x", "no-address"),
        ("https://[::1", "no-address"),
        ("https://[#", "no-address"),
        ("https://a.example.net:99999/", "no-address"),
        ("https://10.0.0.1/", "private-address"),
        ("https://127.0.0.1:8443/", "private-address"),
        ("https://[::ffff:127.0.0.1]/", "private-address"),
        ("https://[fe80::1]/", "private-address"),
    ],
)
def test_what_cannot_be_tried_is_not(world, links, url, status):
    assert links.try_link(url) == status
    assert asked(world) == []


@given(st.text(max_size=40), st.sampled_from(["", "https://", "https://a.example.net/", "https://["]))
def test_whatever_an_editor_writes_is_a_status(text, before):
    def nobody(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    links = Links("test", clock=Clock(sleep=lambda _: None), resolve=nobody)
    assert isinstance(links.try_link(before + text), str)


def test_a_fragment_is_not_sent(world, links):
    world.links["report.example.net/straw"] = 200
    assert links.try_link(f"{PAGE}#results") == 200


def test_a_late_page_costs_its_time_only(world, make_services, hasty):
    world.faults["links"] = "late"
    assert make_services(limits=hasty).links.try_link(PAGE) == "time-out"


def test_one_host_is_asked_once_a_second(world, links, hurried):
    links.pause = 1.0
    for number in range(3):
        links.try_link(f"{PAGE}/{number}")
        links.try_link("https://news.example.net/straw")
    assert sum(hurried.waited) == pytest.approx(3, abs=1.9)
    assert all(seconds <= 1 for seconds in hurried.waited)


# on the connection itself


class Page(BaseHTTPRequestHandler):
    hosts: list[str]

    def do_HEAD(self):
        self.hosts.append(self.headers["Host"])
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def page():
    """A page over TLS, whose certificate is for links.example.net."""
    Page.hosts = []
    server = Server(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


MADE: list[Links] = []


@pytest.fixture(autouse=True)
def closed():
    yield
    while MADE:
        MADE.pop().close()


def make_links(resolve, is_allowed=lambda _: True, **options):
    options = {"verify": str(CERTIFICATE), **options}
    links = Links("test", clock=Clock(sleep=lambda _: None), resolve=resolve, is_allowed=is_allowed, **options)
    MADE.append(links)
    return links


def test_the_connection_goes_to_the_address_that_was_checked_and_the_certificate_is_the_hosts(page):
    answers = iter([["127.0.0.1"]])
    links = make_links(lambda host, port: next(answers))
    assert links.try_link(f"https://links.example.net:{page.server_port}/a") == 200
    assert Page.hosts == [f"links.example.net:{page.server_port}"]


def test_a_certificate_of_another_host_is_told(page):
    links = make_links(lambda host, port: ["127.0.0.1"])
    assert links.try_link(f"https://elsewhere.example.net:{page.server_port}/a") == "bad-certificate"
    assert (
        make_links(lambda host, port: ["127.0.0.1"], verify=True).try_link(
            f"https://links.example.net:{page.server_port}/a"
        )
        == "bad-certificate"
    )
    assert Page.hosts == []


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["::1"], ["93.184.216.34", "10.0.0.1"], ["169.254.169.254"], ["fe80::1%eth0"], ["x"]]
)
def test_a_name_that_stands_for_a_private_address_is_refused_before_anything_is_sent(page, addresses):
    links = make_links(lambda host, port: addresses, is_public)
    assert links.try_link(f"https://links.example.net:{page.server_port}/a") == "private-address"
    assert Page.hosts == []


def test_a_name_that_changes_its_mind_is_asked_once_for_each_connection(page):
    given_out = []

    def rebind(host, port):
        given_out.append(host)
        return ["127.0.0.1"] if len(given_out) > 1 else ["192.0.2.1"]

    seen = []

    def is_allowed(address):
        seen.append(address)
        return address != "192.0.2.1"

    links = make_links(rebind, is_allowed)
    assert links.try_link(f"https://links.example.net:{page.server_port}/a") == "private-address"
    assert seen == ["192.0.2.1"]
    assert given_out == ["links.example.net"]
    assert Page.hosts == []


@pytest.mark.parametrize(
    ("error", "status"),
    [(socket.EAI_NONAME, "no-such-host"), (socket.EAI_AGAIN, "unreachable"), (socket.EAI_FAIL, "unreachable")],
)
def test_only_a_name_that_surely_is_none_is_no_such_host(error, status):
    def fail(host, port):
        raise socket.gaierror(error, "said the name server")

    assert make_links(fail).try_link("https://links.example.net/") == status


def test_a_closed_port_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert make_links(lambda *_: ["127.0.0.1"]).try_link(f"https://links.example.net:{port}/") == "unreachable"


def test_a_host_that_accepts_and_says_nothing_is_slow(limits):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        links = make_links(lambda *_: ["127.0.0.1"], limits=dataclasses.replace(limits, connect=TIME_OUT))
        assert links.try_link(f"https://links.example.net:{silent.getsockname()[1]}/") == "time-out"


def test_no_proxy_is_asked(page, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert make_links(lambda *_: ["127.0.0.1"]).try_link(f"https://links.example.net:{page.server_port}/") == 200


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_addresses_of_the_public_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.1.2.3",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fc00::1", "fe80::1"),
        *(
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "2001:db8::1",
        ),
        *("fe80::1%eth0", "2606:2800::1%1", "", "localhost", "1", "127.1", "0x7f000001"),
    ],
)
def test_every_other_address_is_not(address):
    assert not is_public(address)


# the archive


def test_a_dead_link_has_an_archived_copy(world, services):
    world.archived[PAGE] = {
        "available": True,
        "status": "200",
        "timestamp": "20230101000000",
        "url": f"http://web.archive.org/web/20230101000000/{PAGE}",
    }
    copy = find_archived(services.client, services.archive, PAGE)
    assert copy == f"https://web.archive.org/web/20230101000000/{PAGE}"
    assert find_archived(services.client, services.archive, "https://other.example.net/") == ""


@pytest.mark.parametrize(
    "closest",
    [
        *(
            None,
            [],
            1,
            {},
            {"available": False},
            {"available": True, "status": "404", "url": "https://web.archive.org/web/1"},
        ),
        {"available": True, "status": "200", "url": "https://evil.example.org/web/"},
        {"available": True, "status": "200", "url": "javascript:alert(1)"},
        {"available": True, "status": "200", "url": None},
        {"available": "yes", "status": "200", "url": "https://web.archive.org/web/1/x"},
    ],
)
def test_what_is_no_copy_is_none(world, services, closest):
    world.archived[PAGE] = closest
    assert find_archived(services.client, services.archive, PAGE) == ""
