"""Fields that a record lacks and a service knows, to edits of the `.bib` file: lines put in, nothing else touched.

Takes a library with its status; gives problems with edits. An edit is only proposed when the file, read again with it,
says what it said before and the new fields besides.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.check.better import still_better
from digest.cite.latex import escape_latex
from digest.model.library import Library
from digest.model.reference import Reference
from digest.model.source import Source
from digest.problem import Edit, Problem, Severity
from digest.read.bibliography import parse_bibliography

RULE = "reference-better-known"
COMMA = re.compile(r"\s*,")
OWN_LINE = re.compile(r"[ \t]*\Z")
CLOSING = {"{": "}", '"': '"'}


@dataclass(frozen=True)
class _Proposal:
    reference: Reference
    better: Mapping[str, str]
    """Fields to put in, as LaTeX."""
    edit: Edit


def propose_better(library: Library) -> list[Problem]:
    """One proposal for each reference of which more is known."""
    by_path: dict[str, list[_Proposal]] = defaultdict(list)
    for reference in library.references:
        known = library.status.find(reference)
        source = library.sources.get(reference.path)
        if known is None or source is None:
            continue
        better = {field: _in_latex(text) for field, text in still_better(reference, known.better).items()}
        edit = _edit(reference, source, better) if better else None
        if edit is not None:
            by_path[reference.path].append(_Proposal(reference, better, edit))
    sound = [each for path, proposals in by_path.items() for each in _sound(library.sources[path], proposals)]
    return [_problem(proposal) for proposal in sound]


def _in_latex(text: str) -> str:
    """As LaTeX, in which two hyphens are the dash between pages."""
    return escape_latex(text.replace("--", "–")).replace("–", "--")


def _problem(proposal: _Proposal) -> Problem:
    message = f"'{proposal.reference.citation_key}' gets {', '.join(proposal.better)}"
    return Problem(RULE, Severity.ADVICE, proposal.reference.places.whole, message, edits=(proposal.edit,))


def _sound(source: Source, proposals: Sequence[_Proposal]) -> Sequence[_Proposal]:
    """Those that do what they should: all together, or else those that do so alone."""
    if _holds(source, proposals):
        return proposals
    return [proposal for proposal in proposals if _holds(source, [proposal])]


def _edit(reference: Reference, source: Source, better: Mapping[str, str]) -> Edit | None:
    """Put the fields in behind the last one, in its style."""
    text, places = source.text, reference.places
    names = [key for key in places.values if key != ("citation_key",)]
    if not names:
        return None
    last = max(names, key=lambda key: places.at(*key).end)
    value, name = places.at(*last), places.key_at(*last)
    end = value.end
    if CLOSING.get(text[value.start - 1]) == text[end : end + 1]:
        end += 1
    comma = COMMA.match(text, end)
    newline = "\r\n" if "\r\n" in text else "\n"
    line_start = text.rfind("\n", 0, name.start) + 1
    before = text[line_start : name.start]
    gap = f"{newline}{before}" if OWN_LINE.match(before) else " "
    equals = re.match(r"\s*=\s*", text[name.end : value.start])
    style = equals[0] if equals and newline not in equals[0] else " = "
    fields = [
        f"{gap}{_in_style(field, len(text[name.start : name.end]), style)}{{{better[field]}}}" for field in better
    ]
    if comma:
        return Edit(source.span(comma.end()), "".join(f"{field}," for field in fields))
    return Edit(source.span(end), "".join(f",{field}" for field in fields))


def _in_style(field: str, width: int, style: str) -> str:
    """`volume = ` with the sign of equality below the one above, where that stands in a column."""
    left, right = style.split("=")
    gap = max(width + len(left) - len(field), len(left[:1])) if len(left) > 1 else len(left)
    return f"{field}{' ' * gap}={right}"


def _holds(source: Source, proposals: Sequence[_Proposal]) -> bool:
    """Whether the file with these edits says all that it said, and the new fields."""
    text = source.text
    for proposal in sorted(proposals, key=lambda proposal: proposal.edit.span, reverse=True):
        span = proposal.edit.span
        text = text[: span.start] + proposal.edit.text + text[span.end :]
    before, problems = parse_bibliography(source)
    after, more = parse_bibliography(replace(source, text=text))
    if len(before) != len(after) or len(more) > len(problems):
        return False
    better = {proposal.reference.places.whole: proposal.better for proposal in proposals}
    return all(
        dict(new.raw) == {**old.raw, **better.get(old.places.whole, {})} and new.citation_key == old.citation_key
        for old, new in zip(before, after, strict=True)
    )
