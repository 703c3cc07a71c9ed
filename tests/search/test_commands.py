"""`digest search` and `digest related` as a person and a program use them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli.main import cli
from digest.errors import DigestError


def run(root: Path, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(
        cli, [arguments[0], "--root", str(root), *arguments[1:]], input=text, catch_exceptions=False
    )


def test_search_shows_title_place_and_words_in_context(digest):
    output = run(digest, "search", "rupture").output
    assert "The alliance counts" in output
    assert "entries/2021-04/alliance-counts.md" in output
    assert "Repair a rupture soon." in output


def test_words_that_were_found_are_bold_on_a_terminal(digest):
    runner = CliRunner()
    done = runner.invoke(cli, ["search", "--root", str(digest), "rupture"], color=True, catch_exceptions=False)
    assert "\x1b[1mrupture\x1b[0m" in done.output


def test_search_as_json_is_one_document_with_places_of_the_words(digest):
    data = json.loads(run(digest, "search", "bonds", "--format", "json").output)
    assert data["query"] == "bonds"
    assert data["number"] == 2
    hit = next(each for each in data["hits"] if each["path"].endswith("training-therapists.md"))
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["bond"]
    assert hit["topics"] == ["training", "alliance"]
    assert hit["draft"] is False


def test_a_draft_says_so(digest):
    assert "(draft)" in run(digest, "search", "sleep").output


def test_search_says_what_may_have_been_meant(digest):
    output = run(digest, "search", "aliance").output
    assert "did you mean: alliance" in output
    assert "no entry found" in output


def test_since_takes_years_months_and_days(digest):
    for since in ("2022", "2022-12", "2022-12-01"):
        assert "Training therapists" in run(digest, "search", "--since", since).output
    assert "Training therapists" not in run(digest, "search", "--since", "2022-12-02").output
    for since in ("soon", "2022-13", "2022-02-30"):
        with pytest.raises(DigestError, match="is not a day"):
            run(digest, "search", "--since", since)


def test_related_gives_a_reason_for_each(digest):
    output = run(digest, "related", "alliance-counts").output
    assert "cites the same: fluckiger" in output
    assert "same topics: Alliance" in output
    assert "summarises this article: tasca" in run(digest, "related", "10.1000/tasca").output
    assert "no entry summarises or cites it" in run(digest, "related", "10.1000/nothing").output


def test_related_reads_a_text_from_standard_input(digest):
    data = json.loads(run(digest, "related", "--text", "-", "--format", "json", text="mourners and supervision").output)
    assert data["related"][0]["path"] == "entries/2022-12/training-therapists.md"
    assert data["related"][0]["reasons"][0]["kind"] == "words"


def test_related_wants_one_thing_that_exists(digest):
    for arguments in ((), ("alliance-counts", "--text", "-")):
        with pytest.raises(DigestError, match="name one thing"):
            run(digest, "related", *arguments)
    with pytest.raises(DigestError, match="no entry 'nobody'"):
        run(digest, "related", "nobody")
