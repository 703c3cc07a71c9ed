"""English words to their stems, so that `depressed`, `depression` and `depressive` are one.

Takes folded words; gives stems: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, 130-137, after
British spellings are made American. Words of other languages come out as some stem too, always the same.
"""

import re

VOWEL = re.compile(r"[aeiou]|(?<![aeiou])y(?!^)")
BRITISH = (
    (re.compile(r"our(?=(?:al|ally|ed|ing|s|ist|ists|able|ful|ite|ites)?$)"), "or"),
    (re.compile(r"is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)"), "iz"),
    (re.compile(r"ae(?=[dt])"), "e"),
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers|or|ors)$)"), "l"),
    (re.compile(r"mmes?$"), "m"),
)
"""behaviour, randomised, paediatric, counselling, programme."""
SHORTEST_BRITISH = 6
STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"),
    ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
    ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
    ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
)  # fmt: skip
STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
)  # fmt: skip


class Stems(dict[str, str]):
    """Word to stem, each worked out once; forgets everything when it holds too many."""

    MOST = 500_000

    def __missing__(self, word: str) -> str:
        if len(self) >= self.MOST:
            self.clear()
        found = self[word] = stem(word)
        return found


def stem(word: str) -> str:
    """The stem of a word in small letters; short words and those with digits stay."""
    if len(word) <= 2 or not word.isalpha() or not word.isascii():  # noqa: PLR2004 - Porter's own limit
        return word
    if len(word) >= SHORTEST_BRITISH:
        for pattern, american in BRITISH:
            word = pattern.sub(american, word)
    word = _plural_and_past(word)
    if word.endswith("y") and VOWEL.search(word[:-1]):
        word = word[:-1] + "i"
    word = _replace(word, STEP_2, 0)
    word = _replace(word, STEP_3, 0)
    return _final_e(_suffix(word))


def _measure(text: str) -> int:
    """Porter's m: how often a vowel is followed by a consonant."""
    shape = "".join("v" if VOWEL.match(text, at) else "c" for at in range(len(text)))
    return len(re.findall(r"v+c+", shape))


def _ends_double(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and word[-1] not in "aeiou"


def _ends_short(word: str) -> bool:
    """Consonant, vowel, consonant other than w, x, y."""
    return re.search(r"[^aeiou][aeiouy][^aeiouwxy]$", word) is not None


def _plural_and_past(word: str) -> str:
    """Steps 1a and 1b."""
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for suffix in ("ed", "ing"):
        if word.endswith(suffix) and VOWEL.search(word[: -len(suffix)]):
            return _after_past(word[: -len(suffix)])
    return word


def _after_past(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _ends_double(word) and word[-1] not in "lsz":
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _ends_short(word) else word


def _replace(word: str, pairs: tuple[tuple[str, str], ...], least: int) -> str:
    for suffix, other in pairs:
        if word.endswith(suffix):
            before = word[: -len(suffix)]
            return before + other if _measure(before) > least else word
    return word


def _suffix(word: str) -> str:
    """Step 4."""
    for suffix in STEP_4:
        if word.endswith(suffix):
            before = word[: -len(suffix)]
            if _measure(before) > 1 and (suffix != "ion" or before.endswith(("s", "t"))):
                return before
            return word
    return word


def _final_e(word: str) -> str:
    """Step 5."""
    if word.endswith("e"):
        measure = _measure(word[:-1])
        if measure > 1 or (measure == 1 and not _ends_short(word[:-1])):
            word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
