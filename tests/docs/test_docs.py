"""The documentation says what the program does: its reference parts, its links, its commands and its examples."""

import dataclasses
import datetime
import importlib
import itertools
import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import click
import pytest

from digest.check import check_library, iter_course_rules, iter_rules
from digest.check.context import Context
from digest.cli.init import write_template
from digest.cli.main import VERBS, cli
from digest.markup import parse_body
from digest.model.lookup import Lookup, has_scheme
from digest.model.source import Source
from digest.problem import Severity
from digest.read import CONTENT_FOLDERS, read_library
from digest.read.fields import read_fields
from digest.read.yaml_tree import parse_yaml
from digest.report import format_problem

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
BLOCK = re.compile(r"^( *)```(?P<language>\w*)\n(?P<text>.*?)^\1```", re.DOTALL | re.MULTILINE)
MODEL_ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
TODAY = datetime.date(2026, 11, 22)
ADDRESS = "entries/2026-11/short-calls-between-sessions.md"
FILES = {
    "EntryFields": "entries/2025-01/straw-on-the-beds-an-example.md",
    "EditionFields": "entries/2025-01/index.md",
    "TrainingModuleFields": "training/reading-a-field-trial.md",
    "StudyFields": "studies/watering-diary-an-example.md",
    "FreePageFields": "pages/about.md",
    "TopicFields": "vocabulary/topics.yml",
    "ResearchTypeFields": "vocabulary/research-types.yml",
    "GlossaryTermFields": "vocabulary/glossary.yml",
    "WordingRuleFields": "vocabulary/recruitment-wording.yml",
    "SiteSettings": "mkdocs.yml",
    "DigestSettings": "mkdocs.yml",
}
"""Which file of a new digest holds which fields."""


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name, language):
    """The fenced blocks of a page, without the indentation of a list around them."""
    found = [match for match in BLOCK.finditer(read(name)) if match["language"] == language]
    return [re.sub(f"^{match[1]}", "", match["text"], flags=re.MULTILINE) for match in found]


def section(name, heading):
    """What stands below a second-level heading of a page."""
    _, found, after = read(name).partition(f"\n## {heading}\n")
    assert found, f"{name} has no section '{heading}'"
    return after.partition("\n## ")[0]


@pytest.fixture
def reference(monkeypatch) -> ModuleType:
    """`scripts/_reference.py`, which makes the generated parts."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("_reference")


@pytest.fixture
def fields(monkeypatch) -> ModuleType:
    """`scripts/_reference_fields.py`."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("_reference_fields")


@pytest.fixture
def digest(tmp_path):
    """A copy of this repository's digest."""
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for folder in CONTENT_FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def new_digest(tmp_path):
    """What `digest init` makes."""
    write_template(tmp_path / "new")
    return tmp_path / "new"


def errors(root):
    return [problem for problem in check_library(root, TODAY).problems if problem.severity is Severity.ERROR]


# Reference parts


def test_no_generated_part_is_stale(reference):
    stale = [path.name for path in reference.iter_pages() if reference.renew(path.read_text("utf-8")) != read(path)]
    assert stale == [], "`python3 scripts/docs` renews them"


def test_a_stale_part_is_seen(reference):
    page = read("docs/rules.md")
    assert reference.renew(page.replace("`topic-unknown`", "`topic-unheard-of`")) == page


def test_every_class_of_fields_has_its_table(fields):
    tables = re.findall(r"<!-- generated: (?:fields|settings) (\w+) -->", read("docs/front-matter.md"))
    tables += re.findall(r"<!-- generated: settings (\w+) -->", read("docs/configuration.md"))
    assert sorted(tables) == [cls.__name__ for cls in fields.iter_field_classes()]


def test_every_field_and_key_is_documented_and_nothing_else(fields):
    for name in ("docs/front-matter.md", "docs/configuration.md"):
        for part in re.findall(r"<!-- generated: \w+ (\w+ -->.*?)<!-- end -->", read(name), re.DOTALL):
            cls = fields.find_class(part.split()[0])
            assert MODEL_ROW.findall(part) == [field.name for field in dataclasses.fields(cls)]


def test_every_field_has_words_under_it(fields):
    silent = [
        f"{cls.__name__}.{field.name}"
        for cls in fields.iter_field_classes()
        for field, _, text in fields.iter_fields(cls)
        if not text
    ]
    assert silent == []


def blanked(text, name):
    """A YAML text in which a field has no value any more; None if it is not there."""
    match = re.search(rf"^( *(?:- )?){name}:.*\n", text, re.MULTILINE)
    if match is None:
        return None
    deeper = " " * (len(match[1]) + 1)
    rest = itertools.dropwhile(lambda line: line.startswith(deeper), text[match.end() :].splitlines(keepends=True))
    return f"{text[: match.start()]}{match[1]}{name}:\n{''.join(rest)}"


@pytest.mark.parametrize("name", FILES)
def test_what_is_said_to_be_required_is_missed_and_nothing_else(name, fields, new_digest):
    path = new_digest / FILES[name]
    text = path.read_text("utf-8")
    assert errors(new_digest) == []
    for field, _, words in fields.iter_fields(fields.find_class(name)):
        without = blanked(text, field.name)
        if without is None:
            assert not fields.is_required(field, words), f"the example lacks the required '{field.name}'"
            continue
        path.write_text(without, "utf-8")
        missed = any(problem.span.path == FILES[name] for problem in errors(new_digest))
        assert missed == fields.is_required(field, words), field.name


def test_every_command_and_option_is_documented():
    context = click.Context(cli, info_name="digest")
    for verb in VERBS:
        words = section("docs/commands.md", f"`digest {verb}`")
        command = cli.get_command(context, verb)
        assert command is not None
        below = [*command.commands.values()] if isinstance(command, click.Group) else []
        for each in below:
            assert f"\n### `digest {verb} {each.name}`\n" in words
        for option in (option for each in (command, *below) for option in each.params):
            if isinstance(option, click.Option) and not option.hidden:
                assert f"`{option.opts[0]}" in words.replace("`-h, ", "`"), f"digest {verb} {option.opts[0]}"


def test_every_rule_is_documented_and_nothing_else():
    page = read("docs/rules.md")
    assert re.findall(r"^## `(.*)`$", page, re.MULTILINE) == [rule.name for rule in iter_rules()]
    assert re.findall(r"^### `(.*)`$", page, re.MULTILINE) == [rule.name for rule in iter_course_rules()]


def test_every_room_and_module_is_on_the_map():
    text = read("docs/architecture.md")
    for room in sorted((ROOT / "digest").iterdir()):
        if (room / "__init__.py").is_file():
            assert f"### `digest/{room.name}/`" in text
            for module in room.glob("[a-z]*.py"):
                assert f"| `{module.name}` | " in text


# Links


def anchors(text):
    """What GitHub calls the headings of a page: in small letters, without marks, `-` for blanks."""
    seen = set()
    for heading in parse_body(text).headings:
        base = re.sub(r"[^\w\- ]", "", heading.text.lower()).replace(" ", "-")
        anchor = next(name for n in range(1000) if (name := f"{base}-{n}" if n else base) not in seen)
        seen.add(anchor)
    return seen


@pytest.mark.parametrize("name", NAMES)
def test_no_link_leads_nowhere(name):
    text = read(name)
    broken = []
    for link in (*parse_body(text).links, *parse_body(text).images):
        if has_scheme(link.destination):
            continue
        path, _, anchor = unquote(link.destination).partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            broken.append(link.destination)
    assert broken == []


def test_every_page_can_be_reached_from_the_readme():
    seen, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        seen.add(page)
        for link in parse_body(page.read_text("utf-8")).links:
            target = Path(os.path.normpath(page.parent / link.destination.partition("#")[0]))
            if target.suffix == ".md" and target.is_file() and target not in seen:
                todo.append(target)
    assert set(PAGES) - {DOCS / "benchmarks.md"} <= seen  # `scripts/bench` writes that one whenever it measures


# Commands


def commands(name):
    for block in blocks(name, "sh"):
        yield from (shlex.split(line, comments=True) for line in block.splitlines() if line.strip())


@pytest.mark.parametrize("name", NAMES)
def test_every_digest_command_in_a_block_exists(name):
    context = click.Context(cli, info_name="digest")
    for program, *words in commands(name):
        if Path(program).name != "digest":
            continue
        group_options = {option for param in cli.get_params(context) for option in param.opts}
        if words[0] in group_options:
            continue
        command = cli.get_command(context, words[0])
        assert command is not None, words
        if isinstance(command, click.Group) and words[1:2] and words[1] in command.commands:
            command = command.commands[words[1]]
        known = {option for param in command.get_params(context) for option in (*param.opts, *param.secondary_opts)}
        used = {word.partition("=")[0] for word in words[1:] if word.startswith("-")}
        assert used <= known, words


@pytest.mark.parametrize("name", NAMES)
def test_every_script_in_a_block_exists_and_knows_its_options(name):
    for words in commands(name):
        script = next((word for word in words if word.startswith("scripts/")), None)
        if script:
            assert (ROOT / script).is_file(), script
            for option in words[words.index(script) + 1 :]:
                assert not option.startswith("--") or f'"{option}"' in read(script), f"{script} {option}"


# Examples


@pytest.fixture
def example(digest):
    """The digest with the entry and the reference that the editors' page shows."""
    (entry,) = (block for block in blocks("docs/for-editors.md", "markdown") if block.startswith("---"))
    (record,) = blocks("docs/for-editors.md", "bibtex")
    (digest / ADDRESS).parent.mkdir(parents=True, exist_ok=True)
    (digest / ADDRESS).write_text(entry, "utf-8")
    with (digest / "bib" / "references.bib").open("a", encoding="utf-8") as bib:
        bib.write("\n" + record)
    return digest


def test_the_editors_example_checks_clean_but_for_its_length(example):
    check = check_library(example, TODAY)
    assert ADDRESS in {entry.path for entry in check.library.entries}
    about = [problem for problem in check.problems if "short-calls" in problem.span.path or "2026" in problem.message]
    assert {problem.rule for problem in about} == {"permalink-new", "summary-too-short"}


def test_the_message_that_the_editors_page_takes_apart_is_what_check_says(example):
    (shown,) = (block for block in blocks("docs/for-editors.md", "text") if block.startswith(ADDRESS))
    path = example / ADDRESS
    topics = re.search(r"\| (topics: .*)", shown)
    assert topics
    path.write_text(re.sub(r"(?m)^topics: .*", topics[1], path.read_text("utf-8")), "utf-8")
    check = check_library(example, TODAY)
    said = [format_problem(problem, check.library.sources) + "\n" for problem in check.problems]
    assert shown in said


@pytest.mark.parametrize("name", ["docs/for-editors.md", "docs/front-matter.md"])
def test_the_fields_of_every_example_are_read_without_a_fault(name, fields):
    documents = [fields.find_class(each) for each in FILES if FILES[each].endswith(".md")]
    for block in blocks(name, "yaml"):
        source = Source("example.md", block)
        tree = parse_yaml(source, 0, len(block), rule="front-matter-unreadable")
        readings = [read_fields(cls, dict(tree.data), tree.places, source)[2] for cls in documents]
        assert tree.problems == []
        assert [] in readings, readings


def test_the_smallest_configuration_works(new_digest):
    configuration = blocks("docs/configuration.md", "yaml")[0]
    (new_digest / "mkdocs.yml").write_text(configuration, "utf-8")
    assert errors(new_digest) == []


def test_the_fields_that_a_citation_needs_are_enough(new_digest):
    rows = re.findall(
        r"^\| an? [^|]* \| (`@.*?) \| (.*?) \|$", section("docs/front-matter.md", "References"), re.MULTILINE
    )
    records: list[str] = []
    for types, needed in rows:
        for kind in re.findall(r"`@(\w+)`", types):
            extra = dict.fromkeys(re.findall(r"`(\w+)`", types.partition(" with ")[2]), "psyarxiv")
            values = dict.fromkeys(re.findall(r"`(\w+)`", needed), "Words") | extra
            values |= {"year": "2023", "author": "Bloom, F.", "title": f"On {kind}", "url": "https://site.example.org/"}
            written = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items())
            records.append(f"@{kind}{{bloom{len(records)},\n{written}}}\n")
    assert len(records) > len(rows) > 7
    (new_digest / "bib" / "more.bib").write_text("\n".join(records), "utf-8")
    about = [problem for problem in check_library(new_digest, TODAY).problems if problem.span.path == "bib/more.bib"]
    assert about == []


def test_the_rule_that_developers_add_first_works(new_digest, monkeypatch):
    code = blocks("docs/for-developers.md", "python")[0]
    rule = ModuleType("takeaway_exclaims")
    monkeypatch.setitem(sys.modules, rule.__name__, rule)
    exec(compile(code, "docs/for-developers.md", "exec"), rule.__dict__)
    path = new_digest / FILES["EntryFields"]
    for mark, count in ((".", 0), ("!", 1)):
        path.write_text(re.sub(r"(?m)^(takeaway: .*?)\W$", rf"\1{mark}", path.read_text("utf-8")), "utf-8")
        library, _ = read_library(new_digest)
        problems = list(rule.check(Context(library, Lookup(library), TODAY)))
        assert [problem.rule for problem in problems] == ["takeaway-exclaims"] * count
        for problem in problems:
            (edit,) = problem.edits
            assert library.sources[edit.span.path].text[edit.span.start : edit.span.end] == "!"
