"""Out and in again: what this program writes, it reads as it was."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given

from digest.cite import CITATION_FORMATS, format_bibtex, format_ris, reference_to_csl
from digest.model.reference import Name
from digest.read.records import Record, Refused, iter_records
from digest.read.same import Matcher
from tests.cite.golden import real_references, synthetic_references
from tests.read.made_references import differences, references


def through(reference, path, text):
    path.write_text(text, "utf-8")
    found = list(iter_records(path))
    assert len(found) == 1, (text, found)
    assert isinstance(found[0], Record), (text, found[0])
    assert not differences(reference, found[0].reference), text
    assert Matcher([found[0].reference]).find(reference)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("round-trip")


@given(reference=references())
def test_bibtex(reference, folder):
    through(reference, folder / "made.bib", format_bibtex(reference))


@given(reference=references())
def test_ris(reference, folder):
    through(reference, folder / "made.ris", format_ris(reference))


@given(reference=references())
def test_csl_json(reference, folder):
    through(reference, folder / "made.json", json.dumps([reference_to_csl(reference)]))


def as_ris_has_it(reference):
    """RIS has first and last page in two fields, without a dash; a name in one piece is a group's."""
    ends = re.fullmatch(r"([\w.:]+)[-–]{1,2}([\w.:]+)", reference.page)
    page = f"{ends[1]}–{ends[2]}" if ends and ends[1] != ends[2] else reference.page
    return replace(reference, page=page, author=groups(reference.author), editor=groups(reference.editor))


def groups(names):
    return tuple(Name(literal=name.family) if " " in name.family and not name.given else name for name in names)


REAL = [
    replace(reference, citation_key=f"key{number}", path="", recommended=())
    for number, reference in enumerate([*real_references().values(), *synthetic_references().values()])
]


@pytest.mark.parametrize("form", ["bib", "ris", "json"])
def test_real_references_come_back(form, folder):
    """Crossref's, as the golden files of the citations have them, with what publishers put into them."""
    path = folder / f"real.{form}"
    path.write_text(CITATION_FORMATS[form].write(REAL), "utf-8")
    found = list(iter_records(path))
    assert len(found) == len(REAL)
    tidy = as_ris_has_it if form == "ris" else lambda reference: reference
    differing = {
        reference.citation_key: changes
        for reference, outcome in zip(REAL, found, strict=True)
        if isinstance(outcome, Refused) or (changes := differences(tidy(reference), outcome.reference))
    }
    assert differing == {}
