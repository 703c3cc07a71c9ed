"""A whole digest: nothing in a file makes reading fail, and every problem points into a file."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.read import read_library
from digest.read.files import MEGABYTE

BASE = Path(__file__).resolve().parent.parent / "golden" / "check" / "_base"
ENTRY = "entries/2023-01/mulch-and-water.md"
FILES = [
    ENTRY,
    "entries/2023-01/index.md",
    "entries/permalinks.txt",
    "mkdocs.yml",
    "vocabulary/topics.yml",
    "vocabulary/research-types.yml",
    "vocabulary/glossary.yml",
    "training/soil-basics.md",
    "studies/mulch-trial.md",
    "studies/registry/NCT01234567.json",
    "pages/about.md",
    "bib/garden.bib",
]


@pytest.fixture
def root(tmp_path):
    return shutil.copytree(BASE, tmp_path / "digest")


def check_spans(library, problems):
    for problem in problems:
        source = library.sources.get(problem.span.path)
        for span in (problem.span, *(edit.span for edit in problem.edits)):
            assert 0 <= span.start <= span.end <= (len(source.text) if source else 0)


def read_with(root, path, content):
    (root / path).write_bytes(content)
    library, problems = read_library(root)
    check_spans(library, problems)
    return library, problems


fuzzed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
front = st.text(alphabet=st.sampled_from(list("atdi-:[]{}#&*!|>'\"%@`,?~ \n\t\r\x01é𝒂0")), max_size=60)


@pytest.mark.parametrize("path", FILES)
@fuzzed
@given(content=st.binary(max_size=80))
def test_any_bytes_are_read(root, path, content):
    read_with(root, path, content)


@pytest.mark.parametrize("path", FILES)
@fuzzed
@given(data=st.data())
def test_any_change_to_a_file_is_read(root, path, data):
    before = (BASE / path).read_bytes()
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + 30)))
    change = data.draw(st.one_of(st.binary(max_size=20), front.map(str.encode)))
    read_with(root, path, before[:start] + change + before[end:])


@fuzzed
@given(text=front)
def test_any_front_matter_is_read(root, text):
    read_with(root, ENTRY, f"---\n{text}\n---\nBody.\n".encode())


json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)


@fuzzed
@given(record=json, fetched=json)
def test_any_json_is_read(root, record, fetched):
    import json as writer

    (root / "studies/registry/fetched.json").write_text(writer.dumps({"NCT01234567": fetched}), encoding="utf-8")
    read_with(root, "studies/registry/NCT01234567.json", writer.dumps(record).encode())
    read_with(root, "studies/registry/fetched.json", writer.dumps(record).encode())


@pytest.mark.parametrize("path", FILES)
def test_an_empty_file_is_read(root, path):
    read_with(root, path, b"")


@pytest.mark.parametrize("path", FILES)
def test_a_file_of_fifty_megabytes_is_told(root, path):
    size = 50 * MEGABYTE if not path.endswith(".bib") else 257 * MEGABYTE
    os.truncate(root / path, size)
    library, problems = read_library(root)
    assert [problem.rule for problem in problems if problem.span.path == path] == ["file-unreadable"]
    assert path not in library.sources


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 10_000,
        b'{"protocolSection": ' + b"9" * 5000 + b"}",
        b'"\\ud800"',
        b"NaN",
    ],
)
def test_json_that_would_break_a_parser_is_told(root, content):
    _, problems = read_with(root, "studies/registry/NCT01234567.json", content)
    assert [problem.rule for problem in problems] == ["registry-record-unreadable"]


def test_every_file_becomes_part_of_the_library_or_a_problem(root):
    for path in ("entries/x.md", "entries/2023-01/b.docx", "pages/sub/a.md", "bib/old.txt", "vocabulary/more.yml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")
    library, problems = read_library(root)
    told = {problem.span.path for problem in problems}
    used = {*library.sources, *(document.path for document in library.iter_documents())} - told
    assert used | told >= library.files


def test_a_digest_without_anything_is_told(tmp_path):
    library, problems = read_library(tmp_path)
    assert library.entries == ()
    assert [(problem.rule, problem.span.path) for problem in problems] == [
        ("configuration-malformed", "mkdocs.yml"),
        ("vocabulary-malformed", "vocabulary/research-types.yml"),
        ("vocabulary-malformed", "vocabulary/topics.yml"),
    ]


def test_a_configuration_that_leads_out_of_the_repository_is_not_followed(root, tmp_path):
    (tmp_path / "other.yml").write_bytes((root / "mkdocs.yml").read_bytes())
    (root / "mkdocs.yml").unlink()
    try:
        (root / "mkdocs.yml").symlink_to(tmp_path / "other.yml")
    except OSError:
        pytest.skip("this system lets nobody make links")
    library, problems = read_library(root)
    assert [(problem.rule, problem.span.path) for problem in problems] == [("file-unreadable", "mkdocs.yml")]
    assert library.configuration.site.site_name == ""


@pytest.mark.parametrize("zone", ["Mars/Base", "America", "../etc", "", "a\x7f"])
def test_a_time_zone_that_is_none_is_told(root, zone):
    text = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("authors:", f"time_zone: {zone!r}\n    authors:")
    _, problems = read_with(root, "mkdocs.yml", text.encode())
    assert problems
    assert all(problem.span.path == "mkdocs.yml" for problem in problems)


def test_an_unreadable_part_of_the_vocabulary_leaves_the_rest(root):
    path = root / "vocabulary/topics.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("label: Soil life", "label: Soil: life"), encoding="utf-8")
    library, problems = read_library(root)
    assert [topic.id for topic in library.topics] == ["soil", "watering", "soil-life", "shade"]
    assert problems[0].rule == "vocabulary-malformed"
    assert [topic.places.at("id").path for topic in library.topics] == ["vocabulary/topics.yml"] * 4
    text = library.sources["vocabulary/topics.yml"].text
    for topic in library.topics:
        span = topic.places.at("id")
        assert text[span.start : span.end] == topic.id
