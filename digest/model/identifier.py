"""The shapes of names: slugs, editions, DOIs, NCT numbers; and how a label becomes an id."""

import re
import unicodedata

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
EDITION = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;]")
"""A bare DOI, as Crossref recommends to match it; https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html."""
DOI_PREFIX = re.compile(r"(?i)^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*|doi\s+)")
NCT = re.compile(r"NCT\d{8}")
LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def fold(text: str) -> str:
    """Lower case without accents, for comparing what people write: `Flückiger` and `fluckiger` are one."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    lowered = lowered.translate(LETTERS_WITHOUT_ACCENT)
    return "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))


def slugify(label: str) -> str:
    """The id of a label: lower case, accents folded, every run of other characters one `-`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")


def bare_doi(text: str) -> str:
    """A DOI without the address or the `doi:` that people paste before it."""
    return DOI_PREFIX.sub("", text).strip()
