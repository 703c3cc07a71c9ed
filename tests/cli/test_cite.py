"""`digest cite`: references as citations."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli.main import cli
from digest.errors import DigestError
from tests.publish.conftest import REPOSITORY

CSL = [
    {"id": "a", "type": "article-journal", "title": "One & <two>", "author": [{"family": "Grower", "given": "Ann"}]},
    {"id": "b", "type": "book", "title": "A book", "issued": {"date-parts": [[2020]]}},
]


def run(*arguments: str) -> str:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout


def test_a_reference_of_the_digest_is_cited_by_its_key() -> None:
    """In APA style by default."""
    text = run("cite", "curran2019therapy", "--root", str(REPOSITORY))
    assert text.startswith(
        "Curran, J., Parry, G. D., Hardy, G. E., Darling, J., Mason, A.-M., & Chambers, E. (2019). How"
    )


@pytest.mark.parametrize(("style", "start"), [("bibtex", "@article{"), ("ris", "TY  - JOUR"), ("csl-json", "[\n{")])
def test_the_other_styles_are_files(style: str, start: str) -> None:
    """That any reference manager reads."""
    assert run("cite", "curran2019therapy", "--root", str(REPOSITORY), "--style", style).startswith(start)


def test_every_reference_of_a_file_is_one_object_a_line(tmp_path: Path) -> None:
    """With key, safe HTML and text."""
    file = tmp_path / "works.json"
    file.write_text(json.dumps(CSL), encoding="utf-8")
    lines = [json.loads(line) for line in run("cite", "--from", str(file), "--format", "json").splitlines()]
    assert [set(line) for line in lines] == [{"key", "html", "text"}] * 2
    assert [line["key"] for line in lines] == ["a", "b"]
    assert "One &amp; &lt;two&gt;" in lines[0]["html"]
    assert "One & <two>" in lines[0]["text"]


def test_an_unknown_key_is_named() -> None:
    """And nothing is written."""
    with pytest.raises(DigestError, match="there is no reference 'nobody'"):
        CliRunner().invoke(cli, ["cite", "nobody", "--root", str(REPOSITORY)], catch_exceptions=False)
