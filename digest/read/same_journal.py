"""Whether two titles are of one journal or book: `J. Couns. Psychol.` and `Journal of Counseling Psychology`, `BMJ`.

Takes two titles; gives yes or no. What merely looks alike is not the same.
"""

import re
from functools import lru_cache

from digest.model.identifier import fold

ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
WORD = re.compile(r"[^\W_]+")
UNSAID = frozenset({"and", "de", "der", "des", "du", "et", "for", "für", "in", "la", "le", "of", "on", "the", "und"})
"""Words that abbreviations leave out."""
LONGEST_ACRONYM = 6


@lru_cache(maxsize=16384)
def same_journal(one: str, other: str) -> bool:
    """Whether both name the same journal."""
    first, second = _words(one), _words(other)
    if first == second or not (first and second):
        return True
    shorter, longer = sorted((first, second), key=len)
    if longer[: len(shorter)] == shorter:
        return True  # `Psychotherapy: Theory, Research, Practice, Training`
    if len(shorter) == 1 and len(shorter[0]) <= LONGEST_ACRONYM and len(longer) > 1:
        return shorter[0] == "".join(word[0] for word in longer)
    return len(shorter) == len(longer) and all(map(_abbreviates, shorter, longer))


def _words(title: str) -> list[str]:
    return [word for word in WORD.findall(fold(ASIDE.sub(" ", title))) if word not in UNSAID]


def _abbreviates(one: str, other: str) -> bool:
    """Whether one of two words is the other cut short: `psychol` is `psychology`, `intl` is no `internal`."""
    return one.startswith(other) or other.startswith(one)
