"""A Reference as an entry of an APA 7 reference list (Publication Manual, 7th ed., chapters 9 and 10).

Takes a record as it is: titles keep their capitals, what nobody knows is left out with its punctuation. Never looks
beyond the one reference: the letters of 2020a and 2020b come from `assign_year_suffixes`.
"""

from digest.cite.dates import format_issued, format_year_of
from digest.cite.kinds import SERIAL_UNLESS_EDITED, Kind, find_kind
from digest.cite.links import link_runs
from digest.cite.names import format_names
from digest.cite.runs import Citation, Run
from digest.cite.sources import source_elements
from digest.cite.tidy import end_sentence
from digest.cite.titles import editor_role, format_description, title_runs
from digest.model.reference import Reference


def format_apa(reference: Reference, *, year_suffix: str = "") -> Citation:
    """The reference in APA 7; `year_suffix` is the letter behind the year where one author has two works of it."""
    kind = find_kind(reference)
    runs = _sentences(_elements(reference, kind, year_suffix))
    for group in (link_runs(reference), _history(reference)):
        if group and runs:
            runs.append(Run(" "))
        runs += group
    return Citation(tuple(runs))


def _elements(reference: Reference, kind: Kind, year_suffix: str) -> list[list[Run]]:
    """Author, date, title and source; without an author the title comes first (9.12)."""
    author = _author(reference, kind)
    date = [Run(f"({_date(reference, kind, year_suffix)})")]
    title = title_runs(reference, kind)
    description = format_description(reference)
    brackets = [Run(f"[{description}]")] if description else []
    source = source_elements(reference, kind)
    if author:
        described = [*title, Run(" "), *brackets] if title and brackets else title or brackets
        return [[Run(author)], date, described, *source]
    return [title, date, brackets, *source] if title else [brackets, date, *source]


def _author(reference: Reference, kind: Kind) -> str:
    """Authors, or the editors of a whole book."""
    authors = format_names(reference.author, others=reference.author_others)
    if authors or kind is Kind.PART or not reference.editor:
        return authors
    editors = format_names(reference.editor, others=reference.editor_others)
    return f"{editors} ({editor_role(reference)})" if editors else ""


def _date(reference: Reference, kind: Kind, year_suffix: str) -> str:
    given_on_a_day = (
        reference.type in SERIAL_UNLESS_EDITED
        and kind is Kind.SERIAL
        and not (reference.volume or reference.issue or reference.page)
    )
    return format_issued(reference, year_suffix, full=given_on_a_day)


def _sentences(elements: list[list[Run]]) -> list[Run]:
    """Elements in a row, each ended by one mark."""
    runs: list[Run] = []
    for element in elements:
        if not element:
            continue
        if runs:
            runs.append(Run(" "))
        runs += element
        last = runs[-1]
        ended = end_sentence(last.text)
        if ended == f"{last.text}.":
            runs.append(Run("."))
        elif ended != last.text:
            runs[-1] = last._replace(text=ended)
    return runs


def _history(reference: Reference) -> list[Run]:
    """`(Original work published 1950)` of a translation or reprint (9.41)."""
    original = reference.original_date
    if original is None or not original.year or original == reference.issued:
        return []
    return [Run(f"(Original work published {format_year_of(original.year)})")]
