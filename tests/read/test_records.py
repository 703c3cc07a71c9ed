"""Files of references from elsewhere: told apart, unpacked, decoded, and refused in words where they cannot be read."""

import codecs
import gzip
import json

import pytest

from digest.read.records import Record, Refused, detect_kind, iter_records

RIS = "TY  - JOUR\nAU  - Müller, Ann\nTI  - Ein Titel – größer\nPY  - 2020\nER  - \n"
NBIB = "PMID- 1\nTI  - A title.\nJT  - Journal of titles\n"
BIB = "@article{a2020title,\n  title = {A title},\n  year = {2020},\n}\n"
PUBMED = (
    "<?xml version='1.0'?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>"
    "<Article><ArticleTitle>A title.</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
ENDNOTE = (
    "<?xml version='1.0'?><xml><records><record><ref-type name='Book'>6</ref-type>"
    "<titles><title>A title</title></titles></record></records></xml>"
)
CSL = json.dumps([{"id": "a2020title", "type": "book", "title": "A title"}])
CROSSREF = json.dumps({"message-type": "work", "message": {"DOI": "10.1000/1", "type": "book", "title": ["A title"]}})
LINES = '{"type": "book", "title": "A title"}\n{"type": "book", "title": "Another title"}\n'
APA = "Author, A. (2020). A title. Journal of Titles, 1(2), 3–4.\n"


def read(tmp_path, content, name="file", **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(iter_records(path, **options))


def titles(outcomes):
    outcomes = list(outcomes)
    assert all(isinstance(outcome, Record) for outcome in outcomes), outcomes
    return [outcome.reference.title for outcome in outcomes]


def reason(outcomes):
    assert len(outcomes) == 1
    assert isinstance(outcomes[0], Refused), outcomes
    return outcomes[0].reason


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("ris", RIS), ("nbib", NBIB), ("bibtex", BIB), ("pubmed-xml", PUBMED), ("endnote-xml", ENDNOTE),
        ("csl-json", CSL), ("crossref", CROSSREF), ("jsonl", LINES), ("apa", APA),
    ],
)  # fmt: skip
def test_the_content_tells_the_kind_whatever_the_name(tmp_path, kind, content):
    for name in ("file", "file.txt", "file.bib", "file.ris"):
        (tmp_path / name).write_text(content, "utf-8")
        if kind != "apa" or name in {"file", "file.txt"}:  # prose in a .bib file is BibTeX that went wrong
            assert detect_kind(tmp_path / name) == kind
            assert titles(iter_records(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.ris", "", "empty"),
        ("blank.txt", " \n\n", "empty"),
        ("page.html", "<!DOCTYPE html><html><body>References</body></html>", "web page"),
        ("tagged.enw", "%0 Journal Article\n%A Author\n", "EndNote's tagged format"),
        ("table.csv", "title,year\nA title,2020\n", "table"),
        ("other.xml", "<?xml version='1.0'?><mods><title>A title</title></mods>", "neither PubMed's nor EndNote's"),
        ("notes", "Nothing that looks like a reference.", "none of the kinds"),
        ("paper.pdf", b"%PDF-1.7\n\xe2\xe3", "PDF"),
        ("archive.zip", b"PK\x03\x04" + bytes(20), "ZIP"),
        ("picture.ris", b"TY  - JOUR\0\0\1\2", "binary"),
        ("records.xml", "<PubmedArticleSet></PubmedArticleSet>", "holds no record"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(tmp_path, name, content, words):
    assert words in reason(read(tmp_path, content, name))


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    assert "no such file" in reason(list(iter_records(tmp_path / "nowhere.ris")))
    assert "folder" in reason(list(iter_records(tmp_path)))
    assert detect_kind(tmp_path) is None


def test_a_kind_that_does_not_exist_is_the_callers_fault(tmp_path):
    with pytest.raises(ValueError, match="bibtex"):
        iter_records(tmp_path / "file", kind="word")


def test_a_kind_that_is_given_is_believed(tmp_path):
    assert "no year in parentheses" in read(tmp_path, RIS, kind="apa")[0].reason


@pytest.mark.parametrize(
    "encoded",
    [
        RIS.encode("utf-8-sig"),
        RIS.encode("utf-16"),
        codecs.BOM_UTF16_BE + RIS.encode("utf-16-be"),
        RIS.encode("utf-16-le"),
        RIS.encode("utf-32"),
        RIS.encode("windows-1252"),
        RIS.replace("\n", "\r\n").encode(),
        RIS.replace("\n", "\r").encode(),
    ],
)
def test_every_encoding_and_line_ending_reads_alike(tmp_path, encoded):
    (found,) = read(tmp_path, encoded, "file.ris")
    assert isinstance(found, Record)
    assert (found.reference.title, found.reference.author[0].family) == ("Ein Titel – größer", "Müller")


def test_one_line_in_another_encoding_costs_nothing(tmp_path):
    content = b"TY  - JOUR\nTI  - \xc3\xa4 and \xe4 and \x93quoted\x94\nER  - \n"
    assert titles(read(tmp_path, content, "file.ris")) == ["ä and ä and “quoted”"]


def test_a_declared_encoding_is_believed(tmp_path):
    xml = PUBMED.replace("version='1.0'", 'version="1.0" encoding="iso-8859-15"').replace("A title.", "5 € title.")
    assert titles(read(tmp_path, xml.encode("iso-8859-15"))) == ["5 € title"]
    bib = "% Encoding: windows-1251\n" + BIB.replace("A title", "Заголовок")
    assert titles(read(tmp_path, bib.encode("windows-1251"))) == ["Заголовок"]


def test_packed_files_are_unpacked_whatever_their_name(tmp_path):
    assert titles(read(tmp_path, gzip.compress(PUBMED.encode()), "file.xml.gz")) == ["A title"]
    assert titles(read(tmp_path, gzip.compress(APA.encode()), "citations.txt.gz")) == ["A title"]
    assert len(read(tmp_path, gzip.compress(RIS.encode()) + gzip.compress(RIS.encode()), "two.ris")) == 2


def test_a_packed_file_that_is_cut_off_gives_what_stands_before_the_damage(tmp_path):
    records = "".join(f"TY  - JOUR\nTI  - {hash(n)}\nER  - \n" for n in range(5000))
    *before, last = read(tmp_path, gzip.compress(records.encode())[:-100], "cut.ris.gz")
    assert all(isinstance(outcome, Record) for outcome in before)
    assert len(before) > 4000
    assert isinstance(last, Refused)
    assert "damaged" in last.reason
    assert last.line > 12000


def test_a_decompression_bomb_is_refused_before_anything_is_read(tmp_path):
    bomb = gzip.compress(RIS.encode() * 1_000_000)
    assert "unpacks to more than" in reason(read(tmp_path, bomb, "bomb.ris.gz"))
    assert "packed twice" in reason(read(tmp_path, gzip.compress(gzip.compress(RIS.encode()))))


def test_a_line_that_never_ends_is_refused(tmp_path):
    assert "longer than" in reason(read(tmp_path, "TY  - JOUR\nTI  - " + "a" * 17_000_000, "file.ris"))


def test_progress_is_told_in_bytes_of_the_file(tmp_path):
    told: list[int] = []
    read(tmp_path, RIS * 20_000, "file.ris", on_bytes=told.append)
    assert told == sorted(told)
    assert told[-1] == (tmp_path / "file.ris").stat().st_size
    assert len(told) > 1


def test_records_of_one_file_come_one_at_a_time(tmp_path):
    path = tmp_path / "file.ris"
    path.write_text(RIS * 100_000, "utf-8")
    told: list[int] = []
    assert isinstance(next(iter_records(path, on_bytes=told.append)), Record)
    assert sum(told) < path.stat().st_size / 10
