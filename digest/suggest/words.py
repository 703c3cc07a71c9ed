"""Text to stemmed words: what every method of suggesting compares."""

import re
from collections.abc import Sequence
from itertools import pairwise

from digest.model.identifier import fold
from digest.suggest.stem import Stems

WORD = re.compile(r"[a-z0-9]+")
WORD_OF_ANY_SCRIPT = re.compile(r"[^\W_]+")
"""The same in any text; slower."""
EMPTY_WORDS = """
a about after all also am an and any are as at be been being both but by can did do does each for from
had has have he her his how i if in into is it its may more most no nor not of on only or other our out
over per she so some such than that the their them then there these they this those through to too under
up was we were what when where which while who whom why will with within without would you your et al doi
org http https www pmid
"""
STEMS = Stems()


def split_words(text: str) -> list[str]:
    """Words as they are written, folded."""
    folded = fold(text)
    return (WORD if folded.isascii() else WORD_OF_ANY_SCRIPT).findall(folded)


def find_words(text: str) -> list[str]:
    """Stems of all words in order, those without meaning included, so that phrases hold together."""
    stems = STEMS
    return [stems[word] for word in split_words(text)]


EMPTY_STEMS = frozenset(STEMS[word] for word in EMPTY_WORDS.split())


def find_content(words: Sequence[str]) -> list[str]:
    """Words that mean something, and pairs of them that stand side by side."""
    kept = [word for word in words if word not in EMPTY_STEMS]
    return [*kept, *map("_".join, pairwise(kept))]
