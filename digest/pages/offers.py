"""What a build offers beside the pages when it is asked to, so that pages may point to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offers:
    """What was asked for: nothing in a plain build."""

    cards: bool = False
    """A social card for each page of `pages/cards.py` (`digest build --cards`)."""
    pdf: bool = False
    """Editions and topics as PDF (`digest build --pdf`)."""


NOTHING_MORE = Offers()
