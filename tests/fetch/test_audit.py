"""`digest audit` as an editor runs it: what it finds, what it keeps, and what it leaves alone when services fail."""

import datetime
import json

import pytest

from digest.cli.fix import apply_edits
from digest.fetch import Services, propose_better, run_audit
from digest.fetch.learn import put_together
from digest.model.library import Library
from digest.model.status import Mismatch, Notice, NoticeKind, OpenAccess, ReferenceStatus, Status
from digest.read import read_library
from tests.fetch.fake import BIB, article, tree, update, work
from tests.fetch.test_client import FAULTS

DAY = "2026-11-22"
TODAY = datetime.date(2026, 11, 22)
REPORT, NEWS = "https://report.example.net/straw?page=2", "https://news.example.net/straw"
RETRACTED = {"updated-by": [update("10.1000/notice", "retraction", "retraction-watch", (2026, 5, 2))]}


def status(root):
    return json.loads((root / "bib/status.json").read_text(encoding="utf-8"))


@pytest.fixture
def audit(run, root):
    def run_it(*arguments, day=DAY):
        return run("audit", "--root", root, "--date", day, *arguments)

    return run_it


def test_a_digest_without_faults_gets_a_status_and_nothing_else(world, root, audit):
    before = tree(root)
    code, out, _ = audit()
    assert code == 0
    assert out == (
        "asked about 3 references: Crossref answered for 2, PubMed answered for 3, Unpaywall answered for 2\n"
        "no problems found; bib/status.json was written\n"
    )
    assert tree(root).keys() - before.keys() == {"bib/status.json"}
    assert status(root) == {
        "asked": {"crossref": DAY, "pubmed": DAY, "unpaywall": DAY},
        "references": {
            "bloom2023mulch": {"sources": ["crossref", "pubmed", "unpaywall"], "doi": "10.1000/Garden.17"},
            "moss2021shade": {
                "sources": ["crossref", "pubmed", "unpaywall"],
                "doi": "10.1000/garden.18",
                "pmid": "11111111",
            },
            "petal2020seeds": {"sources": ["pubmed"], "pmid": "22222222"},
        },
    }
    assert (root / "bib/status.json").read_bytes().endswith(b"}\n")


def test_each_kind_of_finding_is_told_at_its_line(world, root, audit):
    world.works["10.1000/garden.17"] = work("10.1000/garden.17", "RETRACTED: Bulbs in boxes", 2019, **RETRACTED)
    del world.works["10.1000/garden.18"]
    world.articles["22222222"] = article(
        "22222222",
        "Sowing in spring.",
        year=2020,
        more="<Volume>7</Volume>",
        corrections='<CommentsCorrections RefType="ExpressionOfConcernIn"><RefSource>Gard Sci. 2021 Jan</RefSource>'
        '</CommentsCorrections><CommentsCorrections RefType="ErratumIn"><PMID>8</PMID></CommentsCorrections>',
    )
    world.copies["10.1000/garden.17"] = {"is_oa": True, "best_oa_location": {"url": "https://a.example.org/17"}}
    code, out, _ = audit()
    assert code == 0
    lines = [line for line in out.splitlines() if line.startswith("bib/")]
    assert [line.rpartition("[")[2].rstrip("]") for line in lines] == [
        "reference-mismatch",
        "reference-mismatch",
        "reference-retracted",
        "doi-unknown",
        "reference-better-known",
        "reference-concern",
        "reference-corrected",
    ]
    assert "bib/garden.bib:9:14: warning: 'bloom2023mulch' was retracted: notice of 2026-05-02, told by" in out
    assert "Crossref has the title 'RETRACTED: Bulbs in boxes'" in out
    assert "Crossref has the year '2019', not '2023'" in out
    assert "Crossref did not know the DOI '10.1000/garden.18' on 2026-11-22" in out
    assert "lacks what is known by now: volume = {7}" in out
    assert "1 of them can be read by anybody" in out
    assert "5 warnings, 2 advice in 1 file; bib/status.json was written" in out
    code, out, _ = audit("--strict")
    assert code == 1


def test_the_machine_gets_one_json_document(world, root, audit):
    world.works["10.1000/garden.17"] = work(
        "10.1000/garden.17", "Mulch and the water that beds need", 2023, **RETRACTED
    )
    world.faults["unpaywall"] = "500"
    code, out, err = audit("--format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["retracted"] == ["bloom2023mulch"]
    assert document["answered"] == {"crossref": 2, "pubmed": 3, "unpaywall": 0}
    assert document["complete"] is False
    assert document["faults"] == ["Unpaywall has a fault of its own (500) (asked about 2 works)"]
    assert document["status_written"] is True
    assert document["problems"][0]["rule"] == "reference-retracted"
    assert "Unpaywall has a fault of its own" in err


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - {"no-record", "a-list"}))  # which Unpaywall may answer
def test_a_fault_of_every_service_is_one_sentence_and_changes_no_file(world, root, audit, fault):
    world.faults |= dict.fromkeys(["crossref", "pubmed", "unpaywall"], fault)
    before = tree(root)
    code, out, err = audit()
    assert code == 2
    assert out == ""
    assert err.startswith(f"digest: {FAULTS[fault][1]}")
    assert err.count("\n") == 2
    assert "Traceback" not in err
    assert tree(root) == before


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_one_service_is_a_partial_report_and_keeps_what_it_said_before(world, root, audit, fault):
    world.works["10.1000/garden.17"] = work(
        "10.1000/garden.17", "Mulch and the water that beds need", 2023, **RETRACTED
    )
    audit(day="2026-10-01")
    world.faults["crossref"] = fault
    code, out, err = audit("--fresh")
    assert code == 0
    assert FAULTS[fault][1] in err
    assert "was retracted: notice of 2026-05-02" in out
    assert "asked on 2026-10-01" in out
    assert "not everybody answered, and what was known before stays" in out
    known = status(root)
    assert known["asked"] == {"crossref": "2026-10-01", "pubmed": DAY, "unpaywall": DAY}
    assert known["references"]["bloom2023mulch"]["notices"][0]["kind"] == "retraction"
    assert audit("--fresh", "--strict")[0] == 1


def test_a_service_that_fails_thrice_is_left_alone(world, root, audit):
    more = "\n".join(f"@misc{{k{n}, title = {{T}}, year = {{2020}}, doi = {{10.1000/more.{n}}}}}" for n in range(40))
    (root / "bib/more.bib").write_text(more)
    world.faults["crossref"] = "429-an-hour"
    code, _, err = audit()
    assert code == 0
    assert world.count("crossref") < 10
    assert "Crossref was asked too often (429) and wants to be left alone for 3600 seconds" in err
    assert "nobody asked there about" in err


def test_a_second_time_changes_nothing_but_the_day(world, root, audit):
    audit()
    content = (root / "bib/status.json").read_bytes()
    code, out, _ = audit()
    assert code == 0
    assert "bib/status.json stays as it was" in out
    assert world.count("crossref") == 2
    assert (root / "bib/status.json").read_bytes() == content
    audit("--fresh", day="2026-12-24")
    assert (root / "bib/status.json").read_bytes() == content.replace(b"2026-11-22", b"2026-12-24")


def test_what_is_kept_is_of_the_day_when_it_was_fetched(world, root, audit):
    audit(day="2060-01-01")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    audit("--offline", day="2060-01-02")
    assert status(root)["asked"]["crossref"] == today


def test_offline_asks_nobody(world, root, audit):
    audit()
    asked = len(world.asked)
    content = (root / "bib/status.json").read_bytes()
    (root / "bib/more.bib").write_text("@misc{new2026, title = {T}, year = {2026}, doi = {10.1000/new}}\n")
    code, _, err = audit("--offline")
    assert code == 0
    assert "Crossref was never asked this, and --offline asks nobody (asked about 1 work)" in err
    assert len(world.asked) == asked
    assert (root / "bib/status.json").read_bytes() == content


def test_offline_without_anything_kept_is_a_sentence(world, root, audit):
    before = tree(root)
    code, _, err = audit("--offline")
    assert code == 2
    assert "was never asked this, and --offline asks nobody\n  fix: run it once with a network" in err
    assert tree(root) == before


def test_links_and_offline_do_not_go_together(audit):
    assert audit("--links", "--offline")[0] == 2


def test_a_status_that_cannot_be_read_is_not_overwritten(world, root, audit):
    (root / "bib/status.json").write_text("<<<<<<< HEAD\n")
    before = tree(root)
    code, _, err = audit()
    assert code == 2
    assert "'bib/status.json' is not JSON" in err
    assert "restore the file from Git" in err
    assert world.asked == []
    assert tree(root) == before


def test_a_folder_that_cannot_be_written_is_a_sentence(world, root, audit, monkeypatch):
    import tempfile

    def fail(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", fail)
    code, _, err = audit()
    assert code == 2
    assert "'bib/status.json' could not be written: Permission denied" in err


def test_without_anything_to_ask_about_nothing_is_written(world, root, audit):
    (root / "bib/garden.bib").write_text("@book{root1999depth, title = {Depth}}\n")
    code, out, _ = audit()
    assert code == 0
    assert "asked about 0 references" in out
    assert not (root / "bib/status.json").exists()


def test_without_a_contact_address_it_says_why_unpaywall_is_not_asked(world, root, audit):
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("    contact: editor@example.org\n", ""))
    code, _, err = audit()
    assert code == 0
    assert "Unpaywall was not asked: set `contact`" in err
    assert world.count("unpaywall") == 0


def test_services_of_other_machines_are_refused(root, audit, monkeypatch):
    monkeypatch.setenv("DIGEST_SERVICES", '{"crossref": "http://example.org"}')
    code, _, err = audit()
    assert code == 2
    assert "DIGEST_SERVICES is for tests only" in err


def test_a_doi_of_another_agency_is_not_unknown(world, root, audit):
    del world.works["10.1000/garden.17"]
    world.agencies["10.1000/garden.17"] = "DataCite"
    assert "no problems found" in audit()[1]


def test_hostile_text_is_shown_as_text(world, root, audit):
    title = "\x1b[31m<script>alert(1)</script>\r\n\N{RIGHT-TO-LEFT OVERRIDE}"
    world.works["10.1000/garden.17"] = work("10.1000/garden.17", title, 2023)
    _, out, _ = audit()
    assert "\x1b" not in out
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in out


def test_pubmed_is_asked_as_few_questions_as_it_wants(world, root, audit):
    audit("--fresh")
    assert [path for service, path, _ in world.asked if service == "pubmed"] == [
        "efetch.fcgi",
        "esearch.fcgi",
    ]
    world.asked.clear()
    world.articles["44444444"] = article(
        "44444444", "Mulch and the water that beds need.", doi="10.1000/garden.17", year=2023
    )
    audit("--fresh")
    assert [path for service, path, _ in world.asked if service == "pubmed"] == [
        "efetch.fcgi",
        "esearch.fcgi",
        "efetch.fcgi",
    ]


# links


def test_dead_links_are_told_with_their_archived_copy(world, root, audit):
    world.links = {"news.example.net/straw": 410}
    world.archived[REPORT] = {
        "available": True,
        "status": "200",
        "url": f"http://web.archive.org/web/2023/{REPORT}",
    }
    code, out, _ = audit("--links")
    assert code == 0
    assert f"'{REPORT}' led nowhere on 2026-11-22: the page is gone (404) [link-dead]" in out
    assert f"fix: link to the archived copy: https://web.archive.org/web/2023/{REPORT}" in out
    assert f"entries/2023-01/mulch-and-water.md:10:10: warning: '{NEWS}' led nowhere" in out
    assert "tried 2 links" in out
    assert status(root)["links"] == {
        NEWS: {"status": 410, "date": DAY},
        REPORT: {"status": 404, "date": DAY, "archive": f"https://web.archive.org/web/2023/{REPORT}"},
    }
    world.links = {"news.example.net/straw": 200, "report.example.net/straw?page=2": 503}
    _, out, _ = audit("--links")
    assert NEWS not in status(root)["links"]
    assert status(root)["links"][REPORT]["status"] == 404


def test_without_links_what_was_known_of_them_stays_while_they_are_used(world, root, audit):
    world.links = {}
    audit("--links")
    entry = root / "entries/2023-01/mulch-and-water.md"
    entry.write_text(entry.read_text().replace(NEWS, "https://other.example.net/"))
    audit()
    assert list(status(root)["links"]) == [REPORT]


def test_an_archive_that_fails_costs_the_suggestion_only(world, root, audit):
    world.links, world.faults["archive"] = {}, "500"
    code, _, err = audit("--links")
    assert code == 0
    assert "the Internet Archive has a fault of its own (500)" in err
    assert status(root)["links"][NEWS] == {"status": 404, "date": DAY}


def test_without_any_network_no_link_counts_as_dead(world, root, audit):
    world.faults |= dict.fromkeys(["crossref", "pubmed", "unpaywall", "links"], "hang-up")
    code, _, err = audit("--links")
    assert code == 2
    assert "Crossref cannot be reached" in err
    assert not (root / "bib/status.json").exists()


# a better record


@pytest.fixture
def better(world):
    world.works["10.1000/garden.17"] = work(
        "10.1000/garden.17", "Mulch and the water that beds need", 2023, volume="12", issue="3", page="101-109"
    )
    world.articles["22222222"] = article(
        "22222222", "Sowing in spring.", doi="10.1000/seeds", year=2020, more="<Volume>7</Volume>"
    )


EXPECTED = BIB.replace(
    "  doi     = {10.1000/Garden.17},\n",
    "  doi     = {10.1000/Garden.17},\n  volume  = {12},\n  number  = {3},\n  pages   = {101--109},\n",
).replace("\tpmid = {22222222}\n", "\tpmid = {22222222},\n\tvolume = {7},\n\tdoi = {10.1000/seeds}\n")


def test_a_better_record_is_shown_and_not_written_without_a_yes(world, root, audit, better):
    code, _, err = audit("--write")
    assert code == 0
    assert "+  volume  = {12},\n+  number  = {3},\n+  pages   = {101--109},\n" in err
    assert "nothing was changed" in err
    assert (root / "bib/garden.bib").read_text() == BIB


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_better_record_adds_its_lines_and_touches_nothing_else(world, root, audit, better, newline):
    (root / "bib/garden.bib").write_bytes(BIB.replace("\n", newline).encode())
    code, _, err = audit("--write", "--yes")
    assert code == 0
    assert "mended bib/garden.bib" in err
    assert (root / "bib/garden.bib").read_bytes() == EXPECTED.replace("\n", newline).encode()
    _, out, err = audit("--write", "--yes")
    assert "reference-better-known" not in out
    assert "nothing here can be mended" in err
    assert (root / "bib/garden.bib").read_bytes() == EXPECTED.replace("\n", newline).encode()


RECORDS = {
    "@article{a, title = {T}, doi = {10.1/x}}": "@article{a, title = {T}, doi = {10.1/x}, volume = {1}}",
    "@article{a, doi = {10.1/x},}": "@article{a, doi = {10.1/x}, volume = {1},}",
    "@article(a,\n  doi = {10.1/x})\n": "@article(a,\n  doi = {10.1/x},\n  volume = {1})\n",
    '@article{a,\n doi="10.1/x",\n month=jan,\n}': '@article{a,\n doi="10.1/x",\n month=jan,\n volume={1},\n}',
    "@article{a,\n  doi          = {10.1/x}\n, year         = 2020\n}": "@article{a,\n  doi          = {10.1/x}\n,"
    " year         = 2020, volume       = {1}\n}",
    "@article{a, doi = {10.1/x}, note = {A {nested} note}}": "@article{a, doi = {10.1/x}, note = {A {nested} note}, "
    "volume = {1}}",
    '@string{x = "y"}\n@article{a,\n doi = {10.1/x},\n note = x # " and " # x\n}': '@string{x = "y"}\n@article{a,\n '
    'doi = {10.1/x},\n note = x # " and " # x,\n volume = {1}\n}',
    "@article{a,\n doi = {10.1/x},\n note = {},\n}": "@article{a,\n doi = {10.1/x},\n note = {},\n volume = {1},\n}",
}


@pytest.mark.parametrize("text", RECORDS)
def test_a_field_is_put_in_whatever_the_style(root, text):
    assert proposed(root, text, {"volume": "1"}) == RECORDS[text]


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, doi = {10.1/x}, volume = {9}}",
        "@article{a, doi = {10.1/x}, note = {never closed",
        "@article{a, doi = {10.1/other}}",
    ],
)
def test_what_is_there_already_or_cannot_be_read_is_left_alone(root, text):
    assert proposed(root, text, {"volume": "1"}) == text


def test_a_value_cannot_break_out_of_its_field(root):
    text = "@article{a,\n  doi = {10.1/x},\n}"
    after = proposed(root, text, {"volume": "1}, title = {evil"})
    references = parsed(root, after)
    assert len(references) == 1
    assert references[0].title == ""


def proposed(root, text, fields):
    (root / "bib/garden.bib").write_text(text)
    library, _ = read_library(root)
    known = ReferenceStatus(doi="10.1/x", better=fields)
    library = with_status(library, {"a": known})
    edits = [edit for problem in propose_better(library) for edit in problem.edits]
    return apply_edits(text, edits)


def parsed(root, text):
    (root / "bib/garden.bib").write_text(text)
    return read_library(root)[0].references


def with_status(library: Library, references) -> Library:
    import dataclasses

    return dataclasses.replace(library, status=Status(references=references))


# putting parts together


def test_what_another_doi_was_told_does_not_stick(root):
    (reference, *_), _ = read_library(root)[0].references, None
    old = ReferenceStatus(
        asked={"crossref": TODAY}, doi="10.1000/other", notices=(Notice(NoticeKind.RETRACTION, sources=("publisher",)),)
    )
    assert put_together(reference, old, {}) is None


def test_only_the_part_of_a_silent_service_stays(root):
    reference = read_library(root)[0].references[0]
    old = ReferenceStatus(
        asked={"crossref": TODAY, "pubmed": TODAY, "unpaywall": TODAY},
        doi="10.1000/garden.17",
        unknown=("pubmed",),
        notices=(
            Notice(NoticeKind.RETRACTION, "2024", "10.1/n", "7", ("publisher", "pubmed")),
            Notice(NoticeKind.CORRECTION, "2023", "", "8", ("pubmed",)),
        ),
        mismatches=(Mismatch("year", "2023", "2019", "crossref"), Mismatch("doi", "a", "b", "pubmed")),
        open_access=OpenAccess("https://a.example.org/"),
    )
    later = TODAY + datetime.timedelta(days=30)
    now = put_together(reference, old, {"pubmed": ReferenceStatus(asked={"pubmed": later})})
    assert now is not None
    assert now.asked == {"crossref": TODAY, "pubmed": later, "unpaywall": TODAY}
    assert now.as_of == TODAY
    assert now.notices == (Notice(NoticeKind.RETRACTION, "2024", "10.1/n", "7", ("publisher",)),)
    assert now.mismatches == (Mismatch("year", "2023", "2019", "crossref"),)
    assert now.unknown == ()
    assert now.open_access == OpenAccess("https://a.example.org/")


def test_progress_counts_every_work_once(world, root, services: Services):
    library, _ = read_library(root)
    seen = []
    run_audit(library, services, TODAY, on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (7, 7)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
