"""`digest suggest` and `digest topics` as an editor uses them, on the example of `digest init`."""

import gzip
import io
import json
import re
import sys

import pytest

from digest.cli import main
from digest.read import read_library

ENTRY = """---
title: {title}
takeaway: Straw keeps the soil wet.
citations: []
{topics}research_types: [field-trial]
---
{text}

## Practice implications

Do it.
"""
TOPICS = """
- id: mulch
  label: Mulch
  definition: Covering the soil.
  alt_labels: [ground cover]
  keywords: [bark chips, straw on the beds]

- id: water-and-rain
  label: Water and Rain
  definition: Watering.
  alt_labels: [irrigation]
  broader: mulch

# Comments stay where they are.
- id: shade
  label: Shade
  definition: Less sun.
  alt_labels: []
"""
TYPES = """
- id: field-trial
  label: Field trial
  definition: In a field.
  strength: Shows what happens in a field.
  keywords: [was tried on plots]
"""
USE = {
    "one": ("Irrigation in a dry year", "topics: [water-and-rain]\n", "Rain was scarce."),
    "two": ("Straw on the beds", "topics: [mulch, water-and-rain]\n", "Ground cover kept the soil wet."),
    "three": ("Ground cover for roses", "topics:\n  - mulch\n", "It was tried on plots with bark chips."),
    "four": ("Ground cover and irrigation for beans", "", "Bark chips, straw on the beds and a hose."),
}


@pytest.fixture
def digest(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: Garden\n", encoding="utf-8")
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "topics.yml").write_text(TOPICS, encoding="utf-8")
    (tmp_path / "vocabulary" / "research-types.yml").write_text(TYPES, encoding="utf-8")
    for month, (slug, (title, topics, text)) in enumerate(USE.items(), 1):
        folder = tmp_path / "entries" / f"2023-{month:02}"
        folder.mkdir(parents=True)
        (folder / f"{slug}.md").write_text(ENTRY.format(title=title, topics=topics, text=text), encoding="utf-8")
    return tmp_path


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code


def topics_of(root, slug):
    library, _ = read_library(root)
    return next(entry.topics for entry in library.entries if entry.slug == slug)


def test_a_suggestion_shows_the_phrases_and_the_entries_that_speak_for_it(digest, capsys):
    assert run("suggest", "--root", digest, "four", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    mulch = next(each for each in found["topics"] if each["topic"] == "mulch")
    assert {"ground cover", "bark chips"} <= set(mulch["evidence"]["phrases"])
    assert 0.5 < mulch["score"] <= 1
    assert {each["title"] for each in mulch["evidence"]["neighbours"]} <= {title for title, _, _ in USE.values()}


def test_a_text_that_is_about_nothing_here_gets_no_suggestion(digest, capsys, tmp_path):
    text = tmp_path / "note.txt"
    text.write_text("Tuning pianos\nHammers and strings.\n", encoding="utf-8")
    assert run("suggest", "--root", digest, text) == 0
    assert "Topics: no suggestion" in capsys.readouterr().out


def test_of_a_file_with_front_matter_title_takeaway_and_body_are_read_and_not_its_topics(digest, capsys, tmp_path):
    draft = tmp_path / "draft.md"
    draft.write_text(ENTRY.format(title="Pianos", topics="topics: [shade]\n", text="It rained."), encoding="utf-8")
    assert run("suggest", "--root", digest, draft, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["title"] == "Pianos"
    assert "shade" not in [each["topic"] for each in found["topics"]]


def test_a_file_of_references_is_read_by_its_first_record(digest, capsys, tmp_path):
    file = tmp_path / "one.ris"
    file.write_text("TY  - JOUR\nTI  - Irrigation was tried on plots\nAU  - Doe, J\nER  - \n", encoding="utf-8")
    assert run("suggest", "--root", digest, file, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["topic"] for each in found["topics"]] == ["water-and-rain"]
    assert [each["topic"] for each in found["research_types"]] == ["field-trial"]


def test_apply_shows_first_and_without_consent_changes_nothing(digest, capsys):
    path = digest / "entries" / "2023-04" / "four.md"
    before = path.read_bytes()
    assert run("suggest", "--root", digest, "four", "--apply") == 0
    assert "+topics: [mulch" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("slug", "written"),
    [
        ("four", "topics: [mulch, water-and-rain]\n"),
        ("empty", "topics: [mulch, water-and-rain]\n"),
        ("null", "topics: [mulch, water-and-rain]\n"),
        ("flow", "topics: [shade, mulch, water-and-rain] # mine\n"),
        ("block", 'topics:\n  - "shade"\n  - mulch\n  - water-and-rain\n'),
        ("comment", "topics: # why\n- shade # mine\n- mulch\n- water-and-rain\n"),
        ("windows", "topics: [shade, mulch, water-and-rain]\r\n"),
        ("nothing", "topics: [mulch, water-and-rain] # none\n"),
        ("text", "topics: ['shade', mulch, water-and-rain]\n"),
        ("anchor", "topics: &t [shade, mulch, water-and-rain,]\n"),
        ("next line", "topics:\n  -\n    shade # mine\n  - mulch\n  - water-and-rain\n"),
    ],
)
def test_apply_changes_the_topics_and_nothing_else(digest, slug, written):
    ways = {
        "four": "",
        "empty": "topics: []\n",
        "null": "topics:\n",
        "flow": "topics: [shade] # mine\n",
        "block": 'topics:\n  - "shade"\n',
        "comment": "topics: # why\n- shade # mine\n",
        "windows": "topics: [shade]\n",
        "nothing": "topics: ~ # none\n",
        "text": "topics: 'shade'\n",
        "anchor": "topics: &t [shade,]\n",
        "next line": "topics:\n  -\n    shade # mine\n",
    }
    title, _, text = USE["four"]
    content = ENTRY.format(title=title, topics=ways[slug], text=text)
    content = content.replace("\n", "\r\n") if slug == "windows" else content
    path = digest / "entries" / "2023-04" / "four.md"
    path.write_bytes(content.encode())
    assert run("suggest", "--root", digest, "four", "--apply", "--yes") == 0
    after = path.read_bytes().decode()
    assert written in after
    field = ways[slug].replace("\n", "\r\n") if slug == "windows" else ways[slug]
    rest = content.replace(field, "", 1) if field else content
    assert after.replace(written, "", 1) == rest
    assert set(topics_of(digest, "four")) >= {"mulch", "water-and-rain"}


def test_apply_gives_no_more_topics_than_an_entry_may_have(digest, capsys):
    settings = "site_name: Garden\nextra: {digest: {lengths: {topics_most: 2}}}\n"
    (digest / "mkdocs.yml").write_text(settings, encoding="utf-8")
    path = digest / "entries" / "2023-04" / "four.md"
    path.write_text(path.read_text(encoding="utf-8").replace("research_types", "topics: [shade]\nresearch_types"))
    assert run("suggest", "--root", digest, "four", "--apply", "--yes") == 0
    assert "at most 2 topics, so without: water-and-rain" in capsys.readouterr().err
    assert topics_of(digest, "four") == ("shade", "mulch")


def test_apply_writes_types_of_research_where_the_entry_names_none(digest):
    path = digest / "entries" / "2023-03" / "three.md"
    for field in ("research_types: []\n", "", "research_types: [a-survey]\n"):
        path.write_text(ENTRY.format(title=USE["three"][0], topics=field, text=USE["three"][2]).replace(
            "research_types: [field-trial]\n", ""))  # fmt: skip
        assert run("suggest", "--root", digest, "three", "--apply", "--yes") == 0
        kept = "a-survey" if "survey" in field else "field-trial"
        assert f"research_types: [{kept}]\n" in path.read_text(encoding="utf-8")


def test_apply_leaves_a_field_alone_that_cannot_be_read(digest):
    path = digest / "entries" / "2023-04" / "four.md"
    for field in ("topics: [shade\n", "topics: {a: b}\n", "topics: |\n  shade\n"):
        path.write_text(ENTRY.format(title=USE["four"][0], topics=field, text=USE["four"][2]), encoding="utf-8")
        before = path.read_bytes()
        assert run("suggest", "--root", digest, "four", "--apply", "--yes") == 0
        assert path.read_bytes() == before


def test_topics_tells_use_by_year_and_what_is_never_or_once_used(digest, capsys):
    assert run("topics", "--root", digest, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert {use["topic"]: use["years"] for use in found["topics"]} == {
        "mulch": {"2023": 2},
        "water-and-rain": {"2023": 2},
        "shade": {},
    }
    assert found["never"] == ["shade"]


def test_a_renamed_topic_keeps_its_old_id_and_label_and_every_entry_follows(digest):
    assert run("topics", "--root", digest, "rename", "mulch", "Soil: Cover", "--yes") == 0
    library, _ = read_library(digest)
    topic = library.topics[0]
    assert (topic.id, topic.label, topic.aliases, topic.alt_labels) == (
        "soil-cover",
        "Soil: Cover",
        ("mulch",),
        ("ground cover", "Mulch"),
    )
    assert library.topics[1].broader == "soil-cover"
    assert topics_of(digest, "two") == ("soil-cover", "water-and-rain")
    assert topics_of(digest, "three") == ("soil-cover",)


STUDY = """---
title: {title}
topics: [shade, "mulch"]
---
Text.
"""


def test_studies_and_modules_follow_a_renamed_topic(digest):
    for folder in ("studies", "training"):
        (digest / folder).mkdir()
        (digest / folder / "one.md").write_text(STUDY.format(title="One"), encoding="utf-8")
    assert run("topics", "--root", digest, "rename", "mulch", "Covering", "--yes") == 0
    for folder in ("studies", "training"):
        assert 'topics: [shade, "covering"]\n' in (digest / folder / "one.md").read_text(encoding="utf-8")


def test_a_topic_that_gets_its_name_back_is_no_alias_of_itself(digest):
    for name, label in (("mulch", "Straw, bark"), ("straw-bark", "Mulch"), ("mulch", "Straw, bark")):
        assert run("topics", "--root", digest, "rename", name, label, "--yes") == 0
    library, _ = read_library(digest)
    assert library.topics[0].aliases == ("mulch",)
    assert library.topics[0].alt_labels == ("ground cover", "Mulch")


VOCABULARIES = {
    "braces": """
- {id: one, label: One, definition: D., alt_labels: [Eins]}
- {
    id: two, label: Two,
    definition: D.
  }
# a
- {id: six, label: Six, definition: D.}
""",
    "label first": """
- label: 'One'
  id: one
  definition: D.
- label: 'Two'
  id: two
  definition: D.
# a
- label: Six
  id: six
  definition: D.
""",
    "dash alone": """
-
  id: one
  label: One
  definition: D.
-
  id: two
  label: Two
  definition: D.
  aliases: ~
# a
-
  id: six
  label: Six
  definition: D.
""",
}


@pytest.mark.parametrize("form", VOCABULARIES)
def test_a_vocabulary_is_edited_in_whatever_form_it_is_written(digest, form):
    path = digest / "vocabulary" / "topics.yml"
    path.write_text(VOCABULARIES[form], encoding="utf-8")
    assert run("topics", "--root", digest, "rename", "two", "Due, tre", "--yes") == 0
    assert run("topics", "--root", digest, "merge", "one", "due-tre", "--yes") == 0
    library, problems = read_library(digest)
    assert not [problem for problem in problems if problem.span.path == "vocabulary/topics.yml"]
    assert [(topic.id, topic.label) for topic in library.topics] == [("due-tre", "Due, tre"), ("six", "Six")]
    assert {"Two", "One"} <= set(library.topics[0].alt_labels)
    assert set(library.topics[0].aliases) == {"two", "one"}
    assert "\n# a\n" in path.read_text(encoding="utf-8")


def test_a_topic_that_takes_over_a_wider_one_is_not_narrower_than_itself(digest):
    assert run("topics", "--root", digest, "merge", "mulch", "water-and-rain", "--yes") == 0
    library, _ = read_library(digest)
    assert [(topic.id, topic.broader) for topic in library.topics] == [("water-and-rain", ""), ("shade", "")]


NARROWER = """
- {id: one, label: One, definition: D.}
- {id: two, label: Two, definition: D., broader: one}
- id: six
  label: Six
  definition: D.
  broader: two"""


def test_a_topic_that_takes_over_one_far_above_it_goes_round_in_no_circle(digest):
    (digest / "vocabulary" / "topics.yml").write_text(NARROWER, encoding="utf-8")
    assert run("topics", "--root", digest, "merge", "one", "six", "--yes") == 0
    library, _ = read_library(digest)
    assert [(topic.id, topic.broader) for topic in library.topics] == [("two", "six"), ("six", "")]


def test_the_last_topic_of_a_file_without_a_last_new_line_goes_as_a_whole(digest):
    path = digest / "vocabulary" / "topics.yml"
    path.write_text(NARROWER, encoding="utf-8")
    assert run("topics", "--root", digest, "merge", "six", "two", "--yes") == 0
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == [
        "",
        "- {id: one, label: One, definition: D.}",
        "- {id: two, label: Two, definition: D., broader: one, alt_labels: [Six], aliases: [six]}",
    ]


def test_two_new_fields_at_the_end_of_a_file_without_a_last_new_line_are_two_lines(digest):
    path = digest / "vocabulary" / "topics.yml"
    path.write_text(NARROWER, encoding="utf-8")
    assert run("topics", "--root", digest, "rename", "six", "Seven", "--yes") == 0
    assert path.read_text(encoding="utf-8").endswith("  broader: two\n  alt_labels: [Six]\n  aliases: [six]")


def test_a_topic_is_not_cut_out_of_a_list_in_brackets(digest, capsys):
    path = digest / "vocabulary" / "topics.yml"
    written = "[{id: o-ne, label: O ne, definition: D.},\n {id: two, label: Two, definition: D.}]\n"
    path.write_text(written, encoding="utf-8")
    assert run("topics", "--root", digest, "merge", "two", "o-ne", "--yes") == 2
    assert "let each topic begin on a line of its own" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == written


def test_a_merged_topic_leaves_its_names_and_no_entry_has_the_other_twice(digest):
    assert run("topics", "--root", digest, "merge", "water-and-rain", "mulch", "--yes") == 0
    library, _ = read_library(digest)
    assert [topic.id for topic in library.topics] == ["mulch", "shade"]
    assert library.topics[0].aliases == ("water-and-rain",)
    assert {"Water and Rain", "irrigation"} <= set(library.topics[0].alt_labels)
    assert [topics_of(digest, slug) for slug in ("one", "two", "three")] == [("mulch",)] * 3
    assert "# Comments stay where they are." in (digest / "vocabulary" / "topics.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments", [("rename", "mulch", "Shade"), ("merge", "mulch", "mulch"), ("merge", "x", "mulch")]
)
def test_what_would_break_the_vocabulary_is_refused(digest, arguments):
    before = (digest / "vocabulary" / "topics.yml").read_bytes()
    assert run("topics", "--root", digest, *arguments, "--yes") == 2
    assert (digest / "vocabulary" / "topics.yml").read_bytes() == before


@pytest.mark.parametrize("workers", [1, 2])
def test_a_batch_has_every_record_once_in_its_order(digest, tmp_path, workers):
    lines = [json.dumps({"id": n, "title": "Irrigation" if n % 2 else "Pianos"}) for n in range(700)]
    packed = tmp_path / "all.jsonl.gz"
    packed.write_bytes(gzip.compress("\n".join(lines).encode()))
    out = tmp_path / "out.jsonl"
    assert run("suggest", "--root", digest, "--batch", packed, "--output", out, "--workers", workers) == 0
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in found] == list(range(700))
    assert [each["topics"] for each in found[:2]] == [[], ["water-and-rain"]]


def test_a_batch_reads_the_files_of_a_folder_and_standard_input(digest, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "b.ris").write_text("TY  - JOUR\nTI  - Irrigation\nDO  - 10.1/b\nER  - \n", encoding="utf-8")
    (folder / "a.ndjson").write_text('{"id": "a1", "title": "Pianos"}\n{"id": "a2", "title": "Mulch"}\n', "utf-8")
    (folder / "README.txt").write_text("Exported in January.\n", encoding="utf-8")
    (folder / ".hidden.ris").write_text("TY  - JOUR\nTI  - Hidden\nER  - \n", encoding="utf-8")
    out = folder / "out.jsonl"
    for _ in range(2):
        assert run("suggest", "--root", digest, "--batch", folder, "--output", out, "--workers", 1) == 0
        found = [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()]
        assert found == ["a1", "a2", "10.1/b"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((folder / "a.ndjson").read_bytes())))
    assert run("suggest", "--root", digest, "--batch", "-", "--workers", 1) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["a1", "a2"]
    out.unlink()
    (folder / "a.ndjson").unlink()
    (folder / "b.ris").unlink()
    assert run("suggest", "--root", digest, "--batch", folder) == 2


def test_a_record_without_a_name_is_called_by_its_number(digest, tmp_path, capsys):
    file = tmp_path / "some.ris"
    file.write_text("TY  - JOUR\nTI  - Irrigation\nER  - \nTY  - JOUR\nTI  - Pianos\nER  - \n", encoding="utf-8")
    assert run("suggest", "--root", digest, "--batch", file, "--workers", 1) == 0
    found = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert found == ["1", "2"]


def test_a_batch_ranks_by_a_topic_and_names_what_it_could_not_read(digest, tmp_path, capsys):
    file = tmp_path / "some.jsonl"
    file.write_text('{"title": "Pianos"}\n{"title": 7}\n{"id": "b", "title": "Ground cover, =bark chips"}\n', "utf-8")
    assert run("suggest", "--root", digest, "--batch", file, "--for", "Mulch", "--format", "csv", "--workers", 1) == 1
    captured = capsys.readouterr()
    assert re.match(r"id,title,topics,research_types,scores\r\nb,", captured.out)
    assert captured.out.count("\n") == 2
    assert f"{file.as_posix()}:2" in captured.err
