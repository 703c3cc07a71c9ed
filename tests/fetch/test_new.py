"""`digest new`: from a DOI to a draft with its reference, against a server of our own."""

import json

import pytest

from digest.read import read_library
from tests.fetch.fake import article, update, work

NEW = "10.1000/garden.99"


@pytest.fixture
def trial(world):
    """A work that the digest does not have yet: Crossref and PubMed know it, and there is an open copy."""
    world.works[NEW] = work(
        NEW,
        "A randomized trial of shade cloth",
        2024,
        author=[{"family": "Leaf", "given": "Ann B."}],
        volume="7",
        page="1-9",
    )
    world.articles["33333333"] = article(
        "33333333", "A randomized trial of shade cloth.", doi=NEW, year=2024, types=("Field Trial",)
    )
    world.copies[NEW] = {
        "is_oa": True,
        "best_oa_location": {
            "url": "https://copy.example.org/99.pdf",
            "license": "cc-by",
            "version": "acceptedVersion",
        },
    }


@pytest.mark.usefixtures("trial")
def test_a_doi_becomes_a_reference_and_a_draft(root, run):
    before = (root / "bib/garden.bib").read_bytes()
    code, out, err = run("new", NEW, "--root", root, "--date", "2026-11-22")
    assert code == 0, err
    assert (root / "bib/garden.bib").read_bytes().startswith(before)
    library, _ = read_library(root)
    reference = {each.citation_key: each for each in library.references}["leaf2024randomized"]
    assert (reference.volume, reference.DOI, reference.PMID) == ("7", NEW, "33333333")
    assert [(copy.url, copy.access) for copy in reference.copies] == [("https://copy.example.org/99.pdf", "open")]
    (entry,) = [each for each in library.entries if each.edition == "2026-11"]
    assert entry.draft
    assert entry.citations == ("leaf2024randomized",)
    assert "leaf2024randomized" in out


@pytest.mark.usefixtures("trial")
def test_a_pasted_address_will_do(root, run):
    code, _, err = run("new", f"https://doi.org/{NEW}", "--root", root, "--edition", "2025-02")
    assert code == 0, err
    assert list((root / "entries/2025-02").glob("*.md"))


@pytest.mark.usefixtures("trial")
def test_a_guessed_type_is_a_warning_until_it_is_confirmed(root, run):
    vocabulary = root / "vocabulary/research-types.yml"
    vocabulary.write_text(vocabulary.read_text(encoding="utf-8") + "  pubmed: [Field Trial]\n", encoding="utf-8")
    _, out, _ = run("new", NEW, "--root", root, "--edition", "2026-11", "--format", "json")
    told = json.loads(out)
    assert (told["research_type"], told["evidence"]) == ("field-trial", 'PubMed calls it "Field Trial"')
    _, out, _ = run("check", "--root", root, told["entry"])
    assert "research_types 'field-trial' is a guess [field-guessed]" in out


def test_a_work_that_an_entry_summarises_gets_no_second_one_unless_that_is_said(root, run):
    before = (root / "bib/garden.bib").read_bytes()
    code, out, err = run("new", "10.1000/garden.17", "--root", root, "--edition", "2026-11")
    assert (code, out) == (2, "")
    assert "'bloom2023mulch' is summarised already, in entries/2023-01/mulch-and-water.md" in err
    assert "--again" in err
    assert not (root / "entries/2026-11").exists()
    code, out, _ = run("new", "10.1000/garden.17", "--root", root, "--edition", "2026-11", "--again")
    assert code == 0
    assert "already in bib/ as 'bloom2023mulch'" in out
    assert "already summarised in entries/2023-01/mulch-and-water.md" in out
    assert len(list((root / "entries/2026-11").glob("*.md"))) == 1
    assert (root / "bib/garden.bib").read_bytes() == before


@pytest.mark.usefixtures("trial")
def test_a_notice_is_told_first(root, run, world):
    world.works[NEW]["message"]["updated-by"] = [update("10.1000/notice", "retraction")]
    _, out, _ = run("new", NEW, "--root", root, "--edition", "2026-11")
    assert out.startswith("warning: retraction known since 2024-05-01, see https://doi.org/10.1000/notice")


@pytest.mark.usefixtures("trial")
def test_a_dry_run_writes_nothing(root, run):
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    code, out, _ = run("new", NEW, "--root", root, "--edition", "2026-11", "--dry-run")
    assert code == 0
    assert "would write entries/2026-11/" in out
    assert {path: path.read_bytes() for path in files} == files
    assert not (root / "entries/2026-11").exists()


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("text", [None, "my own words"])
def test_twice_names_the_file_that_is_there_and_writes_nothing(root, run, text):
    """Also where that file cannot be read as an entry any more."""
    run("new", NEW, "--root", root, "--edition", "2026-11")
    (first,) = (root / "entries/2026-11").glob("*.md")
    if text:
        first.write_text(text, encoding="utf-8")
    before = first.read_bytes()
    code, _, err = run("new", NEW, "--root", root, "--edition", "2026-11")
    assert code == 2
    assert f"in entries/2026-11/{first.name}" in err
    assert first.read_bytes() == before
    assert list((root / "entries/2026-11").glob("*.md")) == [first]


@pytest.mark.parametrize("fault", ["late", "500", "429", "200_mb", "broken_json", "cut_off"])
def test_a_fault_of_the_network_costs_one_sentence_and_no_file(fault, root, run, world):
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    world.faults = {"crossref": fault, "pubmed": fault}
    code, out, err = run("new", "10.1000/garden.44", "--root", root, "--edition", "2026-11")
    assert code == 2
    assert out == ""
    assert err.startswith("digest: ")
    assert "Traceback" not in err
    assert {path: path.read_bytes() for path in files} == files
    assert not (root / "entries/2026-11").exists()


def test_a_doi_that_nobody_knows_is_said(root, run):
    code, _, err = run("new", "10.1000/nobody", "--root", root, "--edition", "2026-11")
    assert code == 2
    assert "10.1000/nobody" in err


def test_a_citation_that_was_pasted_will_do_without_a_network(root, run, tmp_path):
    pasted = tmp_path / "citation.txt"
    pasted.write_text("Leaf, A. B., & Stem, C. (2024). Shade cloth: A field trial. Garden Science, 7(2), 11-19.\n")
    code, _, err = run("new", "--from", pasted, "--root", root, "--edition", "2026-11")
    assert code == 0, err
    library, _ = read_library(root)
    reference = {each.citation_key: each for each in library.references}["leaf2024shade"]
    assert (reference.container_title, reference.volume, reference.issue) == ("Garden Science", "7", "2")
    assert [name.family for name in reference.author] == ["Leaf", "Stem"]
    assert reference.page == "11–19"


def test_without_an_identifier_or_a_file_it_says_what_to_give(root, run):
    code, _, err = run("new", "--root", root)
    assert code == 2
    assert "name one thing" in err


@pytest.mark.usefixtures("trial")
def test_without_a_network_the_record_in_bib_will_do(root, run):
    """A work that the digest knows needs nobody else, and one that is summarised is refused all the same."""
    code, _, err = run("new", NEW, "--root", root, "--date", "2026-11-22")
    assert code == 0, err
    (draft,) = (root / "entries/2026-11").glob("*.md")
    (root / ".digest/cache").rename(root / ".digest/forgotten")
    code, _, err = run("new", NEW, "--root", root, "--offline")
    assert (code, draft.name in err) == (2, True)
    code, out, err = run("new", NEW, "--root", root, "--offline", "--again", "--date", "2026-11-22")
    assert code == 0, err
    assert "going by what bib/ says" in err
    assert "leaf2024randomized" in out
