"""Social cards: one a page, the same bytes every time, and whatever a title holds is drawn as text."""

import dataclasses
import datetime
import importlib.util
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from digest.errors import ExtraMissing
from digest.export.card_drawing import Card, draw_card
from digest.export.cards import CACHE, iter_card_files
from digest.export.vendored_fonts import ALL, FOLDER, missing_fonts
from digest.pages import Offers, plan_site
from digest.pages.cards import SITE_CARD, card_of
from tests.builders import make_entry, make_library, make_study

REPOSITORY = Path(__file__).parents[2]
THEME = REPOSITORY / "digest" / "publish" / "theme"
DAY = datetime.date(2026, 11, 22)
CARD = Card("A digest of gardens", "January 2023 · Field trial", "Mulch and water")
HARD = (
    "<script>alert(1)</script> & \x00 \u202e",
    "A" * 5000,
    "Water " * 300,
    "日本語の題",
    "مرحبا بالعالم",
    "Ž\u0301 \ud83d 😀",
    "",
    "\n\t ",
)


def dimensions(png: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(png)) as image:
        assert image.format == "PNG"
        return image.size


def test_a_card_has_the_size_that_networks_ask_for_and_little_weight() -> None:
    drawn = draw_card(CARD)
    assert dimensions(drawn) == (1200, 630)
    assert len(drawn) < 40_000


def test_a_card_shows_what_it_is_given() -> None:
    fields = [field.name for field in dataclasses.fields(CARD)]
    others = [draw_card(dataclasses.replace(CARD, **{name: "Other words"})) for name in fields]
    assert len({draw_card(CARD), *others}) == 1 + len(fields)


@pytest.mark.parametrize("title", HARD)
def test_any_title_gives_a_card(title: str) -> None:
    assert dimensions(draw_card(dataclasses.replace(CARD, title=title, kicker=title, label=title))) == (1200, 630)


def test_a_title_in_a_script_that_the_fonts_lack_is_left_out_rather_than_shown_as_boxes() -> None:
    assert draw_card(dataclasses.replace(CARD, title="日本語の題")) == draw_card(dataclasses.replace(CARD, title=""))


def test_one_sign_that_the_fonts_lack_does_not_cost_the_title() -> None:
    assert draw_card(dataclasses.replace(CARD, title="Mulch 😀 and water")) == draw_card(CARD)


def test_another_process_with_other_settings_draws_the_same_bytes() -> None:
    code = (
        "import sys; from digest.export.card_drawing import Card, draw_card;"
        f"sys.stdout.buffer.write(draw_card({CARD!r}))"
    )
    environment = os.environ | {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
    environment["PYTHONPATH"] = str(REPOSITORY)
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, timeout=60)
    assert done.stdout == draw_card(CARD)


def test_every_page_with_a_card_has_its_file_and_only_those(tmp_path: Path) -> None:
    library = make_library(entries=(make_entry("mulch"), make_entry("shade", "2023-02")), studies=(make_study(),))
    site = plan_site(library, DAY, Offers(cards=True))
    wanted = {card_of(page.kind, page.address, drawn=True) for page in site.pages} - {SITE_CARD}
    assert {file.address for file in iter_card_files(site, tmp_path)} == wanted
    assert "/2023/01/mulch/card.png" in wanted


def test_a_plain_build_shows_the_card_of_the_site_which_the_theme_brings() -> None:
    assert card_of("entry", "/2023/01/mulch/", drawn=False) == SITE_CARD
    assert card_of("archive", "/archive/", drawn=True) == SITE_CARD
    assert dimensions((THEME / SITE_CARD.lstrip("/")).read_bytes()) == (1200, 630)


def test_a_card_is_drawn_once_and_a_damaged_one_again(tmp_path: Path) -> None:
    site = plan_site(make_library(entries=(make_entry("mulch"),)), DAY)
    (first,) = (file for file in iter_card_files(site, tmp_path) if "mulch" in file.address)
    drawn = first.content
    (kept,) = (tmp_path / CACHE).iterdir()
    file = kept.stat().st_ino
    assert first.content == drawn
    assert kept.stat().st_ino == file
    for damaged in (kept.read_bytes()[:-1], b"", b"x" * 100):
        kept.write_bytes(damaged)
        assert first.content == drawn


def test_without_pillow_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ExtraMissing, match=r"\[cards\]") as caught:
        next(iter_card_files(plan_site(make_library(), DAY), tmp_path))
    assert "pip install 'digest-evidence[cards]'" in caught.value.todo


def test_the_fonts_are_there_with_their_licences() -> None:
    assert missing_fonts() == []
    families = {name.rpartition("-")[0] for name in ALL}
    for family in families:
        text = (FOLDER / f"{family}-LICENSE.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert {path.name for path in FOLDER.iterdir()} == {*ALL, *(f"{family}-LICENSE.txt" for family in families)}
