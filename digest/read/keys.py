"""Citation keys in the house style: `tasca2023training`, first author, year, first word that tells.

Takes a Reference and the keys that are taken; gives a key of ASCII letters and digits. Never raises.
"""

import re
from collections.abc import Container
from string import ascii_lowercase

from digest.model.identifier import fold
from digest.model.reference import Name, Reference

STOP_WORDS = frozenset({
    "a", "about", "across", "after", "against", "along", "among", "amongst", "an", "and", "are", "as", "at", "be",
    "before", "behind", "between", "beyond", "by", "can", "could", "de", "der", "die", "das", "do", "does", "during",
    "ein", "eine", "for", "from", "has", "have", "how", "in", "into", "is", "it", "its", "la", "le", "les", "may",
    "might", "more", "most", "new", "no", "not", "of", "off", "on", "one", "or", "our", "out", "over", "per", "should",
    "some", "than", "that", "the", "their", "these", "they", "this", "those", "through", "to", "toward", "towards",
    "under", "until", "up", "upon", "use", "using", "versus", "via", "vs", "was", "we", "were", "what", "when",
    "where", "which", "who", "whose", "why", "will", "with", "within", "without", "would", "your",
})  # fmt: skip
"""Words that say nothing about a work: articles, prepositions, conjunctions and such."""
WORD = re.compile(r"[a-z0-9]+")
APOSTROPHE = re.compile(r"(?:\b[dl])?['’ʼ`]")
"""Within a word nothing; French articles before it go with it."""
LONGEST_NAME, LONGEST_WORD = 30, 30
NOTHING = "work"
"""What a key is made of where a record has neither names nor title in letters that ASCII has."""


def make_key(reference: Reference, taken: Container[str]) -> str:
    """A key that is not taken: `b`, `c` ... `z`, `ba` ... is put behind one that is."""
    names = reference.author or reference.editor
    words = _telling_words(reference.title or reference.original_title)
    first = _name(names[0]) if names else ""
    if not first and words:
        first = words.pop(0)
    key = f"{first}{reference.year.lstrip('-')}{words[0] if words else ''}"
    key = key if key and not key.isdigit() else f"{NOTHING}{key}"
    return key if key not in taken else f"{key}{_letters(_first_free(key, taken))}"


def _first_free(key: str, taken: Container[str]) -> int:
    """The number of a suffix that is free behind one that is taken; a thousand records may share a key."""
    below, above = 0, 1
    while f"{key}{_letters(above)}" in taken:
        below, above = above, 2 * above
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if f"{key}{_letters(middle)}" in taken else (below, middle)
    return above


def _name(name: Name) -> str:
    """The family name with its particle, in one word; of a group its first word that tells."""
    if name.literal or not name.family:
        words = _telling_words(name.literal or name.given)
        return words[0][:LONGEST_NAME] if words else ""
    family = fold(f"{name.non_dropping_particle} {name.family}")
    return "".join(WORD.findall(family))[:LONGEST_NAME]


def _telling_words(title: str) -> list[str]:
    """Words in small ASCII letters that are no stop words; where there is nothing else, these."""
    words = [word for word in WORD.findall(APOSTROPHE.sub("", fold(title))) if not word.isdigit() and len(word) > 1]
    telling = [word[:LONGEST_WORD] for word in words if word not in STOP_WORDS]
    return telling or [word[:LONGEST_WORD] for word in words[:1]]


def _letters(number: int) -> str:
    """1 is `b`, 25 is `z`, 26 is `ba`."""
    letters = ""
    while True:
        number, letter = divmod(number, len(ascii_lowercase))
        letters = ascii_lowercase[letter] + letters
        if not number:
            return letters
