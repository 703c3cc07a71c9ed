"""The client: whatever a service does, there is one clear sentence, in little time and little memory."""

import dataclasses
import datetime
import re
import socket
import time

import pytest

from digest.errors import AnswerUnusable, NetworkFault, NotFetchedYet, ServiceRefused, ServiceUnreachable
from digest.fetch import CacheUse, Client, Clock, Limits, Service
from digest.fetch.body import Unusable, decode_json, decode_xml
from digest.fetch.crossref import crossref_service, fetch_work
from digest.fetch.pace import Pace, retry_after
from digest.fetch.pubmed import fetch_records
from tests.fetch.fake import MEGABYTE, TIME_OUT, Handler, known

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
FAULTS = {
    "late": (ServiceUnreachable, f"Crossref did not answer within {TIME_OUT:g} seconds"),
    "slow-header": (ServiceUnreachable, f"Crossref did not answer within {TIME_OUT:g} seconds"),
    "cut-off": (AnswerUnusable, "the answer of Crossref was cut off in the middle"),
    "cut-off-chunk": (AnswerUnusable, "the answer of Crossref was cut off in the middle"),
    "hang-up": (ServiceUnreachable, "Crossref cannot be reached: the connection was refused or broken off"),
    "429": (ServiceRefused, "Crossref was asked too often (429)"),
    "429-two-seconds": (ServiceRefused, "Crossref was asked too often (429) and wants to be left alone for 2 seconds"),
    "429-an-hour": (ServiceRefused, "Crossref was asked too often (429) and wants to be left alone for 3600 seconds"),
    "500": (ServiceRefused, "Crossref has a fault of its own (500)"),
    "403": (ServiceRefused, "Crossref refuses to answer (403)"),
    "418": (ServiceRefused, "Crossref refuses to answer (418)"),
    "200-mb": (AnswerUnusable, "the answer of Crossref is larger than 1 MB, more than any record"),
    "200-mb-unsaid": (AnswerUnusable, "the answer of Crossref is larger than 1 MB, more than any record"),
    "gzip-bomb": (AnswerUnusable, "the answer of Crossref is larger than 1 MB, more than any record"),
    "bad-gzip": (AnswerUnusable, "the answer of Crossref cannot be unpacked: it is not the gzip that it says"),
    "half-gzip": (AnswerUnusable, "the answer of Crossref was cut off in the middle"),
    "brotli": (AnswerUnusable, "the answer of Crossref is packed as 'br', which was not asked for"),
    "broken-json": (AnswerUnusable, "the answer of Crossref is not JSON: Expecting value"),
    "deep-json": (AnswerUnusable, "the answer of Crossref is not JSON: it is nested too deeply"),
    "html": (AnswerUnusable, "the answer of Crossref is text/html and not JSON"),
    "no-type": (AnswerUnusable, "the answer of Crossref is of no type and not JSON"),
    "latin-1-unsaid": (AnswerUnusable, "the answer of Crossref is not in the charset that it says, utf-8"),
    "elsewhere": (AnswerUnusable, "Crossref leads elsewhere, to 'http://127.0.0.2:1', which is not followed"),
    "elsewhere-by-file": (AnswerUnusable, "Crossref leads elsewhere, to 'file://', which is not followed"),
    "in-circles": (AnswerUnusable, "Crossref leads from one address to the next without end"),
    "no-record": (AnswerUnusable, "the answer of Crossref holds no record"),
    "a-list": (AnswerUnusable, "the answer of Crossref holds no record"),
}
"""Fault to the exception and its sentence."""


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_one_clear_sentence_soon(world, make_services, limits, hasty, fault):
    services = make_services(limits=hasty if fault in {"late", "slow-header"} else limits)
    world.faults["crossref"] = fault
    kind, sentence = FAULTS[fault]
    start = time.monotonic()
    with pytest.raises(NetworkFault) as raised:
        fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert type(raised.value) is kind
    assert raised.value.message.startswith(sentence)
    assert raised.value.todo
    assert raised.value.exit_code == 2
    assert time.monotonic() - start < 20
    assert "\n" not in raised.value.message


@pytest.mark.parametrize("fault", ["entities", "deep-xml", "other-xml", "broken-json", "html", "gzip-bomb"])
def test_xml_is_taken_from_a_stranger_too(world, services, fault):
    world.faults["pubmed"] = fault
    with pytest.raises(AnswerUnusable, match="the answer of PubMed "):
        fetch_records(services.client, services.pubmed, ["11111111"])


def test_a_body_that_drips_ends_with_the_time(world, make_services, limits):
    services = make_services(limits=dataclasses.replace(limits, whole=0.6, attempts=1))
    world.faults["crossref"] = "slow-body"
    start = time.monotonic()
    with pytest.raises(AnswerUnusable, match="did not end within"):
        fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert time.monotonic() - start < 3


def test_a_large_answer_is_cut_off_early(world, services):
    world.faults["crossref"] = "200-mb-unsaid"
    with pytest.raises(AnswerUnusable):
        fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert world.bytes_sent < 100 * MEGABYTE


@pytest.mark.parametrize(
    ("fault", "pauses"),
    [("500", [1]), ("429-two-seconds", [2]), ("hang-up", [1]), ("late", [1]), ("cut-off", [1]), ("503-date", [6.5])],
)
def test_a_passing_fault_is_tried_again_after_as_long_as_it_takes(
    world, make_services, hurried, hasty, limits, fault, pauses
):
    services = make_services(limits=hasty if fault == "late" else limits)
    world.faults["crossref"] = [fault]
    found = fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert known(found).reference.year == "2023"
    assert hurried.waited == pytest.approx(pauses, abs=0.7)
    assert world.count("crossref") == 2


@pytest.mark.parametrize("fault", ["429-an-hour", "403", "418", "html", "broken-json", "elsewhere", "200-mb"])
def test_what_will_not_pass_is_not_tried_again(world, services, hurried, fault):
    world.faults["crossref"] = fault
    with pytest.raises(NetworkFault):
        fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert hurried.waited == []
    assert world.count("crossref") == 1


def test_a_redirect_within_the_host_is_followed(world, services):
    world.works["10.1000/moved"] = world.works.pop("10.1000/garden.17")
    world.faults["crossref"] = ["moved"]
    assert known(fetch_work(services.client, services.crossref, "10.1000/garden.17")).doi == "10.1000/garden.17"


def test_latin_1_that_says_so_is_read(world, services):
    body = '{"message": {"title": ["Flückiger and the café"]}}'.encode("latin-1")
    data = decode_json(body, "application/json; charset=ISO-8859-1")
    assert data == {"message": {"title": ["Flückiger and the café"]}}
    xml = "<a>Flückiger</a>".encode("latin-1")
    assert decode_xml(xml, "text/xml;charset=latin1").text == "Flückiger"
    assert decode_xml(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + xml, "text/xml").text == "Flückiger"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("\ufeff{}".encode(), {}),
        ('{"a": 1}'.encode("utf-16"), {"a": 1}),
        (rb'{"a": "\ud800"}', {"a": "\N{REPLACEMENT CHARACTER}"}),
        (rb'{"\udfff": ["\ud83d\ude00"]}', {"\N{REPLACEMENT CHARACTER}": ["\N{GRINNING FACE}"]}),
    ],
)
def test_json_of_every_encoding_gives_text_that_can_be_written(body, text):
    data = decode_json(body, "application/vnd.x+json")
    assert data == text
    str(data).encode()


@pytest.mark.parametrize("charset", ["rot13", "zlib", "unicode_escape", "idna", "nonsense", "utf-7"])
def test_a_charset_that_is_none_of_the_web_is_not_obeyed(charset):
    assert decode_json(b'{"a": "+AGE-"}', f"application/json; charset={charset}") == {"a": "+AGE-"}


def test_entities_of_xml_are_refused_in_any_encoding():
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        with pytest.raises(Unusable, match="entities"):
            decode_xml(bomb.encode(encoding), "application/xml")


def test_who_asks_is_said_to_each_service_as_it_wants(world, services):
    services.find("10.1000/garden.18")
    asked = {service: query for service, _, query in world.asked}
    assert asked["crossref"]["mailto"] == ["editor@example.org"]
    assert asked["pubmed"]["email"] == ["editor@example.org"]
    assert asked["pubmed"]["tool"] == ["digest-evidence"]
    assert asked["unpaywall"]["email"] == ["editor@example.org"]
    (agent,) = world.agents
    assert re.fullmatch(r"digest-evidence/[\d.]+ \(.*; mailto:editor@example\.org\)", agent)


def test_only_https_and_only_this_machine_for_tests():
    for base in (
        "http://api.crossref.org",
        "http://localhost:1",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "http://10.0.0.1",
        "http://a@127.0.0.1",
        "",
    ):
        with pytest.raises(ValueError, match="https only"):
            crossref_service(base, "")
    for base in ("https://api.crossref.org", "http://127.0.0.1:80", "http://[::1]:80"):
        crossref_service(base, "")


def test_cookies_and_credentials_are_neither_kept_nor_sent(world, services, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    world.headers["crossref"]["Set-Cookie"] = "a=b; Path=/"
    seen = []
    original = Handler.answer_crossref

    def answer_crossref(handler, rest, parts):
        seen.append(dict(handler.headers))
        return original(handler, rest, parts)

    monkeypatch.setattr(Handler, "answer_crossref", answer_crossref)
    for doi in ("10.1000/garden.17", "10.1000/garden.18"):
        fetch_work(services.client, services.crossref, doi)
    assert len(seen) == 2
    assert not any({"Cookie", "Authorization"} & headers.keys() for headers in seen)


def test_a_closed_port_is_a_sentence(tmp_path, limits, hurried):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = Client(agent="test", limits=limits, clock=hurried.clock())
    with pytest.raises(ServiceUnreachable, match="Crossref cannot be reached"):
        fetch_work(client, crossref_service(f"http://127.0.0.1:{port}", ""), "10.1000/x")


def test_a_name_that_cannot_be_found_says_that_there_is_no_network(limits, hurried, monkeypatch):
    def fail(*_, **__):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    client = Client(agent="test", limits=limits, clock=hurried.clock())
    with pytest.raises(ServiceUnreachable, match="no network") as raised:
        fetch_work(client, crossref_service("https://api.crossref.org", ""), "10.1000/x")
    assert "--offline" in raised.value.todo
    assert hurried.waited == []


# the cache


def test_an_answer_is_asked_for_once_a_day(world, make_services):
    answers = [fetch_work(make_services().client, make_services().crossref, "10.1000/garden.17") for _ in range(2)]
    assert [known(answer).reference.year for answer in answers] == ["2023", "2023"]
    assert [answer.is_kept for answer in answers] == [False, True]
    assert world.count("crossref") == 1


def test_who_asks_makes_no_other_question(world, make_services):
    for contact in ("one@example.org", "two@example.org"):
        services = make_services(contact=contact)
        fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert world.count("crossref") == 1


def test_what_is_not_known_is_kept_too(world, services):
    for _ in range(2):
        assert fetch_work(services.client, services.crossref, "10.1000/nobody").data is None
    assert world.count("crossref") == 1


def test_an_old_answer_is_asked_for_again_but_good_enough_offline(world, make_services, hurried):
    services = make_services()
    fetch_work(services.client, services.crossref, "10.1000/garden.17")
    later = Clock(hurried.monotonic, lambda: datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2))
    services.client.clock = later
    assert not fetch_work(services.client, services.crossref, "10.1000/garden.17").is_kept
    assert world.count("crossref") == 2
    offline = make_services(use=CacheUse.ONLY)
    offline.client.clock = Clock(now=lambda: datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=300))
    assert fetch_work(offline.client, offline.crossref, "10.1000/garden.17").is_kept
    assert world.count("crossref") == 2


def test_fresh_asks_anew(world, make_services):
    for use in (CacheUse.YOUNG, CacheUse.NONE):
        services = make_services(use=use)
        assert not fetch_work(services.client, services.crossref, "10.1000/garden.17").is_kept


def test_offline_says_what_was_never_asked(world, make_services):
    services = make_services(use=CacheUse.ONLY)
    with pytest.raises(NotFetchedYet, match="--offline asks nobody"):
        fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert world.asked == []


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"null\n{}", b"\x00" * 100, b'{"address": 1', "cut", "changed", "folder"]
)
def test_a_damaged_file_counts_as_not_there(world, services, tmp_path, damage):
    fetch_work(services.client, services.crossref, "10.1000/garden.17")
    (file,) = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    content = file.read_bytes()
    if damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes({"cut": content[:-5], "changed": content.replace(b"2023", b"1023")}.get(damage, damage))
    assert known(fetch_work(services.client, services.crossref, "10.1000/garden.17")).reference.year == "2023"
    assert world.count("crossref") == 2


def test_a_faulty_answer_is_not_kept(world, services):
    world.faults["crossref"] = ["no-record"]
    with pytest.raises(AnswerUnusable):
        fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert fetch_work(services.client, services.crossref, "10.1000/garden.17").data is not None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_hinders_nobody(world, make_services, tmp_path):
    (tmp_path / "file").touch()
    services = make_services(cache_folder=tmp_path / "file" / "cache")
    for _ in range(2):
        assert fetch_work(services.client, services.crossref, "10.1000/garden.17").data is not None
    services.cache.sweep(NOW)


def test_the_cache_is_rid_of_what_is_very_old(services, tmp_path):
    fetch_work(services.client, services.crossref, "10.1000/garden.17")
    services.cache.sweep(datetime.datetime.now(datetime.UTC))
    assert any(path.is_file() for path in (tmp_path / "cache").rglob("*"))
    services.cache.sweep(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=500))
    assert not any(path.is_file() for path in (tmp_path / "cache").rglob("*"))


# how fast


def test_questions_to_one_host_are_spaced(hurried):
    pace = Pace(hurried.clock(), 0.34)
    for _ in range(4):
        pace.wait()
    assert sum(hurried.waited) == pytest.approx(1.02, abs=0.2)


def test_the_rate_that_crossref_states_is_obeyed(world, services):
    world.headers["crossref"] |= {"X-Rate-Limit-Limit": "2", "X-Rate-Limit-Interval": "3s"}
    fetch_work(services.client, services.crossref, "10.1000/garden.17")
    assert services.client._pace(services.crossref).seconds == 1.5


@pytest.mark.parametrize(
    ("limit", "interval", "seconds"),
    [
        ("50", "1s", 0.02),
        ("1", "1000s", 60),
        ("0", "1s", 0.5),
        ("x", "1s", 0.5),
        ("5", "", 0.5),
        ("-5", "1s", 0.5),
        ("5", "1", 0.2),
        ("9" * 40, "1s", 0.5),
    ],
)
def test_a_rate_that_makes_no_sense_is_not(hurried, limit, interval, seconds):
    pace = Pace(hurried.clock(), 0.5)
    pace.learn({"x-rate-limit-limit": limit, "x-rate-limit-interval": interval})
    assert pace.seconds == seconds


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (None, None),
        ("", None),
        ("7", 7),
        (" 7.5 ", 7.5),
        ("-1", None),
        ("soon", None),
        ("9" * 400, None),
        ("Sun, 22 Nov 2026 12:00:09 GMT", 9),
        ("Sun, 22 Nov 2026 12:00:09", 9),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 99 Nov 2026 11:00:00 GMT", None),
        ("Sun, 22 Nov 99999 11:00:00 GMT", None),
    ],
)
def test_retry_after_holds_seconds_or_a_date(written, seconds):
    assert retry_after(written, NOW) == seconds


def test_limits_have_a_default_for_everything():
    assert Limits().read == 30
    assert Service("a", "A", "https://a.example.org", 1).origin == ("https", "a.example.org")
    assert TIME_OUT <= 1
