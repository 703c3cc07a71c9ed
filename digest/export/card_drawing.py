"""A social card as a PNG of 1200 by 630: the only module that imports Pillow.

Text is set by Pillow's own layout, not by libraries of the machine, in the vendored fonts, so that the same card has
the same bytes everywhere. Whatever is in a title is drawn as text.
"""

import bisect
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import PIL
from PIL import Image, ImageDraw, ImageFont

from digest.export.vendored_fonts import FOLDER, SANS, SANS_BOLD, SERIF, SERIF_BOLD, fonts_fingerprint

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
ROOM = WIDTH - 2 * MARGIN
"""What a line of text may take."""
PAPER = (16, 89, 106)  # the accent of the theme
INK = (255, 255, 255)
QUIET = (205, 226, 230)
RULE = (132, 203, 216)
TITLE_SIZES = (68, 60, 52, 46, 40)
TITLE_TOP = 136
RULE_TOP = HEIGHT - 112
LABEL_HEIGHT = 60
GAP = 20
COLOURS = 48
"""Shades of two inks on one paper: enough for smooth edges, and a file of some 15 KB."""
LEADING = 1.25
ELLIPSIS = "…"
LONGEST = 600
"""Characters of a text that are looked at: no card holds more."""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card, as plain text."""

    site: str
    """Name of the digest."""
    kicker: str
    """What the page is: `January 2023 · Meta-analysis`."""
    title: str
    label: str = ""
    """What nobody may miss: `Retracted`."""


def recipe(card: Card) -> tuple[str, ...]:
    """Everything that decides over a card's bytes."""
    return ("card 1", PIL.__version__, fonts_fingerprint(), card.site, card.kicker, card.title, card.label)


def draw_card(card: Card) -> bytes:
    """The card as PNG. A text in a script that the fonts do not have is left out: boxes tell nobody anything."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 16, HEIGHT), fill=RULE)
    kicker = _one_line(_drawable(card.kicker, SANS), SANS, 30)
    draw.text((MARGIN, 72), kicker, font=_font(SANS, 30), fill=QUIET)
    room = RULE_TOP - GAP - TITLE_TOP - (LABEL_HEIGHT + GAP if card.label else 0)
    lines, size = _fit(_drawable(card.title, SERIF_BOLD), room)
    top = TITLE_TOP
    for line in lines:
        draw.text((MARGIN, top), line, font=_font(SERIF_BOLD, size), fill=INK)
        top += round(size * LEADING)
    if card.label:
        _draw_label(draw, _drawable(card.label, SANS_BOLD), top + GAP)
    draw.line((MARGIN, RULE_TOP, WIDTH - MARGIN, RULE_TOP), fill=RULE, width=2)
    site = _one_line(_drawable(card.site, SERIF), SERIF, 34)
    draw.text((MARGIN, HEIGHT - 90), site, font=_font(SERIF, 34), fill=INK)
    written = io.BytesIO()
    image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        written, "PNG", optimize=True
    )
    return written.getvalue()


def _draw_label(draw: ImageDraw.ImageDraw, label: str, top: int) -> None:
    font = _font(SANS_BOLD, 32)
    draw.rectangle((MARGIN, top, MARGIN + round(font.getlength(label)) + 40, top + LABEL_HEIGHT), fill=INK)
    draw.text((MARGIN + 20, top + 8), label, font=font, fill=PAPER)


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / name), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has_letter(name: str, char: str) -> bool:
    """Whether a font can draw a character: what it cannot draws as its box, and so does a character that is none."""
    font = _font(name, 40)
    return char.isspace() or bytes(font.getmask(char)) != bytes(font.getmask("\uffff"))


def _drawable(text: str, name: str) -> str:
    """The text on one line, without what the font has no letter for; nothing if that is more than half of it."""
    line = "".join(char if char.isprintable() else " " for char in text[:LONGEST].replace("\u2011", "-"))
    kept = "".join(char for char in line if _has_letter(name, char))
    return " ".join(kept.split()) if 2 * len(kept) >= len(line) else ""


def _fit(title: str, room: int) -> tuple[list[str], int]:
    """The title's lines in the largest size in which all of them fit, else cut off in the smallest."""
    lines: list[str] = []
    most = size = 0
    for size in TITLE_SIZES:
        lines = list(_iter_lines(title, size))
        most = int(room / (size * LEADING))
        if len(lines) <= most:
            return lines, size
    last = _one_line(" ".join(lines[most - 1 : most + 1]), SERIF_BOLD, size)
    return [*lines[: most - 1], last], size


def _iter_lines(title: str, size: int) -> Iterator[str]:
    """Broken between words; a word that is wider than the card is broken within."""
    font, line = _font(SERIF_BOLD, size), ""
    for word in title.split():
        longer = f"{line} {word}".lstrip()
        if font.getlength(longer) <= ROOM:
            line = longer
            continue
        if line:
            yield line
        line = word
        while font.getlength(line) > ROOM:
            most = max(1, _how_many_fit(line, font, ROOM))
            yield line[:most]
            line = line[most:]
    if line:
        yield line


def _one_line(text: str, name: str, size: int) -> str:
    """As much of a text as one line holds."""
    font = _font(name, size)
    if font.getlength(text) <= ROOM:
        return text
    return text[: _how_many_fit(text, font, ROOM - font.getlength(ELLIPSIS))].rstrip() + ELLIPSIS


def _how_many_fit(text: str, font: ImageFont.FreeTypeFont, room: float) -> int:
    """How many of the first characters are no wider than this."""
    return bisect.bisect_right(range(1, len(text) + 1), room, key=lambda number: font.getlength(text[:number]))
