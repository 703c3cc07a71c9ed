"""`bib/status.json`: what is written is what is read, and what somebody else wrote is survived."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetch import format_status, write_status
from digest.model.source import Source
from digest.model.status import (
    LinkStatus,
    Mismatch,
    Notice,
    NoticeKind,
    OpenAccess,
    ReferenceStatus,
    Status,
)
from digest.read.files import Files
from digest.read.status import read_status
from tests.fetch.test_records import ANYTHING

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2020, 1, 4))
URLS = st.builds("https://a.example.org/{}".format, TEXT)
SOURCES = st.sampled_from(["publisher", "retraction-watch", "pubmed"])
NOTICES = st.builds(
    Notice,
    st.sampled_from(NoticeKind),
    st.sampled_from(["", "2020", "2020-01", "2020-01-04"]),
    TEXT,
    TEXT,
    st.lists(SOURCES, unique=True).map(tuple),
)
REFERENCES = st.builds(
    ReferenceStatus,
    asked=st.dictionaries(st.sampled_from(["crossref", "pubmed", "unpaywall"]), DAYS),
    doi=TEXT,
    pmid=TEXT,
    unknown=st.lists(st.sampled_from(["crossref", "pubmed"]), unique=True).map(tuple),
    notices=st.lists(NOTICES, max_size=3).map(tuple),
    mismatches=st.lists(st.builds(Mismatch, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    better=st.dictionaries(st.sampled_from(["volume", "pages"]), TEXT.filter(bool)),
    open_access=st.none() | st.builds(OpenAccess, URLS, TEXT, TEXT),
)
LINKS = st.builds(LinkStatus, st.integers(100, 599) | TEXT.filter(bool), DAYS, st.just("") | URLS)
STATUSES = st.builds(
    Status,
    references=st.dictionaries(TEXT, REFERENCES, max_size=4),
    links=st.dictionaries(TEXT, LINKS, max_size=3),
)


def read(text):
    files = Files(root=None)  # type: ignore[arg-type]
    files.paths.append("bib/status.json")
    files.sources["bib/status.json"] = Source("bib/status.json", text)
    return read_status(files), files.problems


@given(STATUSES)
def test_what_is_written_is_what_is_read(status):
    text = format_status(status)
    found, problems = read(text)
    assert problems == []
    assert found == status
    assert format_status(found) == text
    assert text.encode()


@given(STATUSES)
def test_the_order_of_what_is_known_changes_nothing(status):
    turned = Status(references=dict(reversed(status.references.items())), links=dict(reversed(status.links.items())))
    assert format_status(turned) == format_status(status)


SHAPES = st.fixed_dictionaries(
    {},
    optional={
        "asked": ANYTHING,
        "links": ANYTHING | st.dictionaries(TEXT, ANYTHING, max_size=2),
        "references": ANYTHING
        | st.dictionaries(
            TEXT,
            ANYTHING
            | st.fixed_dictionaries(
                {},
                optional=dict.fromkeys(
                    ["sources", "older", "doi", "notices", "better", "open_access", "mismatches", "unknown"], ANYTHING
                ),
            ),
            max_size=2,
        ),
    },
)


@given(SHAPES | ANYTHING | st.text(max_size=40).map(lambda text: f"\0{text}"))
def test_a_file_of_any_shape_is_survived_and_told(data):
    text = data[1:] if isinstance(data, str) and data.startswith("\0") else json.dumps(data)
    status, problems = read(text)
    assert isinstance(status, Status)
    for problem in problems:
        assert problem.rule == "status-unreadable"
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
    assert format_status(status)


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "[" * 100_000, '{"a": NaN'])
def test_a_file_that_is_none_is_an_error_since_a_notice_may_be_in_it(text):
    status, problems = read(text)
    assert status == Status()
    assert [problem.severity.value for problem in problems] == ["error"]


def test_writing_is_one_step_and_leaves_nothing_behind(tmp_path):
    status = Status(references={"a": ReferenceStatus(asked={"crossref": datetime.date(2026, 1, 1)})})
    assert write_status(tmp_path, status)
    assert not write_status(tmp_path, status)
    assert [path.name for path in (tmp_path / "bib").iterdir()] == ["status.json"]


def test_an_audit_without_findings_is_one_line_a_day():
    days = [datetime.date(2026, 1, day) for day in (1, 2)]
    texts = [
        format_status(
            Status(references={f"k{n}": ReferenceStatus(asked={"crossref": day}, doi="10.1/x") for n in range(9)})
        )
        for day in days
    ]
    lines = [text.splitlines() for text in texts]
    assert sum(one != other for one, other in zip(*lines, strict=True)) == 1
