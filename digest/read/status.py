"""`bib/status.json`, what the last audit learnt, to `Status`.

Takes the files of a digest; gives the status. Never raises: what cannot be read is left out and becomes a problem
`status-unreadable`, an error for the whole file (a notice of retraction may be in it), a warning for one part.

    {"asked": {"crossref": "2026-11-22", "pubmed": "2026-11-22"},
     "links": {"https://...": {"status": 404, "date": "2026-11-22", "archive": "https://web.archive.org/..."}},
     "references": {"bloom2023mulch": {"sources": ["crossref"], "older": {"pubmed": "2026-10-01"}, "doi": "10.1000/17",
       "notices": [{"kind": "retraction", "date": "2026-05", "doi": "10.1000/99", "sources": ["publisher"]}],
       "mismatches": [{"field": "year", "ours": "2022", "theirs": "2023", "source": "crossref"}],
       "better": {"volume": "4"}, "open_access": {"url": "https://...", "licence": "cc-by"}}}}

`asked` holds the day of each service's last answers; a reference names the services (`sources`) that answered for it on
those days, and by `older` those whose last answer for it is older.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.model.source import Source
from digest.model.status import (
    PATH,
    LinkStatus,
    Mismatch,
    Notice,
    NoticeKind,
    OpenAccess,
    ReferenceStatus,
    Status,
)
from digest.problem import Problem, Severity, Span
from digest.read.files import Files
from digest.read.json_data import parse_json

RULE = "status-unreadable"
PARTIAL_DATE = re.compile(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?")
KINDS = {kind.value: kind for kind in NoticeKind}
FIX = "run `digest audit` again; it writes this file, and nobody else should"
FIX_FILE = "restore the file from Git, or delete it, and run `digest audit`"


def read_status(files: Files) -> Status:
    """What the last audit learnt; nothing, where there was none."""
    source = files.read(PATH) if PATH in files.paths else None
    if source is None:
        return Status()
    try:
        data = parse_json(source.text)
    except ValueError as error:
        position, reason = (error.pos, error.msg) if isinstance(error, json.JSONDecodeError) else (0, str(error))
        span = source.span(max(0, min(position, len(source.text) - 1)), min(position + 1, len(source.text)))
        files.problems.append(_problem(span, f"'{PATH}' is not JSON: {reason}", Severity.ERROR, FIX_FILE))
        return Status()
    if not isinstance(data, dict):
        span = source.span(0, min(1, len(source.text)))
        files.problems.append(_problem(span, f"'{PATH}' is not a JSON object", Severity.ERROR, FIX_FILE))
        return Status()
    return _Reader(files, source).read(data)


def _problem(span: Span, message: str, severity: Severity, fix: str) -> Problem:
    return Problem(RULE, severity, span, message, why="the site would tell of no notice in it", fix=fix)


class _Reader:
    """Reads the parts, and tells of those that are not as they should be."""

    def __init__(self, files: Files, source: Source) -> None:
        self._files = files
        self._source = source
        self._name = ""

    def read(self, data: Mapping[str, Any]) -> Status:
        asked = self._days(data, "asked")
        references = {key: self._reference(item, asked) for key, item in self._iter_named(data, "references")}
        links = {url: link for url, item in self._iter_named(data, "links") if (link := self._link(item))}
        return Status(references=references, links=links)

    def _iter_named(self, data: Mapping[str, Any], field: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The objects of an object; messages name the one that is being read."""
        self._name = field
        for name, item in self._mapping(data, field).items():
            self._name = name
            if isinstance(item, dict):
                yield name, item
            else:
                self._doubt("is not a group of fields")

    def _reference(self, item: Mapping[str, Any], asked: Mapping[str, datetime.date]) -> ReferenceStatus:
        days = {source: asked[source] for source in self._texts(item, "sources") if source in asked}
        return ReferenceStatus(
            asked={**days, **self._days(item, "older")},
            doi=self._text(item, "doi"),
            pmid=self._text(item, "pmid"),
            unknown=self._texts(item, "unknown"),
            notices=tuple(notice for each in self._mappings(item, "notices") if (notice := self._notice(each))),
            mismatches=tuple(
                Mismatch(*(self._text(each, field) for field in ("field", "ours", "theirs", "source")))
                for each in self._mappings(item, "mismatches")
            ),
            better={
                field: text for field in self._mapping(item, "better") if (text := self._text(item["better"], field))
            },
            open_access=self._open_access(item),
        )

    def _notice(self, item: Mapping[str, Any]) -> Notice | None:
        kind = self._text(item, "kind")
        if kind not in KINDS:
            self._doubt(f"has a notice of unknown kind '{kind}'")
            return None
        date = self._text(item, "date")
        if not PARTIAL_DATE.fullmatch(date):
            self._doubt(f"has a notice whose date is '{date}'")
            date = ""
        doi, pmid = self._text(item, "doi"), self._text(item, "pmid")
        return Notice(KINDS[kind], date, doi, pmid, self._texts(item, "sources"))

    def _open_access(self, item: Mapping[str, Any]) -> OpenAccess | None:
        copy = self._mapping(item, "open_access")
        url = self._address(copy, "url")
        return OpenAccess(url, self._text(copy, "licence"), self._text(copy, "version")) if url else None

    def _link(self, item: Mapping[str, Any]) -> LinkStatus | None:
        status, day = item.get("status"), self._day(item.get("date"))
        if day is None or isinstance(status, bool) or not isinstance(status, int | str):
            self._doubt("has no status and date")
            return None
        return LinkStatus(status, day, self._address(item, "archive"))

    def _days(self, data: Mapping[str, Any], field: str) -> dict[str, datetime.date]:
        found = {}
        for name, written in self._mapping(data, field).items():
            day = self._day(written)
            if day is None:
                self._doubt(f"has a day '{written}' in '{field}' that is none")
            else:
                found[name] = day
        return found

    @staticmethod
    def _day(written: object) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(written) if isinstance(written, str) else None
        except ValueError:
            return None

    def _mapping(self, data: Mapping[str, Any], field: str) -> Mapping[str, Any]:
        value = data.get(field, {})
        if isinstance(value, dict):
            return value
        self._doubt(f"has a field '{field}' that is not a group of fields")
        return {}

    def _mappings(self, data: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
        value = data.get(field, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        self._doubt(f"has a field '{field}' that is not a list of groups")
        return []

    def _texts(self, data: Mapping[str, Any], field: str) -> tuple[str, ...]:
        value = data.get(field, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._doubt(f"has a field '{field}' that is not a list of texts")
        return ()

    def _text(self, data: Mapping[str, Any], field: str) -> str:
        value = data.get(field, "")
        if isinstance(value, str):
            return value
        self._doubt(f"has a field '{field}' that is not text")
        return ""

    def _address(self, data: Mapping[str, Any], field: str) -> str:
        """An address that a page may link to; anything else would be a script, or worse."""
        url = self._text(data, field)
        if not url or url.startswith(("https://", "http://")):
            return url
        self._doubt(f"has a field '{field}' that is not an address of the web")
        return ""

    def _doubt(self, what: str) -> None:
        shown = json.dumps(self._name, ensure_ascii=False)
        start = self._source.text.find(shown)
        span = self._source.span(start, start + len(shown)) if start >= 0 else self._source.span(0, 0)
        message = f"'{self._name}' {what}" if self._name else f"'{PATH}' {what}"
        self._files.problems.append(_problem(span, message, Severity.WARNING, FIX))
