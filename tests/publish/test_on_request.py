"""`digest build --cards --pdf`: what a plain build leaves out, the same bytes wherever it is made."""

import ctypes.util
import shutil
from pathlib import Path

import pytest

from digest.cli.init import write_template
from tests.publish.conftest import build, contents

pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("pangoft2-1.0") is None, reason="no Pango here: `scripts/setup --all` installs it"
)
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "FONTCONFIG_FILE": "/nowhere"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of `digest init`, with everything that can be asked for."""
    root = tmp_path_factory.mktemp("request") / "digest"
    write_template(root)
    build(root, root.parent / "site", "--cards", "--pdf", "--no-search")
    return root


def test_cards_and_pdfs_stand_beside_their_pages(made: Path) -> None:
    site = made.parent / "site"
    assert (site / "card.png").read_bytes().startswith(b"\x89PNG")
    assert (site / "2025/01/edition.pdf").read_bytes().startswith(b"%PDF")
    page = (site / "2025/01/index.html").read_text(encoding="utf-8")
    assert 'href="edition.pdf"' in page
    assert '/2025/01/card.png"' in page


def test_another_machine_makes_the_same_site(made: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another place" / "dïgest"
    shutil.copytree(made, elsewhere, ignore=shutil.ignore_patterns(".digest"))
    build(elsewhere, tmp_path / "site", "--cards", "--pdf", "--no-search", environment=ELSEWHERE)
    assert contents(tmp_path / "site") == contents(made.parent / "site")


def test_a_plain_build_has_none_of_them_and_points_to_none(made: Path, tmp_path: Path) -> None:
    build(made, tmp_path / "site", "--no-search")
    found = contents(tmp_path / "site")
    assert [path for path in found if path.endswith((".pdf", "card.png"))] == ["assets/digest/card.png"]
    pages = [content.decode() for path, content in found.items() if path.endswith(".html")]
    assert not any(".pdf" in page for page in pages)
    assert sum("/assets/digest/card.png" in page for page in pages) > 5
