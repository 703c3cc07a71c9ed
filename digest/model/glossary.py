"""The words of the glossary, found in a text: first uses, each with the term that it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from digest.model.vocabulary import GlossaryTerm

ABBREVIATION = 2
"""Words of at most so many letters, and those with a capital, count only as they are written: `OR` is not `or`."""
APOSTROPHE = re.compile("['’]")
BLANK = re.compile(r"\s+")


class GlossaryWords:
    """Finds the words of a glossary in plain text, plurals in -s and -es included; a longer word goes first."""

    def __init__(self, terms: Sequence[GlossaryTerm]) -> None:
        self._terms: dict[str, GlossaryTerm] = {}
        for term in terms:
            for name in (term.term, *term.alt_terms):
                if folded := _folded(name):
                    self._terms.setdefault(folded, term)

    @cached_property
    def _exact(self) -> re.Pattern[str] | None:
        return _any_of((name for name in self._terms if _is_exact(name)), "s?")

    @cached_property
    def _free(self) -> re.Pattern[str] | None:
        return _any_of((name for name in self._terms if not _is_exact(name)), "(?:e?s)?")

    def iter_uses(self, text: str) -> Iterator[tuple[int, int, GlossaryTerm]]:
        """Start, end and term of each use, in order; none within another."""
        lower = text.lower()  # quicker than looking for both cases of each letter
        if len(lower) != len(text):  # the capital of a few letters is longer or shorter: İ
            lower = "".join(char if len(char.lower()) != 1 else char.lower() for char in text)
        found = [match.span() for match in self._exact.finditer(text)] if self._exact else []
        found += [match.span() for match in self._free.finditer(lower)] if self._free else []
        position = 0
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            term = self._find(text[start:end]) if start >= position else None
            if term is not None:
                position = end
                yield start, end, term

    def iter_abbreviations(self, text: str) -> Iterator[tuple[int, int, GlossaryTerm]]:
        """The same for words that count only as they are written."""
        for match in self._exact.finditer(text) if self._exact else ():
            term = self._find(match[0])
            if term is not None:
                yield *match.span(), term

    def explains(self, word: str) -> bool:
        """Whether a word, as it is written, is a word of the glossary."""
        return self._find(word) is not None

    def _find(self, word: str) -> GlossaryTerm | None:
        name = _folded(word)
        for form in (name, name.removesuffix("s"), name.removesuffix("es")):
            for each in (form, form.lower()):
                if each in self._terms:
                    return self._terms[each]
        return None


def _folded(name: str) -> str:
    """As it is compared: one kind of apostrophe, single blanks, lower case unless capitals tell."""
    name = BLANK.sub(" ", APOSTROPHE.sub("'", name)).strip()
    return name if _is_exact(name) else name.lower()


def _is_exact(name: str) -> bool:
    """Whether capitals tell: `SMD`, `Cohen's d`, `r`; a capital at the beginning of a sentence does not."""
    return len(name) <= ABBREVIATION or any(char.isupper() for char in name[1:]) or (name[:1].isupper() and "'" in name)


def _any_of(names: Iterable[str], ending: str) -> re.Pattern[str] | None:
    """Any of these names as a whole word, a longer one before a shorter one."""
    either = "|".join(_as_pattern(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w-])(?:{either}){ending}(?![\w-])") if either else None


def _as_pattern(name: str) -> str:
    return re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s+")
