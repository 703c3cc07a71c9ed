"""Out and in again: what this program writes, it reads as it was."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from digest.cite import format_bibtex, format_ris, reference_to_csl
from digest.read import Record, iter_records
from tests.read.made_references import differences, references


def through(reference, path, text):
    path.write_text(text, "utf-8")
    found = list(iter_records(path))
    assert len(found) == 1, (text, found)
    assert isinstance(found[0], Record), (text, found[0])
    assert not differences(reference, found[0].reference), text


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("round-trip")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(reference=references())
def test_bibtex(reference, folder):
    through(reference, folder / "made.bib", format_bibtex(reference))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(reference=references())
def test_ris(reference, folder):
    through(reference, folder / "made.ris", format_ris(reference))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(reference=references())
def test_csl_json(reference, folder):
    through(reference, folder / "made.json", json.dumps([reference_to_csl(reference)]))
