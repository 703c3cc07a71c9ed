"""The fonts of cards and PDFs, which come with the program: what a machine has installed never shows in its output.

Literata for reading and Noto Sans for small print, with Latin, Greek, Cyrillic and Vietnamese letters, and signs of
mathematics from Noto Sans Math. All three are under the SIL Open Font License 1.1; its text lies beside them.
"""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
SERIF = "literata-regular.woff2"
SERIF_ITALIC = "literata-italic.woff2"
SERIF_BOLD = "literata-bold.woff2"
SANS = "noto-sans-regular.woff2"
SANS_ITALIC = "noto-sans-italic.woff2"
SANS_BOLD = "noto-sans-bold.woff2"
SIGNS = "noto-sans-math-regular.woff2"
ALL = (SERIF, SERIF_ITALIC, SERIF_BOLD, SANS, SANS_ITALIC, SANS_BOLD, SIGNS)


def missing_fonts() -> list[Path]:
    """The files that should be there and are not: an incomplete installation."""
    return [FOLDER / name for name in ALL if not (FOLDER / name).is_file()]


@cache
def fonts_fingerprint() -> str:
    """Of all font files together: what is drawn with others is something else."""
    digest = hashlib.sha256()
    for name in ALL:
        digest.update(name.encode() + b"\0" + (FOLDER / name).read_bytes())
    return digest.hexdigest()
