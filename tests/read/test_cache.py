"""The cache of parsed bibliographies: it gives what parsing gives, or it is not used."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cite import format_apa, format_bibtex
from digest.meanwhile import can_fork, done_meanwhile, usable_cores
from digest.model.reference import Reference
from digest.model.source import Source
from digest.read import bibliography, cache, plain_data, program, read_library, sealed
from digest.read.bibliography import parse_bibliography
from digest.read.cache import ReadingCache
from digest.read.program import program_fingerprint
from tests.read.made_references import references

TEXT = r"""
@string{j = "Journal"}
@article{one2020a, author = {M{\"u}ller, {\'E}mile and {World Health Organization} and others},
  title = {Of \v{Z} {COVID-19} \& 🙂}, journal = j # { of } # j, year = 2020, month = may, pages = {1--9},
  CITATION_KEY = {x}, abstract = {Plain text}, keywords = {a, b},
  repository-copies = {https://example.org/1 | accepted | open | CC0}}
@book{two, editor = {Doe, Jane}, title = "Two", year = {199x}, urldate = {2020-01-31} publisher = {P}, title = {Other}}
@misc{three, title = {never closed
"""
SOURCE = Source("bib/a.bib", TEXT)


@pytest.fixture(autouse=True)
def small_files_too(monkeypatch):
    monkeypatch.setattr(cache, "SMALLEST", 0)


@pytest.fixture
def parsed_anew(monkeypatch):
    """Texts that were parsed and not looked up."""
    texts = []

    def parse(source):
        texts.append(source.text)
        return parse_bibliography(source)

    monkeypatch.setattr(bibliography, "parse_bibliography", parse)
    return texts


def kept(root: Path) -> list[Path]:
    return sorted((root / cache.FOLDER).iterdir())


def everything(parsed):
    """References and problems with all that can be asked of them, in the order in which they give it."""
    found, problems = parsed
    return (
        [
            {
                **{field.name: getattr(reference, field.name) for field in fields(Reference)},
                "raw": list(reference.raw.items()),
                "places": (
                    reference.places.whole,
                    list(reference.places.values.items()),
                    list(reference.places.keys.items()),
                ),
                "types": [type(getattr(reference, field.name)) for field in fields(Reference)],
            }
            for reference in found
        ],
        [(problem, type(problem.severity)) for problem in problems],
    )


def test_what_was_kept_is_what_parsing_gives(tmp_path, parsed_anew):
    cold, warm = ReadingCache(tmp_path).parse(SOURCE), ReadingCache(tmp_path).parse(SOURCE)
    assert len(parsed_anew) == 1
    assert len(cold[0]) == 2
    assert len(cold[1]) >= 4
    assert warm == cold
    assert everything(warm) == everything(cold) == everything(parse_bibliography(SOURCE))
    assert [format_bibtex(reference) for reference in warm[0]] == [format_bibtex(reference) for reference in cold[0]]


MEANWHILE = """
import os, signal, sys
from pathlib import Path
from digest.model.source import Source
from digest.read import bibliography, cache
cache.SMALLEST = cache.PAYS_FROM = 0
parse, here = bibliography.parse_bibliography, os.getpid()
by = []
def watched(source):
    by.append(os.getpid())
    if sys.argv[2] == "killed" and os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return parse(source)
bibliography.parse_bibliography = watched
source = Source("bib/a.bib", sys.stdin.read())
reading = cache.ReadingCache(Path(sys.argv[1]))
with reading.parsed_meanwhile([source]):
    assert not by
print(len(by), len(reading.parse(source)[0]), len(by), reading.parse(source) == parse(source))
"""


@pytest.mark.skipif(not can_fork() or usable_cores() == 1, reason="there is no other process, or no core for it")
@pytest.mark.parametrize(("fate", "parsed_here"), [("well", 0), ("killed", 1)])
def test_another_process_may_parse_meanwhile(tmp_path, fate, parsed_here):
    """In a process without threads, as one that holds some is not forked."""
    command = [sys.executable, "-c", MEANWHILE, str(tmp_path), fate]
    done = subprocess.run(command, input=TEXT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["0", "2", str(parsed_here), "True"]


def test_a_process_with_threads_is_not_forked(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a fork"))
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    with done_meanwhile(lambda: pytest.fail("done")):
        end.set()
    thread.join()


def test_where_no_process_is_to_be_had_nothing_is_done_meanwhile(monkeypatch):
    def refuse():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    monkeypatch.setattr("digest.meanwhile.can_fork", lambda: True)
    monkeypatch.setattr("digest.meanwhile.usable_cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    with done_meanwhile(lambda: pytest.fail("done")):
        done = True
    assert done


def test_where_nothing_can_be_kept_no_process_parses(tmp_path, monkeypatch):
    """It would cost a second parsing, for which the first one waits."""
    monkeypatch.setattr(cache, "PAYS_FROM", 0)
    monkeypatch.setattr(cache, "done_meanwhile", lambda _: pytest.fail("a process"))
    (tmp_path / ".digest").write_text("a file in the place of the folder", encoding="utf-8")
    with cache.ReadingCache(tmp_path).parsed_meanwhile([Source("bib/a.bib", TEXT)]):
        pass


JUNK = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["@", "{", "}", ",", '"', "#", "\r\n", "@string{x = {y}}", "@comment{", "@article{k, a = x # {b}"]),
)


@settings(max_examples=60)
@given(st.lists(st.one_of(references().map(format_bibtex), JUNK), max_size=5).map("\n".join))
def test_whatever_the_file_says_the_cache_says_too(text):
    source = Source("bib/é.bib", text)
    with tempfile.TemporaryDirectory() as folder:
        cold, warm = ReadingCache(Path(folder)).parse(source), ReadingCache(Path(folder)).parse(source)
    assert everything(cold) == everything(warm)


def test_every_type_of_field_can_be_kept():
    kept_apart = {"path", "places", "raw"}
    assert {field.name for field in plain_data._FIELDS} | kept_apart == {field.name for field in fields(Reference)}
    assert all(field.type in plain_data._KINDS for field in plain_data._FIELDS)


def found(root, source=SOURCE):
    """What the cache holds of a text."""
    reader = ReadingCache(root)
    (file,) = kept(root)
    return cache._read(reader._folder.read(file.name, cache._key(source)), source)


def test_a_byte_that_changed_or_a_missing_end_is_never_believed(tmp_path, parsed_anew):
    ReadingCache(tmp_path).parse(SOURCE)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    assert found(tmp_path) is not None
    for position in range(len(whole)):
        file.write_bytes(whole[:position] + bytes([whole[position] ^ 0x20]) + whole[position + 1 :])
        assert found(tmp_path) is None, position
        file.write_bytes(whole[:position])
        assert found(tmp_path) is None, position
    file.write_bytes(whole + b" ")
    assert found(tmp_path) is None
    expected = everything(parse_bibliography(SOURCE))
    for damaged in (b"", whole[:70], whole[:-1], whole[:64] + b"\n{}", b"\x80" * 100, b"[" * 100_000):
        file.write_bytes(damaged)
        assert everything(ReadingCache(tmp_path).parse(SOURCE)) == expected
        assert file.read_bytes() == whole
    assert len(parsed_anew) == 7


def _spots(data, path=()):
    """Every place in plain data."""
    yield path
    if isinstance(data, (dict, list)):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from _spots(data[key], (*path, key))


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=5,
)


@settings(max_examples=300)
@given(st.data())
def test_a_file_that_somebody_forged_can_do_no_more_than_a_bib_file(draw):
    data = json.loads(json.dumps(plain_data.to_plain_data(parse_bibliography(SOURCE), SOURCE)))
    *way, last = draw.draw(st.sampled_from(list(_spots(data))[1:]))
    at = data
    for step in way:
        at = at[step]
    at[last] = draw.draw(ANYTHING)
    try:
        found, problems = plain_data.from_plain_data(data, SOURCE)
    except sealed.NOT_THIS_FORM:
        return
    for reference in found:
        format_apa(reference)
        format_bibtex(reference)
        assert {span.path for span in reference.places.values.values()} == {SOURCE.path}
        assert reference.path == SOURCE.path
    for problem in problems:
        assert {problem.span.path, *(edit.span.path for edit in problem.edits)} == {SOURCE.path}


@pytest.mark.parametrize("what", ["text", "path", "version", "code"])
def test_another_text_path_or_version_is_parsed_anew(tmp_path, parsed_anew, monkeypatch, what):
    ReadingCache(tmp_path).parse(SOURCE)
    source = SOURCE
    if what == "text":
        source = Source(SOURCE.path, TEXT.replace("Two", "Too"))
    elif what == "path":
        source = Source("bib/b.bib", TEXT)
    else:
        program_fingerprint.cache_clear()
        if what == "version":
            monkeypatch.setattr(program, "_installed_packages", lambda: ["pyyaml-99.dist-info"])
        else:
            monkeypatch.setattr(program, "_read", changed(program._read))
    try:
        assert found(tmp_path, source) is None
        assert everything(ReadingCache(tmp_path).parse(source)) == everything(parse_bibliography(source))
        assert len(parsed_anew) == 2
    finally:
        program_fingerprint.cache_clear()


def changed(read):
    """Reads the program's code as another version would have it."""
    return lambda path: read(path) + (b"#" if path.endswith("latex.py") else b"")


@pytest.mark.parametrize("obstacle", ["file", "link", "loop", "folder", "pipe"])
def test_where_nothing_can_be_kept_reading_works_all_the_same(tmp_path, obstacle):
    root, folder, outside = tmp_path / "digest", tmp_path / "digest" / cache.FOLDER, tmp_path / "outside"
    ReadingCache(root).parse(SOURCE)
    (file,) = kept(root)
    outside.mkdir()
    (outside / "mine.json").write_text("mine")
    file.unlink()
    if obstacle == "folder":
        file.mkdir()
    elif obstacle == "pipe":
        os.mkfifo(file)
    else:
        folder.rmdir()
        if obstacle == "file":
            folder.write_text("in the way")
        else:
            folder.symlink_to(outside if obstacle == "link" else folder)
    reader = ReadingCache(root)
    assert everything(reader.parse(SOURCE)) == everything(parse_bibliography(SOURCE))
    reader.forget_others()
    assert [path.name for path in outside.iterdir()] == ["mine.json"]
    if obstacle == "folder":
        assert kept(root) == [file]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_is_read_only_is_no_fault(tmp_path):
    (tmp_path / cache.FOLDER).mkdir(parents=True)
    (tmp_path / cache.FOLDER).chmod(0o500)
    assert ReadingCache(tmp_path).parse(SOURCE) == parse_bibliography(SOURCE)
    assert kept(tmp_path) == []


@pytest.mark.parametrize("step", ["pathlib.Path.mkdir", "tempfile.mkstemp", "pathlib.Path.replace"])
def test_a_disk_that_refuses_or_is_full_leaves_nothing_half_written(tmp_path, monkeypatch, step):
    def refuse(*args, **options):
        raise OSError(28, "No space left on device")

    (tmp_path / cache.FOLDER).mkdir(parents=True)
    with monkeypatch.context() as patched:
        patched.setattr(step, refuse)
        parsed = ReadingCache(tmp_path).parse(SOURCE)
    assert parsed == parse_bibliography(SOURCE)
    assert kept(tmp_path) == []


def library(root, **texts):
    (root / "bib").mkdir(exist_ok=True)
    for path in (root / "bib").iterdir():
        path.unlink()
    for name, text in texts.items():
        (root / "bib" / f"{name}.bib").write_text(text, encoding="utf-8")
    return read_library(root)


def test_a_library_is_read_from_the_cache_and_old_files_go(tmp_path, parsed_anew):
    cold = library(tmp_path, a=TEXT, b=TEXT)
    assert len(kept(tmp_path)) == 2
    warm = library(tmp_path, a=TEXT, b=TEXT)
    assert len(parsed_anew) == 2
    assert (warm[0].references, warm[1]) == (cold[0].references, cold[1])
    (tmp_path / cache.FOLDER / ".left.partial").write_text("cut off")
    (tmp_path / cache.FOLDER / "notes.txt").write_text("not ours")
    library(tmp_path, a=TEXT, c=TEXT)
    assert len(kept(tmp_path)) == 3
    assert (tmp_path / cache.FOLDER / "notes.txt").exists()
    assert not (tmp_path / cache.FOLDER / ".left.partial").exists()


def test_a_small_digest_stays_free_of_cache_files(tmp_path, monkeypatch):
    monkeypatch.undo()
    library(tmp_path, a=TEXT)
    assert not (tmp_path / ".digest").exists()
    library(tmp_path, a=TEXT + "%" * cache.SMALLEST)
    assert len(kept(tmp_path)) == 1
