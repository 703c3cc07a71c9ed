"""Which pages have a social card of their own, and where it is.

Every page shows one: its own where the build drew it (`digest build --cards`), else the one of the site, which is a
file of the theme.
"""

SITE_CARD = "/assets/digest/card.png"
KINDS_WITH_CARD = frozenset(
    {"home", "edition", "entry", "topic", "research-type", "module", "study"},
)
WIDTH, HEIGHT = 1200, 630


def card_address(address: str) -> str:
    """`/2023/01/slug/card.png`, beside the page."""
    return f"{address}card.png"


def card_of(kind: str, address: str, *, drawn: bool) -> str:
    """The address of the card that a page shows; `drawn` says whether this build draws cards."""
    return card_address(address) if drawn and kind in KINDS_WITH_CARD else SITE_CARD
