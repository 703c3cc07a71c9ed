"""The capitals of a periodical: PubMed's `Journal of psychiatric research` in title case (APA 7, 9.25).

Touches nothing but words wholly in small letters, and no title that seems to be in another language than English.
"""

import re
from functools import lru_cache

SMALL_WORDS = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "down", "ed", "for", "from", "in", "into", "nor", "of", "off", "on",
    "onto", "or", "over", "per", "so", "than", "the", "till", "to", "up", "upon", "via", "vs", "with", "yet",
})  # fmt: skip
FOREIGN_WORDS = frozenset({
    "af", "au", "aux", "d", "da", "das", "de", "degli", "dei", "del", "della", "den", "der", "des", "di", "die",
    "do", "du", "e", "ein", "el", "en", "est", "et", "fur", "för", "für", "het", "i", "il", "ja", "l", "la", "las",
    "le", "les", "lo", "los", "na", "o", "och", "og", "pour", "pro", "sur", "til", "um", "und", "van", "voor", "w",
    "y", "z", "zu", "zum", "zur",
})  # fmt: skip
ENGLISH = re.compile(r"(?i)(?:en|eng)(?:\b|_)|(?:us|uk)?english|american|australian|british|canadian|newzealand")
"""Tags of ISO 639 and what biblatex calls the language."""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
TITLE_WORD_LENGTH = 2


def title_case(title: str, language: str = "") -> str:
    """The title with its words capitalised; the first word, short function words and foreign titles as they are."""
    return title if language and not ENGLISH.match(language) else _title_case(title)


@lru_cache(maxsize=8192)
def _title_case(title: str) -> str:
    words = WORD.findall(title)
    if not any(word.islower() and word not in SMALL_WORDS for word in words[1:]):
        return title
    if any(word in FOREIGN_WORDS for word in words):
        return title
    return WORD.sub(_capitalise, title)


def _capitalise(match: re.Match[str]) -> str:
    word, start = match[0], match.start()
    if start == 0 or not word.islower() or word in SMALL_WORDS or len(word) < TITLE_WORD_LENGTH:
        return word
    return f"{word[0].upper()}{word[1:]}"
