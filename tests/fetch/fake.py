"""A server of our own on the loopback, in the place of every service: it replays synthetic records in the services'
shapes, and has every fault that a service, or whoever stands between, can have.
"""

import datetime
import gzip
import io
import json
import threading
import time
from collections import defaultdict
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from digest.fetch import Clock

MEGABYTE = 1024 * 1024
TIME_OUT = 1.0
BIB = """\
% The house's references.
@string{gs = "Garden Science"}

@article{bloom2023mulch,
  author  = {Bloom, Fern and Rake, T.},
  title   = {Mulch and the water that beds need},
  journal = gs,
  year    = {2023},
  doi     = {10.1000/Garden.17},
}

@article{moss2021shade, author = {Moss, I.}, title = "Shade and water: A review", journal = gs, year = 2021,
volume = {3}, pages = {1--9}, doi = {10.1000/garden.18}, pmid = {11111111}}
@article{petal2020seeds,
\tauthor = {Petal, R.},
\ttitle = {Sowing in spring},
\tjournal = {Garden Science},
\tyear = {2020},
\tpmid = {22222222}
}

@book{root1999depth, author = {Root, D.}, title = {Depth}, publisher = {Spade}, year = {1999}}
"""
ENTRY = """\
---
title: Mulch and water
takeaway: Beds with mulch needed half the water.
citations: [bloom2023mulch]
topics: [soil]
research_types: [field-trial]
coverage:
  - title: Straw is back
    publisher: Garden News
    url: https://news.example.net/straw
---
In twenty gardens, [half of the beds](https://report.example.net/straw?page=2) were covered with straw.

## Practice implications

Cover the bed before the first hot week. See [the old page](http://old.example.net/).
"""


def work(doi, title, year, /, **fields):
    """A work as Crossref sends it."""
    record = {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [{"given": "Fern", "family": "Bloom", "sequence": "first", "affiliation": []}],
        "container-title": ["Garden Science"],
        "issued": {"date-parts": [[year, 3]]},
        "source": "Crossref",
        "URL": f"https://doi.org/{doi}",
    }
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": {**record, **fields}}


def update(doi, kind, source="publisher", date=(2024, 5, 1)):
    return {
        "DOI": doi,
        "type": kind,
        "label": kind.title(),
        "source": source,
        "updated": {"date-parts": [list(date)], "date-time": "2024-05-01T00:00:00Z", "timestamp": 1714521600000},
    }


def article(pmid, title, *, doi="", year=2021, types=("Journal Article",), mesh=(), corrections="", more=""):
    """A record as PubMed sends it."""
    ids = f'<ArticleId IdType="doi">{doi}</ArticleId>' if doi else ""
    kinds = "".join(f'<PublicationType UI="D0">{kind}</PublicationType>' for kind in types)
    headings = "".join(
        f'<MeshHeading><DescriptorName UI="D1">{name}</DescriptorName>'
        f'<QualifierName UI="Q1">methods</QualifierName></MeshHeading>'
        for name in mesh
    )
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        f"<Article PubModel='Print'><Journal><JournalIssue><PubDate><Year>{year}</Year></PubDate>{more}</JournalIssue>"
        f"<Title>Garden Science</Title></Journal><ArticleTitle>{title}</ArticleTitle>"
        "<Abstract><AbstractText Label='METHODS'>We dug.</AbstractText></Abstract>"
        f"<PublicationTypeList>{kinds}</PublicationTypeList></Article>"
        f"<CommentsCorrectionsList>{corrections}</CommentsCorrectionsList>"
        f"<MeshHeadingList>{headings}</MeshHeadingList></MedlineCitation>"
        f'<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>{ids}</ArticleIdList></PubmedData>'
        "</PubmedArticle>"
    )


class World:
    """What the services know, and what is the matter with each."""

    def __init__(self):
        self.works = {
            "10.1000/garden.17": work("10.1000/garden.17", "Mulch and the Water That Beds Need", 2023),
            "10.1000/garden.18": work("10.1000/garden.18", "Shade and water", 2021),
        }
        self.agencies = {}
        self.articles = {
            "11111111": article("11111111", "Shade and water: a review.", doi="10.1000/garden.18"),
            "22222222": article("22222222", "Sowing in spring.", year=2020),
        }
        self.copies = {}
        self.links = {"news.example.net/straw": 200, "report.example.net/straw?page=2": 200}
        self.archived = {}
        self.records = {}
        self.faults = {}
        self.headers: dict[str, dict[str, str]] = defaultdict(dict)
        self.asked = []
        self.agents = set()
        self.bytes_sent = 0
        self.left = threading.Event()

    def count(self, service):
        return sum(name == service for name, _, _ in self.asked)


class Server(ThreadingHTTPServer):
    """Threads that nobody waits for; a client that hangs up is no news."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world: World

    def log_message(self, format, *args):  # noqa: A002
        pass

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        parts = urlsplit(self.path)
        _, service, *rest = parts.path.split("/")
        world = self.world
        world.asked.append((service, "/".join(rest), parse_qs(parts.query)))
        world.agents.add(self.headers.get("User-Agent"))
        fault = world.faults.get(service)
        if isinstance(fault, list):
            fault = fault.pop(0) if fault else None
        try:
            if fault:
                return getattr(self, f"fault_{fault.replace('-', '_')}")()
            return getattr(self, f"answer_{service}")(rest, parts)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, body, kind="application/json", status=200, **headers):
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        service = self.path.split("/")[1]
        for name, value in {**self.world.headers[service], **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    # the services

    def answer_crossref(self, rest, parts):
        doi = unquote(rest[1])
        if rest[2:] == ["agency"]:
            agency = self.world.agencies.get(doi)
            if agency is None:
                return self.answer("Resource not found.", "text/plain", 404)
            return self.answer(json.dumps({"message": {"DOI": doi, "agency": {"id": "x", "label": agency}}}))
        found = self.world.works.get(doi)
        if found is None:
            return self.answer("Resource not found.", "text/plain", 404)
        return self.answer(found if isinstance(found, str | bytes) else json.dumps(found))

    def answer_pubmed(self, rest, parts):
        query = parse_qs(parts.query)
        if rest == ["efetch.fcgi"]:
            found = [self.world.articles[pmid] for pmid in query["id"][0].split(",") if pmid in self.world.articles]
            text = f'<?xml version="1.0" ?>\n<PubmedArticleSet>{"".join(found)}</PubmedArticleSet>'
            return self.answer(text, "text/xml; charset=UTF-8")
        dois = [part.partition('"')[2].partition('"')[0] for part in query["term"][0].split(" OR ")]
        found = [
            pmid for pmid, text in self.world.articles.items() if any(f'"doi">{doi}<' in text.lower() for doi in dois)
        ]
        return self.answer(json.dumps({"header": {}, "esearchresult": {"count": str(len(found)), "idlist": found}}))

    def answer_unpaywall(self, rest, parts):
        copy = self.world.copies.get(unquote(rest[0]))
        return self.answer(json.dumps(copy)) if copy else self.answer("{}", status=404)

    def answer_archive(self, rest, parts):
        url = parse_qs(parts.query)["url"][0]
        closest = self.world.archived.get(url)
        return self.answer(json.dumps({"url": url, "archived_snapshots": {"closest": closest} if closest else {}}))

    def answer_clinicaltrials(self, rest, parts):
        found = self.world.records.get(rest[1])
        if found is None:
            return self.answer("NCT number not found", "text/plain", 404)
        return self.answer(found if isinstance(found, str | bytes) else json.dumps(found))

    def answer_links(self, rest, parts):
        known = self.world.links.get("/".join(rest) + (f"?{parts.query}" if parts.query else ""), 404)
        if callable(known):
            known = known(self)
        if isinstance(known, str):
            return self.answer("", status=302, Location=known)
        return self.answer("a page", "text/html", known)

    # the faults

    def fault_late(self):
        self.world.left.wait(TIME_OUT * 8)
        self.answer("{}")

    def fault_slow_header(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(40):
            self.wfile.write(b"X-%d: y\r\n" % number)
            self.wfile.flush()
            if self.world.left.wait(0.05):
                break
        self.close_connection = True

    def fault_slow_body(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        for _ in range(80):
            self.wfile.write(b" ")
            self.wfile.flush()
            if self.world.left.wait(0.05):
                break
        self.close_connection = True

    def fault_cut_off(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"message": {"DOI"')
        self.close_connection = True

    def fault_cut_off_chunk(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b'100\r\n{"message"')
        self.close_connection = True

    def fault_hang_up(self):
        self.close_connection = True

    def fault_429(self):
        self.answer("slow down", "text/plain", 429)

    def fault_429_two_seconds(self):
        self.answer("slow down", "text/plain", 429, Retry_After="2")

    def fault_429_an_hour(self):
        self.answer("slow down", "text/plain", 429, Retry_After="3600")

    def fault_503_date(self):
        later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=7)
        self.answer("slow down", "text/plain", 503, Retry_After=format_datetime(later, usegmt=True))

    def fault_500(self):
        self.answer("<h1>Internal Server Error</h1>", "text/html", 500)

    def fault_403(self):
        self.answer("who are you?", "text/plain", 403)

    def fault_418(self):
        self.answer("{}", status=418)

    def fault_200_mb(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(200 * MEGABYTE))
        self.end_headers()
        self.pour()

    def fault_200_mb_unsaid(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.pour()

    def pour(self):
        for _ in range(200):
            self.wfile.write(b" " * MEGABYTE)
            self.world.bytes_sent += MEGABYTE

    def fault_gzip_bomb(self):
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
            for _ in range(64):
                file.write(b" " * MEGABYTE)
        self.answer(packed.getvalue(), Content_Encoding="gzip")

    def fault_bad_gzip(self):
        self.answer("{}", Content_Encoding="gzip")

    def fault_half_gzip(self):
        self.answer(gzip.compress(b'{"message": {}}')[:-9], Content_Encoding="gzip")

    def fault_brotli(self):
        self.answer("{}", Content_Encoding="br")

    def fault_broken_json(self):
        self.answer('{"message": {"DOI": ')

    def fault_deep_json(self):
        self.answer("[" * 100_000)

    def fault_html(self):
        self.answer("<html>Please sign in to the hotel's network</html>", "text/html; charset=utf-8")

    def fault_no_type(self):
        self.answer("{}", "")

    def fault_latin_1_unsaid(self):
        self.answer('{"message": {"title": ["Flückiger"]}}'.encode("latin-1"))

    def fault_elsewhere(self):
        self.answer("", status=302, Location="http://127.0.0.2:1/works")

    def fault_elsewhere_by_file(self):
        self.answer("", status=302, Location="file:///etc/passwd")

    def fault_moved(self):
        self.answer("", status=301, Location="/crossref/works/10.1000%2Fmoved")

    def fault_in_circles(self):
        self.answer("", status=302, Location=self.path)

    def fault_no_record(self):
        self.answer(json.dumps({"status": "ok", "message": None}))

    def fault_a_list(self):
        self.answer("[1, 2]")

    def fault_entities(self):
        self.answer('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "text/xml")

    def fault_deep_xml(self):
        self.answer("<a>" * 10_000, "text/xml")

    def fault_other_xml(self):
        self.answer("<eFetchResult><ERROR>no</ERROR></eFetchResult>", "text/xml")


class Hurried:
    """A clock on which waiting takes no time, and that notes it."""

    def __init__(self):
        self.waited = []
        self.offset = 0.0
        self._lock = threading.Lock()

    def sleep(self, seconds):
        with self._lock:
            self.waited.append(round(seconds, 2))
            self.offset += seconds

    def monotonic(self):
        return time.monotonic() + self.offset

    def clock(self):
        return Clock(monotonic=self.monotonic, sleep=self.sleep)


def known(answer):
    """What an answer holds, where it holds something."""
    assert answer.data is not None
    return answer.data


def tree(folder):
    """Path and content of every file, but for the cache."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and ".digest" not in path.parts
    }
