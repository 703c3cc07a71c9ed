"""What holds for any file: nothing raises, and no record is lost."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.cite import format_bibtex, format_ris, reference_to_csl
from digest.model.reference import Reference
from digest.read.records import KINDS, Record, Refused, detect_kind, iter_records
from tests.read.made_references import references

NAMES = st.sampled_from(["file", "file.ris", "file.bib", "file.json", "file.xml", "file.nbib", "file.txt", "file.gz"])
PIECES = st.sampled_from([
    b"TY  - JOUR\n", b"ER  - \n", b"TI  - ", b"AU  - Author, A\n", b"PMID- 1\n", b"      more\n", b"\n", b"\r", b"\0",
    b"<PubmedArticleSet>", b"<PubmedArticle>", b"</PubmedArticle>", b"<MedlineCitation>", b"<ArticleTitle>",
    b"<![CDATA[", b'"\\ud800"',
    b"<!--", b"-->", b"]]>", b"&#0;", b"&amp;", b"<xml><records>", b"<record>", b"</record>", b"<ref-type name='Book'>",
    b'{"message": {"items": [', b'{"title": "x"', b"}", b"]", b"[", b",", b'"', b"\\u12", b'"DOI": 10.1',
    b"@article{a,",
    b"title = {", b"@string{", b"Author, A. (2020). A title. Journal, 1(2), 3.\n", b"(n.d.)", b"In E. (Ed.), ", b"[x]",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b", b"\xe4", b"\x81", b"U1  - copy: |\n", b"DA  - 0000/99/99\n",
    b"SP  - -\n",
])  # fmt: skip
ANY_BYTES = st.one_of(
    st.binary(max_size=400), st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=25).map(b"".join)
)
LIBERAL = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("any")


def check(path, outcomes):
    for outcome in outcomes:
        assert isinstance(outcome, Record | Refused)
        assert outcome.line >= 1
        if isinstance(outcome, Refused):
            assert outcome.reason
            assert outcome.path == path.as_posix()
        else:
            outcome_texts = vars(outcome.reference).values()
            assert all("\n" not in text for text in outcome_texts if isinstance(text, str))
            format_ris(outcome.reference).encode()
            json.dumps(reference_to_csl(outcome.reference), ensure_ascii=False).encode()
            format_bibtex(outcome.reference).encode()


@LIBERAL
@given(content=ANY_BYTES, name=NAMES, packed=st.booleans())
def test_any_bytes_give_records_or_reasons(folder, content, name, packed):
    path = folder / name
    path.write_bytes(gzip.compress(content) if packed else content)
    kind = detect_kind(path)
    assert kind is None or kind in KINDS
    outcomes = list(iter_records(path))
    assert outcomes
    check(path, outcomes)


@LIBERAL
@given(content=ANY_BYTES, kind=st.sampled_from(KINDS))
def test_any_bytes_as_any_kind_give_records_or_reasons(folder, content, kind):
    path = folder / "any"
    path.write_bytes(content)
    check(path, list(iter_records(path, kind=kind)))


def as_bibtex(made: list[Reference]) -> str:
    return "\n".join(map(format_bibtex, made))


def as_ris(made: list[Reference]) -> str:
    return "".join(map(format_ris, made))


def as_csl(made: list[Reference]) -> str:
    return json.dumps([reference_to_csl(reference) for reference in made])


def as_lines(made: list[Reference]) -> str:
    return "\n".join(json.dumps(reference_to_csl(reference)) for reference in made)


EMPTY = {as_bibtex: "@misc{empty,\n}\n", as_ris: "TY  - JOUR\nER  - \n", as_csl: "{}", as_lines: "{}"}


@LIBERAL
@given(made=st.lists(references(), min_size=1, max_size=6), write=st.sampled_from([*EMPTY]), empty=st.integers(0, 3))
def test_as_many_records_come_back_as_went_out(folder, made, write, empty):
    path = folder / "made"
    text = write(made)
    nothing = EMPTY[write] * empty if write in {as_bibtex, as_ris} else f",{EMPTY[write]}" * empty
    text = text[:-1] + nothing + "]" if write is as_csl else f"{text}\n{nothing.replace(',', chr(10))}"
    path.write_text(text, "utf-8")
    outcomes = list(iter_records(path))
    assert len(outcomes) == len(made) + empty, text
    assert [o.reference.title for o in outcomes if isinstance(o, Record)] == [reference.title for reference in made]
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == empty
    lines = [outcome.line for outcome in outcomes]
    assert lines == sorted(lines)
