"""The one name that a misspelt one probably stands for: one sure guess or none.

Nothing is prepared until a name is unknown, and then a guess costs the same whether ten names are known or ten
thousand.
"""

import difflib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from digest.model.identifier import fold

NEAR = 0.8
"""How much two names must have in common, from 0 to 1."""
SURE = 0.03
"""How far the best guess must be ahead of the next one."""
SHORTEST_BEGINNING = 5
LONG = 20
MOST_COMPARED = 24
WORD = re.compile(r"[^\W_]+")


class Names:
    """Known names, to be guessed from what somebody wrote."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known
        self._guesses: dict[str, str] = {}

    def nearest(self, word: str) -> str:
        """The known name that `word` stands for, or nothing if no guess is sure."""
        if word not in self._guesses:
            self._guesses[word] = self._guess(word)
        return self._guesses[word]

    def _guess(self, word: str) -> str:
        written = bare(word)
        same = self._by_bare.get(written)
        if same:
            return same[0] if len(same) == 1 else ""
        name = self._closest(written, word) or self._beginning(written)
        return self._by_bare[name][0] if name and len(self._by_bare[name]) == 1 else ""

    def _closest(self, written: str, word: str) -> str:
        candidates = dict.fromkeys((*self._misspelt(written), *self._of_same_words(word)))
        scored = sorted(_iter_near(written, candidates), reverse=True)[:2]
        if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < SURE):
            return ""
        return scored[0][1]

    def _misspelt(self, written: str) -> Iterator[str]:
        """Known names that differ by a letter or two; of long ones, by one."""
        found = 0
        cuts = dict.fromkeys(_cuts(written))
        if len(written) <= LONG:
            cuts = dict.fromkeys(shorter for once in cuts for shorter in _cuts(once))
        for cut in cuts:
            for name in self._by_cut.get(cut, ()):
                yield name
                found += 1
            if found >= MOST_COMPARED:
                return

    def _of_same_words(self, word: str) -> Sequence[str]:
        """Known names that share the rarest word."""
        sharing = [self._by_word[part] for part in WORD.findall(fold(word)) if part in self._by_word]
        fewest = min(sharing, key=len, default=[])
        return fewest if len(fewest) <= MOST_COMPARED else []

    def _beginning(self, written: str) -> str:
        """The only known name that goes on where the written one stops."""
        if len(written) < SHORTEST_BEGINNING:
            return ""
        place = bisect_left(self._sorted, written)
        found = [name for name in self._sorted[place : place + 2] if name.startswith(written)]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def _by_bare(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._known:
            found[bare(name)].append(name)
        return dict(found)

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self._by_bare)

    @cached_property
    def _by_cut(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._sorted:
            for cut in _cuts(name):
                found[cut].append(name)
        return found

    @cached_property
    def _by_word(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for names in self._by_bare.values():
            for part in dict.fromkeys(WORD.findall(fold(names[0]))):
                found[part].append(bare(names[0]))
        return found


def bare(name: str) -> str:
    """Letters and figures only, folded: `Tasca2023_Training` gives `tasca2023training`."""
    return "".join(WORD.findall(fold(name)))


def _cuts(name: str) -> Iterator[str]:
    """The name, and the name without each of its letters in turn."""
    yield name
    for index in range(len(name)):
        yield name[:index] + name[index + 1 :]


def _iter_near(written: str, candidates: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Those that are near enough, with how near they are; the cheap questions come first."""
    matcher = difflib.SequenceMatcher(None, "", written, autojunk=False)
    for name in candidates:
        matcher.set_seq1(name)
        if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR:
            ratio = matcher.ratio()
            if ratio >= NEAR:
                yield ratio, name


def did_you_mean(name: str) -> str:
    """The sentence for a guess, or nothing without one."""
    return f"did you mean '{name}'?" if name else ""
