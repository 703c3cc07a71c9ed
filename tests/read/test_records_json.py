"""CSL-JSON and Crossref's works: in arrays, envelopes and lines, whole and broken."""

import json
import tracemalloc
from typing import Any

import pytest

from digest.model.reference import DateParts, Name
from digest.read.records import Record, Refused, detect_kind, iter_records

ITEM = {
    "id": "author2020title",
    "type": "article-journal",
    "title": "A <i>title</i>",
    "author": [
        {"family": "Author", "given": "Ann"},
        {"literal": "Group"},
        {"family": "Berg", "dropping-particle": "von"},
    ],
    "issued": {"date-parts": [["2020", 3]]},
    "container-title": "Journal of Titles",
    "page": "1-2",
    "volume": 12,
    "DOI": "https://doi.org/10.1000/1",
    "note": "PMID: 42\nMy note",
    "keyword": "one, two",
}
WORK = {
    "DOI": "10.1000/2",
    "type": "journal-article",
    "title": ["A work"],
    "member": "1",
    "author": [{"name": "Group"}],
}


@pytest.fixture
def read(tmp_path):
    def read(content, name="file.json"):
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).write_text(text, "utf-8")
        return list(iter_records(tmp_path / name))

    return read


def shown(outcomes):
    return [outcome.reference.title if isinstance(outcome, Record) else outcome.reason for outcome in outcomes]


def test_a_csl_item(read):
    (found,) = read([ITEM])
    reference = found.reference
    assert (reference.citation_key, reference.type, reference.title) == (
        "author2020title",
        "article-journal",
        "A title",
    )
    assert reference.author == (Name("Author", "Ann"), Name(literal="Group"), Name("Berg", "von"))
    assert reference.issued == DateParts(2020, 3)
    assert (reference.volume, reference.page, reference.DOI) == ("12", "1-2", "10.1000/1")
    assert (reference.PMID, reference.note, reference.keyword) == ("42", "My note", ("one", "two"))


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2020, 3, 5]]}, DateParts(2020, 3, 5)), ({"date-parts": [[2020, 13]]}, DateParts(2020)),
        ({"date-parts": [[2020, 2, 31]]}, DateParts(2020, 2)), ({"date-parts": [[-350]]}, DateParts(-350)),
        ({"raw": "2020-03-05"}, DateParts(2020, 3, 5)), ({"literal": "March 2020"}, DateParts(2020, 3)),
        ("2020-03", DateParts(2020, 3)), (2020, DateParts(2020)), ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None), ({"date-parts": [[10**6]]}, None), (None, None), ([], None), (True, None),
    ],
)  # fmt: skip
def test_dates(read, issued, date):
    (found,) = read([{"title": "A title", "issued": issued}])
    assert found.reference.issued == date


@pytest.mark.parametrize("key", [7, "http://zotero.org/items/1", "10.1000/1", "123", None, ["a"]])
def test_what_is_no_citation_key_is_none(read, key):
    (found,) = read([{"id": key, "title": "A title"}])
    assert found.reference.citation_key == ""


@pytest.mark.parametrize(
    ("content", "kind", "titles"),
    [
        ([ITEM, WORK], "crossref", ["A title", "A work"]),
        ({"message": WORK}, "crossref", ["A work"]),
        (
            {"status": "ok", "message-type": "work-list", "message": {"total-results": 2, "items": [WORK, WORK]}},
            "crossref",
            ["A work"] * 2,
        ),
        ({"items": [ITEM], "more": 1}, "csl-json", ["A title"]),
        (ITEM, "csl-json", ["A title"]),
        (f"{json.dumps(ITEM)}\n\n{json.dumps({'message': WORK})}\n", "crossref", ["A title", "A work"]),
        (f"{json.dumps(ITEM)}\n{json.dumps(ITEM)}\n", "jsonl", ["A title"] * 2),
        (json.dumps(ITEM, indent=1) + "\n" + json.dumps(ITEM, indent=1), "csl-json", ["A title"] * 2),
        ("\ufeff [\n]", "csl-json", ["the file holds no record"]),
    ],
)
def test_items_stand_in_arrays_envelopes_and_lines(read, tmp_path, content, kind, titles):
    assert shown(read(content)) == titles
    assert detect_kind(tmp_path / "file.json") == kind


def test_each_item_has_its_line(read):
    text = json.dumps([ITEM, WORK, {}, ITEM], indent=2)
    found = read(text)
    begins = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("  {")]
    assert [outcome.line for outcome in found] == begins
    assert isinstance(found[2], Refused)
    found = read(f"{json.dumps(ITEM)}\n\n{{broken\n{json.dumps(WORK)}", "file.jsonl")
    assert [(outcome.line, isinstance(outcome, Record)) for outcome in found] == [(1, True), (3, False), (4, True)]


@pytest.mark.parametrize(
    ("broken", "reasons"),
    [
        ('{"title": "x",, "a" 1}', ["no JSON"]),
        ('{"title": "x" "y": {"a": [1, "]"]}}', ["no JSON"]),
        ("nonsense", ["no JSON"]),
        ("17", ["a number"]),
        ('"10.1000/1"', ["text"]),
        ("null", ["nothing"]),
        ("[[]]", ["a list"]),
        ('{"itemType": "book", "title": "x"}', ["Zotero's own JSON"]),
        ('{"type": "book"}', ["says nothing"]),
    ],
)
def test_a_broken_item_costs_only_itself(read, broken, reasons):
    found = shown(read(f"[{json.dumps(ITEM)}, {broken}, {json.dumps(WORK)}]"))
    assert [found[0], found[-1]] == ["A title", "A work"]
    assert len(found) == 2 + len(reasons)
    assert all(part in reason for part, reason in zip(reasons, found[1:-1], strict=True))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '[{"a":' * 50_000, '["' + "a" * 100_000, "[1" + "0" * 5000 + "]", "}{]["]
)
def test_nonsense_is_refused_and_never_raises(read, text):
    assert all(isinstance(outcome, Refused) for outcome in read(text))


def test_a_list_that_is_cut_off_gives_what_is_whole(read):
    text = json.dumps([ITEM, WORK, ITEM])
    found = shown(read(text[:-30]))
    assert found[:2] == ["A title", "A work"]
    assert any("cut off" in reason for reason in found[2:])


def test_fields_of_any_type_never_raise(read):
    odd: list[Any] = [None, True, 1, 1.5, "text", [], {}, [None], [[]], [{}], {"a": []}]
    fields = [*ITEM, "editor", "abstract", "custom", "URL", "PMID", "language", "event", "accessed"]
    items = [{"title": "A title", field: value} for field in fields for value in odd]
    assert len(read(items)) == len(items)
    works = [{"member": "1", "DOI": "10.1000/1", field: value} for field in [*WORK, *fields] for value in odd]
    assert len(read(works)) == len(works)


def test_a_long_list_is_never_held_as_a_whole(tmp_path):
    path = tmp_path / "file.json"
    path.write_text(json.dumps([{**ITEM, "abstract": "long " * 500}] * 5000), "utf-8")
    tracemalloc.start()
    assert sum(isinstance(outcome, Record) for outcome in iter_records(path)) == 5000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size / 3


def test_half_a_surrogate_pair_is_left_out(read):
    (found,) = read('[{"citation-key": "a\\ud800", "title": "A \\ud800 title", "URL": "\\udc00"}]')
    assert (found.reference.citation_key, found.reference.title, found.reference.URL) == ("", "A title", "")
