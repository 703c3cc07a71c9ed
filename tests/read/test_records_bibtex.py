"""BibTeX from elsewhere, in slices where it is long."""

import pytest

from digest.read.records import Record, Refused, bibtex, iter_records


@pytest.fixture
def read(tmp_path):
    def read(text):
        (tmp_path / "file.bib").write_text(text, "utf-8")
        return list(iter_records(tmp_path / "file.bib"))

    return read


def test_records_lost_and_found_have_their_lines(read):
    found = read(
        "% a comment\n@article{one, title = {One}}\n@article{two, title = {Two}\n@book{three, title = {{T}hree}}\n"
        "@misc{empty, year = {2020}}\n@article{, title = {No key}}\n"
    )
    assert [type(outcome) for outcome in found] == [Record, Refused, Record, Refused, Record]
    assert [outcome.line for outcome in found] == [2, 3, 4, 5, 6]
    assert found[4].reference.citation_key == ""
    assert "never closed" in found[1].reason


def test_markup_of_exporters_goes(read):
    (found,) = read("@article{a, title = {A <i>title</i> \\&amp; more}, doi = {https://doi.org/10.1000/1}}")
    assert (found.reference.title, found.reference.DOI) == ("A title & more", "10.1000/1")


@pytest.mark.parametrize("start", ["", '@string{j = "Journal"}\n', "@comment{ @article{no, title = {No}} }\n"])
def test_a_long_file_gives_the_same_in_slices(read, monkeypatch, start):
    text = start + "".join(
        f"@article{{key{n},\n  title = {{Title {n} with @ and \\'e}},\n  year = 2020,\n}}\n" + "stray text\n" * (n % 3)
        for n in range(3000)
    )
    whole = read(text)
    monkeypatch.setattr(bibtex, "SLICE", 20_000)
    sliced = read(text)
    assert [(one.line, one.reference.title) for one in whole] == [(one.line, one.reference.title) for one in sliced]
    assert len(whole) == 3000


def test_crossref_reaches_over_slices(read, monkeypatch):
    monkeypatch.setattr(bibtex, "SLICE", 100)
    filler = "@misc{f%d, title = {Filler}}\n"
    text = "@inbook{part, title = {Part}, crossref = {whole}}\n" + "".join(filler % n for n in range(20_000))
    found = read(text + "@book{whole, title = {Whole}}\n")
    assert found[0].reference.container_title == "Whole"
