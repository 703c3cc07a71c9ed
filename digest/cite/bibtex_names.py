"""People and groups as BibTeX writes them: `von Family, Jr., Given and {A Group} and others`."""

import re
from collections.abc import Sequence

from digest.cite.latex import escape_latex
from digest.model.reference import Name

LETTER = re.compile(r"[^\W\d_]")
AND_WITHIN = re.compile(r"(?i)(?:^|\s)and(?:\s|$)")
OTHERS = "others"


def format_name_list(names: Sequence[Name], *, others: bool = False) -> str:
    """All names, joined by `and`; `and others` at the end where the record does not name everybody."""
    return " and ".join([*map(_format_name, names), *([OTHERS] if others else [])])


def _format_name(name: Name) -> str:
    family = escape_latex(name.family)
    if name.literal or not family:
        return f"{{{escape_latex(name.literal or name.given)}}}"
    if _is_taken_apart(family, alone=not name.given):
        family = f"{{{family}}}"
    if name.non_dropping_particle:
        family = f"{escape_latex(name.non_dropping_particle)} {family}"
    given, suffix = _part(escape_latex(name.given)), _part(escape_latex(name.suffix))
    if suffix:
        return f"{family}, {suffix}, {given}".rstrip()
    return f"{family}, {given}" if given else f"{family},"


def _is_taken_apart(family: str, *, alone: bool) -> bool:
    """Whether BibTeX would split this family name, or take its first words for a particle."""
    words = family.split()
    small = len(words) > 1 and any((letter := LETTER.search(word)) and letter[0].islower() for word in words[:-1])
    misread = alone and (family.lower() == OTHERS or family.endswith("."))
    return misread or small or "," in family or bool(AND_WITHIN.search(family))


def _part(text: str) -> str:
    return f"{{{text}}}" if "," in text or AND_WITHIN.search(text) else text
