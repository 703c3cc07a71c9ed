"""The rules for courses, shown by golden cases as those of `digest check` are.

Each folder of `tests/golden/course/` is a case: `in/` is laid over the digest of `tests/golden/check/_base/`, and
`expected.txt` is what `digest training check` finds besides. `pytest tests/check --update-golden` writes it.
"""

import datetime
import re
import shutil

import pytest

from digest.check import check_course, iter_course_rules
from digest.problem import Severity
from digest.read import read_library
from digest.report import format_text
from tests.check.conftest import GOLDEN

COURSE = GOLDEN.parent / "course"
CASES = sorted(path.name for path in COURSE.iterdir())
RULES = {rule.name: rule for rule in iter_course_rules()}
TODAY = datetime.date(2024, 6, 15)


def lay_course(root, case):
    shutil.copytree(GOLDEN / "_base", root)
    shutil.copytree(COURSE / case / "in", root, dirs_exist_ok=True)
    library, problems = read_library(root)
    assert problems == []
    return library, check_course(library, TODAY)


@pytest.mark.parametrize("case", CASES)
def test_golden(case, tmp_path, request):
    library, problems = lay_course(tmp_path / "digest", case)
    text = format_text(problems, library.sources)
    expected = COURSE / case / "expected.txt"
    if request.config.getoption("--update-golden", default=False):
        expected.write_bytes(text.encode())
    assert text == expected.read_bytes().decode()


@pytest.mark.parametrize("case", CASES)
def test_a_case_shows_its_rule_and_nothing_else(case, tmp_path):
    _, problems = lay_course(tmp_path / "digest", case)
    assert {problem.rule for problem in problems} == {case.partition("--")[0]}


@pytest.mark.parametrize("case", CASES)
def test_no_problem_is_worse_than_its_rule_says_and_none_stops_a_site(case, tmp_path):
    order = list(Severity)
    _, problems = lay_course(tmp_path / "digest", case)
    for problem in problems:
        assert order.index(problem.severity) >= order.index(RULES[problem.rule].severity)
        assert problem.severity is not Severity.ERROR


def test_every_rule_has_a_case():
    assert {case.partition("--")[0] for case in CASES} == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_documentation_of_a_rule_says_what_it_reports_and_shows_both_sides(rule):
    first, blank, *rest = rule.documentation.split("\n")
    assert first.endswith(".")
    assert not blank
    (passes,) = re.finditer(r"^Passes\b[^:]*:\n\n {4}", "\n".join(rest), re.MULTILINE)
    (fails,) = re.finditer(r"^Fails\b[^:]*:\n\n {4}", "\n".join(rest), re.MULTILINE)
    assert passes.start() < fails.start()


def test_a_draft_is_no_reading_to_recommend(tmp_path):
    root = tmp_path / "digest"
    lay_course(root, "synthesis-unread")
    path = root / "entries/2023-02/many-mulches.md"
    path.write_text(path.read_text("utf-8").replace("citations:", "draft: true\ncitations:"), "utf-8")
    library, _ = read_library(root)
    assert [problem.rule for problem in check_course(library, TODAY)] == []


def test_a_module_that_reads_the_work_itself_needs_no_summary_of_it(tmp_path):
    root = tmp_path / "digest"
    lay_course(root, "synthesis-unread")
    path = root / "training/soil-basics.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("- entry: mulch-and-water", "- citation: petal2020seeds"), "utf-8")
    library, _ = read_library(root)
    assert "synthesis-unread" not in {problem.rule for problem in check_course(library, TODAY)}


@pytest.mark.parametrize(("year", "is_told"), [(2013, True), (2014, False)])
def test_a_work_of_ten_years_ago_is_not_older_than_ten_years(year, is_told, tmp_path):
    root = tmp_path / "digest"
    lay_course(root, "reading-old")
    path = root / "bib/garden.bib"
    path.write_text(path.read_text("utf-8").replace("{2013}", f"{{{year}}}"), "utf-8")
    library, _ = read_library(root)
    assert ("reading-old" in {problem.rule for problem in check_course(library, TODAY)}) == is_told
