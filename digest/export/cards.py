"""Social cards, the pictures that networks show beside a link: `card.png` beside the pages of `pages/cards.py`.

Only with `digest build --cards`, and with the extra `[cards]`; a plain build has one card for the whole site, which
comes with the theme. A card shows title, place and, where it matters, that a work was retracted: nothing that a day
changes, since networks keep a picture for long.
"""

import importlib
import importlib.util
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from digest.errors import ExtraMissing
from digest.export.file import ExportedFile
from digest.export.kept import let_go, made_once
from digest.pages import Site
from digest.pages.cards import card_address
from digest.pages.words import say_month

CACHE = ".digest/cache/cards"


def has_cards() -> bool:
    """Whether the extra `[cards]` is installed."""
    return importlib.util.find_spec("PIL") is not None


def iter_card_files(site: Site, root: Path) -> Iterator[ExportedFile]:
    """The card of every page that has one. Raises ExtraMissing without Pillow."""
    if not has_cards():
        raise ExtraMissing("cards", "--cards")
    texts = list(_iter_texts(site))
    let_go(root / CACHE, len(texts))
    for address, kicker, title, label in texts:
        name = site.library.configuration.title
        write = partial(_draw, root / CACHE, name, kicker, title or name, label)
        yield ExportedFile(card_address(address), write)


def _iter_texts(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """Address of the page; kicker, title and label of its card."""
    links = site.links
    yield "/", "", site.library.configuration.digest.tagline, ""
    for edition in links.editions:
        month = say_month(edition.month)
        yield edition.permalink, month if edition.title else "", edition.title or month, ""
    for entry in links.entries:
        kinds = (kind.label for kind in links.types_of(entry))
        kicker = " · ".join((say_month(entry.edition), *kinds))
        yield entry.permalink, kicker, entry.title, links.standing(entry).label
    for topic in links.lookup.topics.values():
        yield topic.permalink, "Topic", topic.label, ""
    for kind in links.lookup.research_types.values():
        yield kind.permalink, "Type of research", kind.label, ""
    for module in site.library.modules:
        yield module.permalink, "Training", module.title, ""
    for study in site.library.studies:
        yield study.permalink, "Study", study.title, ""


def _draw(folder: Path, *texts: str) -> bytes:
    # By name, so that the program starts without Pillow.
    drawing: Any = importlib.import_module("digest.export.card_drawing")
    card = drawing.Card(*texts)
    drawn: bytes = made_once(folder, drawing.recipe(card), partial(drawing.draw_card, card))
    return drawn
