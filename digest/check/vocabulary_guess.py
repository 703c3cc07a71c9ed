"""What an editor probably meant by a word that is not in the vocabulary: one sure guess or none."""

import difflib
from collections.abc import Mapping

from digest.model.identifier import fold, slugify
from digest.model.vocabulary import ResearchType, Topic
from digest.problem import Edit, Problem, Severity, Span

NEAR = 0.8


def unknown_term(  # noqa: PLR0913, PLR0917 - all of it differs between topics and types of research
    rule: str, severity: Severity, noun: str, word: str, place: Span, by_name: Mapping[str, Topic | ResearchType]
) -> Problem:
    """The problem for an unknown topic or type of research, with the nearest known one.

    A label, synonym or former id is certain and comes with an edit; a near spelling, or a word that stands in the names
    of one term alone, is only suggested.
    """
    certain = by_name.get(fold(word)) or by_name.get(slugify(word))
    name, term = ("", certain) if certain else _nearest(word, by_name)
    fix = f"`{next(iter(by_name.values())).path}` lists every {noun}" if by_name else ""
    edits: tuple[Edit, ...] = ()
    if certain is None and ";" in word:
        return Problem(rule, severity, place, f"unknown {noun} '{word}'", fix="put commas between them, not ';'")
    if term is not None:
        also = f' (also called "{name}")' if name and slugify(name) != term.id else ""
        fix = f"did you mean '{term.id}'{also}?" if not certain else f"write its id: '{term.id}'"
        edits = (Edit(place, term.id),) if certain else ()
    return Problem(rule, severity, place, f"unknown {noun} '{word}'", fix=fix, edits=edits)


def _nearest(word: str, by_name: Mapping[str, Topic | ResearchType]) -> tuple[str, Topic | ResearchType | None]:
    folded = fold(word).replace("-", " ")
    spaced = {name.replace("-", " "): name for name in by_name}
    close = difflib.get_close_matches(folded, spaced, n=1, cutoff=NEAR)
    if close:
        return close[0], by_name[spaced[close[0]]]
    within = [(name, by_name[spaced[name]]) for name in spaced if f" {folded} " in f" {_words(name)} "]
    return within[0] if len({term.id for _, term in within}) == 1 else ("", None)


def _words(name: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in name).split())
