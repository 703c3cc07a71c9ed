"""The rules: documented, shown by golden cases, and the same whatever the order of files."""

import ast
import datetime
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from digest.check import check_library, find_rule, iter_course_rules, iter_rules
from digest.cli.check import explanation
from digest.cli.fix import apply_edits, changed_texts, edits_of
from digest.problem import Problem, Severity
from digest.read import read_library
from digest.report import format_text

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "check"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.name != "_base")
RULES = [rule.name for rule in iter_rules()]
TODAY = datetime.date(2024, 6, 15)


def rule_of(case):
    return case.partition("--")[0]


def told(root):
    check = check_library(root, TODAY)
    return format_text(check.problems, check.library.sources)


def mend(root, problems):
    check = check_library(root, TODAY)
    for path, (_, after) in changed_texts(check.library, edits_of(problems)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(after.encode())


def counted(problems):
    return Counter((problem.rule, problem.span.path, problem.message) for problem in problems)


def test_the_base_of_the_golden_cases_is_clean(lay):
    assert told(lay()) == ""


@pytest.mark.parametrize("case", CASES)
def test_golden(case, lay, request):
    expected = GOLDEN / case / "expected.txt"
    text = told(lay(case))
    if request.config.getoption("--update-golden", default=False):
        expected.write_bytes(text.encode())
    assert text == expected.read_bytes().decode()
    assert f"[{rule_of(case)}]" in text or "--" in case


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_golden_case_that_fires(rule):
    cases = [case for case in CASES if rule_of(case) == rule]
    assert any(f"[{rule}]" in (GOLDEN / case / "expected.txt").read_text(encoding="utf-8") for case in cases)


@pytest.mark.parametrize("case", CASES)
def test_a_golden_case_belongs_to_a_rule(case):
    assert rule_of(case) in RULES


@pytest.mark.parametrize("rule", list(iter_rules()), ids=RULES)
def test_the_documentation_of_a_rule_says_what_it_reports_and_shows_both_sides(rule):
    first, blank, *rest = rule.documentation.split("\n")
    assert first.endswith(".")
    assert not blank
    (passes,) = re.finditer(r"^Passes\b[^:]*:\n\n {4}", "\n".join(rest), re.MULTILINE)
    (fails,) = re.finditer(r"^Fails\b[^:]*:\n\n {4}", "\n".join(rest), re.MULTILINE)
    assert passes.start() < fails.start()


@pytest.mark.parametrize("rule", RULES)
def test_explain_prints_the_documentation_of_every_rule(rule):
    text = explanation(rule)
    assert text.startswith(f"{rule} (")
    assert "\nFails" in text
    assert f"\n{rule} (" in "\n" + explanation("all")


@pytest.mark.parametrize("case", CASES)
def test_no_problem_is_worse_than_its_rule_says(case, lay):
    order = list(Severity)
    for problem in check_library(lay(case), TODAY).problems:
        rule = find_rule(problem.rule)
        assert rule is not None
        assert order.index(problem.severity) >= order.index(rule.severity)


class RuleNames(ast.NodeVisitor):
    """Every text that code gives to a `Problem` as its rule, whatever the way it takes."""

    def __init__(self, takers):
        self.takers = takers
        self.found = set()

    def visit_Assign(self, node):
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if names & {"RULE", "MALFORMED", "UNREADABLE"}:
            self.note(node.value)
        self.generic_visit(node)

    def visit_Call(self, node):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in self.takers and len(node.args) > self.takers[name]:
            self.note(node.args[self.takers[name]])
        for keyword in node.keywords:
            if keyword.arg == "rule":
                self.note(keyword.value)
        self.generic_visit(node)

    def note(self, value):
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            self.found.add(value.value)


def rule_names_in_the_code():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "digest").rglob("*.py"))]
    takers = {"Problem": 0}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                parameters = [argument.arg for argument in node.args.args if argument.arg != "self"]
                if "rule" in parameters:
                    takers[node.name] = parameters.index("rule")
            elif isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and method.name == "__init__":
                        parameters = [argument.arg for argument in method.args.args if argument.arg != "self"]
                        if "rule" in parameters:
                            takers[node.name] = parameters.index("rule")
    takers.pop("__init__", None)
    names = RuleNames(takers)
    for tree in trees:
        names.visit(tree)
    return names.found


def test_every_rule_that_the_code_names_has_its_file_and_every_file_is_named():
    assert rule_names_in_the_code() == {*RULES, *(rule.name for rule in iter_course_rules())}


def test_a_rule_file_is_named_after_its_rule():
    files = {path.stem.replace("_", "-") for path in (ROOT / "digest" / "check" / "rules").glob("*.py")} - {"--init--"}
    assert files == set(RULES)


@pytest.mark.parametrize("case", CASES)
def test_an_edit_mends_what_it_claims_and_breaks_nothing(case, lay):
    root = lay(case)
    before = check_library(root, TODAY).problems
    mended = [problem for problem in before if problem.edits]
    mend(root, mended)
    after = counted(check_library(root, TODAY).problems)
    left = counted(before) - counted(mended)
    assert after - left == Counter()


@pytest.mark.parametrize("case", CASES)
def test_each_edit_alone_mends_its_problem(case, lay):
    before = check_library(lay(case), TODAY).problems
    for problem in before:
        if problem.edits:
            root = lay(case)
            mend(root, [problem])
            after = counted(check_library(root, TODAY).problems)
            assert counted(before) - after >= counted([problem])


@pytest.mark.parametrize("case", CASES)
def test_every_span_lies_in_its_file(case, lay):
    check = check_library(lay(case), TODAY)
    for problem in check.problems:
        assert isinstance(problem, Problem)
        source = check.library.sources.get(problem.span.path)
        length = len(source.text) if source else 0
        for span in (problem.span, *(edit.span for edit in problem.edits)):
            assert 0 <= span.start <= span.end
            if span.path == problem.span.path:
                assert span.end <= length


def test_forty_mistakes_give_forty_messages(lay):
    root = lay()
    path = root / "entries/2023-01/mulch-and-water.md"
    text = path.read_text(encoding="utf-8")
    unknown = ", ".join(f"plant{number}x{number}" for number in range(10))
    links = "\n".join(
        f"[a](nowhere/{number}{number}) [b](javascript:{number}) ![c](none{number})" for number in range(10)
    )
    text = text.replace("[bloom2023mulch]", f"[bloom2023mulch, {unknown}]").replace(
        "\nCovered", f"\n{links}\n\nCovered"
    )
    path.write_text(text, encoding="utf-8")
    problems = check_library(root, TODAY).problems
    assert Counter(problem.rule for problem in problems) == {
        "citation-key-unknown": 10,
        "link-broken": 10,
        "url-unsafe": 10,
        "image-missing": 10,
    }
    assert len({problem.span for problem in problems}) == 40


def test_forty_unreadable_lines_give_forty_messages(lay):
    root = lay()
    path = root / "entries/2023-01/mulch-and-water.md"
    lines = "\n".join(f"note{number}: one: two" for number in range(40))
    path.write_text(path.read_text(encoding="utf-8").replace("topics:", f"{lines}\ntopics:"), encoding="utf-8")
    problems = check_library(root, TODAY).problems
    assert [problem.rule for problem in problems] == ["front-matter-unreadable"] * 40
    source = read_library(root)[0].sources["entries/2023-01/mulch-and-water.md"]
    assert [source.line_column(problem.span.start)[0] for problem in problems] == list(range(5, 45))


@pytest.mark.parametrize("case", ["alias-clash", "citation-key-duplicate", "entry-duplicate", "permalink-new"])
def test_the_order_in_which_a_disk_lists_files_does_not_matter(case, lay, monkeypatch):
    root = lay(case)
    expected = told(root)
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: iter(sorted(scandir(path), key=lambda entry: entry.name)[::-1]))
    assert told(root) == expected


def test_new_permalinks_are_added_by_kind_and_path_to_a_file_that_does_not_exist_yet(lay):
    root = lay()
    (root / "entries/permalinks.txt").unlink()
    mend(root, check_library(root, TODAY).problems)
    assert (root / "entries/permalinks.txt").read_text(encoding="utf-8").split("\n") == [
        "/2023/01/",
        "/2023/01/mulch-and-water/",
        "/2023/02/",
        "/2023/02/shade-and-water/",
        "/about/",
        "/studies/mulch-trial/",
        "/training/soil-basics/",
        "/research/field-trial/",
        "/research/observation/",
        "/topics/soil/",
        "/topics/watering/",
        "/topics/soil-life/",
        "/topics/shade/",
        "",
    ]
    assert told(root) == ""


@pytest.mark.parametrize("kept", ["/about/", "/about/\n", "/about/\r\n", "# a comment", ""])
def test_new_permalinks_follow_the_lines_that_are_there(lay, kept):
    root = lay()
    path = root / "entries/permalinks.txt"
    wanted = sorted([*path.read_text(encoding="utf-8").split(), *({kept.strip()} & {"# a comment"})])
    path.write_bytes(kept.encode())
    mend(root, [problem for problem in check_library(root, TODAY).problems if problem.rule == "permalink-new"])
    after = path.read_bytes().decode()
    assert after.startswith(kept)
    assert sorted(filter(None, after.replace("\r", "").split("\n"))) == wanted
    assert after.endswith("\n")
    assert "\n\n" not in after


def test_edits_that_overlap_are_not_both_applied(lay):
    root = lay("topic-unknown")
    problems = [problem for problem in check_library(root, TODAY).problems if problem.edits]
    edit = problems[0].edits[0]
    assert apply_edits("0123456789" * 20, [edit, edit]) == apply_edits("0123456789" * 20, [edit])
