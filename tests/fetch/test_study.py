"""`digest study`: records from a registry of our own, with every fault it can have; pages from any record."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.check import check_library
from digest.cli.study_text import page_text
from digest.problem import Severity
from digest.read import read_library
from digest.read.registry_record import parse_listing
from tests.trials import NUMBER, SCRIPT, make_record, places_in, replaced

DAY = "2026-06-15"
RECORD = make_record()
STATUS = ("protocolSection", "statusModule", "overallStatus")
PAGE = f"---\ntitle: Straw\nregistry: {NUMBER}\nstatus: RECRUITING\n---\nText.\n"


@pytest.fixture
def registry(root):
    return root / "studies" / "registry"


@pytest.fixture
def kept(root, registry, world):
    """A digest with a study, whose record was fetched once."""
    registry.mkdir(parents=True)
    (root / "studies/straw.md").write_text(PAGE, encoding="utf-8")
    (registry / f"{NUMBER}.json").write_text(json.dumps(RECORD), encoding="utf-8")
    (registry / "fetched.json").write_text(
        json.dumps(
            {NUMBER: {"fetched": "2026-01-01", "source": "x", "kind": "api"}, "NCT00000009": {"fetched": "2025-01-01"}}
        ),
        encoding="utf-8",
    )
    return registry


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_fetch_keeps_the_record_as_it_came_and_says_from_where_and_when(run, root, registry, world):
    world.records[NUMBER] = RECORD
    code, out, _ = run("study", "fetch", NUMBER.lower(), "--root", root, "--date", DAY)
    assert code == 0
    assert f"{NUMBER}: new" in out
    assert load(registry / f"{NUMBER}.json") == RECORD
    assert list(load(registry / f"{NUMBER}.json")["protocolSection"]) == list(RECORD["protocolSection"])
    about = load(registry / "fetched.json")[NUMBER]
    assert about == {"fetched": DAY, "source": f"https://clinicaltrials.gov/api/v2/studies/{NUMBER}", "kind": "api"}


def test_without_a_number_all_studies_are_fetched_and_what_changed_is_told(run, root, kept, world):
    world.records[NUMBER] = replaced(RECORD, STATUS, "COMPLETED")
    code, out, _ = run("study", "fetch", "--root", root, "--date", DAY, "--format", "json")
    assert code == 0
    (told,) = json.loads(out)["records"]
    assert told["changes"] == ["status: RECRUITING -> COMPLETED"]
    about = load(kept / "fetched.json")
    assert about[NUMBER]["fetched"] == DAY
    assert about["NCT00000009"] == {"fetched": "2025-01-01"}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("429", "asked too often"),
        ("500", "has a fault of its own (500)"),
        ("late", "did not answer within"),
        ("slow-header", "did not answer within"),
        ("cut-off", "broken off"),
        ("hang-up", "broken off"),
        ("200-mb", "too large"),
    ],
)
def test_a_fault_of_the_registry_is_told_and_leaves_everything_as_it_was(run, root, kept, world, fault, words):
    world.records[NUMBER] = replaced(RECORD, STATUS, "COMPLETED")
    world.faults["clinicaltrials"] = fault
    before = {path: path.read_bytes() for path in kept.iterdir()}
    code, _, err = run("study", "fetch", "--root", root, "--date", DAY)
    assert code == 2
    assert words in err or "larger" in err or "cut off" in err
    assert "fix:" in err
    assert {path: path.read_bytes() for path in kept.iterdir()} == before


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, f"knows no study {NUMBER}"),
        ('{"protocolSection": ', "is not JSON"),
        ("[]", "holds no record"),
        ({"protocolSection": 7}, "no 'protocolSection'"),
        (
            replaced(RECORD, ("protocolSection", "identificationModule", "nctId"), "NCT07654321"),
            "the record of NCT07654321",
        ),
        (
            replaced(RECORD, ("protocolSection", "identificationModule", "nctId"), SCRIPT),
            "the record of another number",
        ),
    ],
)
def test_an_answer_that_is_not_this_record_is_not_kept(run, root, kept, world, answer, words):
    if answer is not None:
        world.records[NUMBER] = answer
    before = (kept / f"{NUMBER}.json").read_bytes()
    code, _, err = run("study", "fetch", "--root", root, "--date", DAY)
    assert code == 2
    assert words in err
    assert (kept / f"{NUMBER}.json").read_bytes() == before


def test_one_record_that_fails_does_not_keep_the_others_back(run, root, registry, world):
    world.records["NCT00000001"] = replaced(RECORD, ("protocolSection", "identificationModule", "nctId"), "NCT00000001")
    code, out, err = run("study", "fetch", "NCT00000002", "NCT00000001", "--root", root, "--date", DAY)
    assert code == 2
    assert "NCT00000001: new" in out
    assert "NCT00000002: ClinicalTrials.gov knows no study" in err


def test_a_list_of_dates_that_cannot_be_read_is_not_written_over(run, root, kept, world):
    world.records[NUMBER] = RECORD
    (kept / "fetched.json").write_text("{", encoding="utf-8")
    code, _, err = run("study", "fetch", "--root", root, "--date", DAY)
    assert code == 2
    assert "'studies/registry/fetched.json' cannot be read" in err
    assert (kept / "fetched.json").read_text(encoding="utf-8") == "{"


def test_offline_only_what_was_asked_before_is_there(run, root, registry, world):
    world.records[NUMBER] = RECORD
    assert run("study", "fetch", NUMBER, "--offline", "--root", root)[0] == 2
    assert run("study", "fetch", NUMBER, "--root", root)[0] == 0
    asked = world.count("clinicaltrials")
    assert run("study", "fetch", NUMBER, "--offline", "--root", root)[0] == 0
    assert world.count("clinicaltrials") == asked


def test_check_says_of_each_study_how_it_stands_and_asks_nobody(run, root, kept, world):
    code, out, _ = run("study", "check", "--root", root, "--date", DAY)
    assert code == 0
    assert f"studies/straw.md: open on {DAY} (page RECRUITING, record RECRUITING, closes 2026-09-30)" in out
    for rule in ("study-record-old", "study-sign-up-missing", "study-ethics-missing", "arm-undescribed"):
        assert f"[{rule}]" in out
    assert "[reference-field-missing]" not in out
    assert world.asked == []
    assert run("study", "check", "--root", root, "--date", DAY, "--strict")[0] == 1
    document = json.loads(run("study", "check", "--root", root, "--date", "2026-10-01", "--format", "json")[1])
    assert document["studies"][0]["phase"] == "closed"
    assert "study-status-mismatch" in {problem["rule"] for problem in document["problems"]}


def test_new_starts_a_draft_that_reads_back_and_keeps_the_record(run, root, registry, world):
    world.records[NUMBER] = RECORD
    code, out, _ = run("study", "new", NUMBER, "--root", root, "--date", DAY)
    assert code == 0
    assert "wrote studies/straw-against-thirst.md" in out
    assert load(registry / f"{NUMBER}.json") == RECORD
    library, problems = read_library(root)
    (study,) = library.studies
    assert [p for p in problems if p.span.path.startswith("studies/")] == []
    assert (study.title, study.registry, study.draft) == ("Straw Against Thirst", NUMBER, True)
    assert [each.registry for each in study.criteria] == [
        "ages",
        "Two beds of >= 4 m2",
        "A well, with:",
        "Use of a hose",
    ]
    assert [each.arm for each in study.arms] == ["Straw", "Bare soil"]
    assert [heading.text for heading in study.body.headings][:2] == [
        "Who can take part",
        "What you will do, and how long it takes",
    ]


def test_new_takes_a_record_from_a_file_and_overwrites_nothing(run, root, kept, tmp_path):
    file = tmp_path / "record.json"
    file.write_text(json.dumps(replaced(RECORD, STATUS, "COMPLETED")), encoding="utf-8")
    code, _, err = run("study", "new", "--record", file, "--root", root)
    assert code == 2
    assert f"studies/straw.md is the page of {NUMBER} already" in err
    (root / "studies/straw.md").unlink()
    (root / "studies/straw-against-thirst.md").write_text("mine", encoding="utf-8")
    code, out, _ = run("study", "new", "--record", file, "--root", root)
    assert code == 0
    assert "was left as it is" in out
    assert (root / "studies/straw-against-thirst-2.md").exists()
    assert (root / "studies/straw-against-thirst.md").read_text(encoding="utf-8") == "mine"
    assert load(kept / f"{NUMBER}.json") == RECORD


@pytest.mark.parametrize(("version", "expected"), [(None, DAY), ("2026-03-04", "2026-03-04")])
def test_new_tells_when_a_file_does_not_say_from_which_day_it_is(run, root, registry, tmp_path, version, expected):
    """The page says as of when the registry's words are: the day must not be made up in silence."""
    file = tmp_path / "record.json"
    derived = {"derivedSection": {"miscInfoModule": {"versionHolder": version}}} if version else {}
    file.write_text(json.dumps(RECORD | derived), encoding="utf-8")
    code, out, _ = run("study", "new", "--record", file, "--root", root, "--date", DAY)
    assert code == 0
    assert ("does not say when it was fetched, so 2026-06-15 counts" in out) == (version is None)
    assert load(registry / "fetched.json")[NUMBER]["fetched"] == expected


def test_new_only_shows_with_dry_run(run, root, registry, tmp_path):
    file = tmp_path / "record.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    code, out, _ = run("study", "new", "--record", file, "--root", root, "--dry-run")
    assert code == 0
    assert "would write studies/straw-against-thirst.md" in out
    assert not (root / "studies").exists()


@pytest.mark.parametrize(
    ("text", "words"), [("{", "cannot be read"), ("[]", "holds no record"), ("{}", "holds no record")]
)
def test_new_refuses_what_is_no_record(run, root, tmp_path, text, words):
    file = tmp_path / "record.json"
    file.write_text(text, encoding="utf-8")
    code, _, err = run("study", "new", "--record", file, "--root", root)
    assert code == 2
    assert words in err


def test_new_wants_a_number_or_a_file_that_agree(run, root, tmp_path):
    assert run("study", "new", "--root", root)[0] == 2
    assert "no registry number" in run("study", "new", "trial", "--root", root)[2]
    file = tmp_path / "record.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    assert "not of NCT07654321" in run("study", "new", "NCT07654321", "--record", file, "--root", root)[2]


def test_a_record_without_its_number_makes_a_page_all_the_same(run, root, registry, tmp_path):
    file = tmp_path / "record.json"
    file.write_text(json.dumps(make_record(identificationModule=None)), encoding="utf-8")
    code, out, _ = run("study", "new", "--record", file, "--root", root)
    assert code == 0
    assert "the record has no number" in out
    assert (root / "studies/untitled.md").exists()
    assert not registry.exists()
    assert run("study", "new", NUMBER, "--record", file, "--root", root)[0] == 0
    assert (registry / f"{NUMBER}.json").exists()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sets(st.sampled_from(sorted(RECORD["protocolSection"]))),
    st.sampled_from(places_in(RECORD["protocolSection"])),
    st.sampled_from([None, 17, SCRIPT, '": [\n---\n# \u0085\u2028\x7f\ud800', [], True]),
)
def test_a_page_from_any_record_reads_back_without_an_error(root, gone, key, value):
    record = copy.deepcopy(RECORD)
    record["protocolSection"] = replaced(record["protocolSection"], key, value)
    for name in gone:
        record["protocolSection"].pop(name, None)
    listing, _ = parse_listing(record)
    (root / "studies").mkdir(exist_ok=True)
    (root / "studies/any.md").write_text(page_text(listing, NUMBER), encoding="utf-8", errors="replace")
    problems = check_library(root, _day()).problems
    assert [p for p in problems if p.span.path.startswith("studies/") and p.severity is Severity.ERROR] == []
    (study,) = read_library(root)[0].studies
    assert study.registry == NUMBER
    assert study.title


def _day():
    import datetime

    return datetime.date.fromisoformat(DAY)
