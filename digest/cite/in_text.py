"""How a sentence names a work: `Author et al. (2023)`, or `(Author et al., 2023)` (APA 7, 8.11 and 8.17)."""

from digest.cite.dates import format_year
from digest.cite.kinds import Kind, find_kind
from digest.cite.names import surname
from digest.cite.tidy import tidy
from digest.cite.titles import format_title
from digest.model.reference import Reference

PAIR = 2


def format_in_text(reference: Reference, *, year_suffix: str = "", parenthetical: bool = False) -> str:
    """The citation as plain text, part of the sentence or, `parenthetical`, in parentheses."""
    author = in_text_author(reference, ampersand=parenthetical)
    year = format_year(reference, year_suffix)
    return f"({author}, {year})" if parenthetical else f"{author} ({year})"


def in_text_author(reference: Reference, *, ampersand: bool = False) -> str:
    """One or two family names, or the first and `et al.`; a title where nobody is named."""
    people = reference.author or (() if find_kind(reference) is Kind.PART else reference.editor)
    names = [name for name in map(surname, people) if name]
    if not names:
        title = format_title(reference) or tidy(reference.genre)
        return f"“{title}”" if title else tidy(reference.publisher) or "Anonymous"
    if reference.author_others and reference.author:
        return f"{names[0]} et al."
    if len(names) == PAIR:
        return f" {'&' if ampersand else 'and'} ".join(names)
    return names[0] if len(names) == 1 else f"{names[0]} et al."
