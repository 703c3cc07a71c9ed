"""An abbreviation that an entry or a study does not explain, or one of the glossary in a takeaway.

Readers of a summary know their practice, and not every abbreviation of research. In the text of an entry, words of
`vocabulary/glossary.yml` are explained by the page itself. Elsewhere, write an abbreviation out where it first stands,
"drip irrigation (DI)". A takeaway stands alone in lists, e-mails and feeds, where no note explains `DI` or `r`.

Passes:

    Beds with drip irrigation (DI) needed less. DI costs more.

Fails:

    Beds with DI needed less.
"""

import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.model.entry import Entry
from digest.model.lookup import Document
from digest.model.study import Study
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ADVICE
ABBREVIATION = re.compile(r"[A-Z]{2,6}s?(?![\w@])")
PART_OF_MORE = re.compile(r"[\w/.@#-]")
"""Before it: an address, a name such as `McDI`."""
EVERYDAY = frozenset(
    {
        *("AD", "AM", "BC", "COVID", "DNA", "DOI", "EU", "HIV", "HTML", "ID", "ISBN"),
        *("OK", "PDF", "PM", "TV", "UK", "UN", "URL", "US", "USA"),
    }
)
ROMAN = re.compile("[IVX]+")
NO_PROSE = re.compile(r"\]\([^)]*\)|\]:\s*\S+|<https?:[^>]*>|`[^`]*`")
IN_GLOSSARY = "add it to vocabulary/glossary.yml, and the page explains it"


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at entries and studies."""
    if isinstance(document, Entry):
        yield from _check_takeaway(context, document)
    if isinstance(document, Entry | Study) and document.body is not None:
        yield from _check_body(context, document)


def _check_takeaway(context: Context, entry: Entry) -> Iterator[Problem]:
    for start, end, term in context.glossary.iter_abbreviations(entry.takeaway):
        word, place = entry.takeaway[start:end], entry.places.at("takeaway")
        at = context.library.sources[place.path].text.find(entry.takeaway, place.start, place.end)
        yield Problem(
            "jargon-unexplained",
            SEVERITY,
            place if at == -1 else Span(place.path, at + start, at + end),
            f"'{word}' in the takeaway ({term.term}) is explained by the entry's own page only",
            why="takeaways are read in lists and e-mails",
            fix="say it in words",
        )


def _check_body(context: Context, document: Entry | Study) -> Iterator[Problem]:
    text = document.body.text
    seen: set[str] = set()
    for match in ABBREVIATION.finditer(text):
        word = match[0].removesuffix("s")
        if word in seen or word in EVERYDAY or ROMAN.fullmatch(word):
            continue
        if match.start() and PART_OF_MORE.match(text, match.start() - 1):
            continue
        seen.add(word)
        by_page = isinstance(document, Entry) and context.glossary.explains(word)
        if not by_page and not _is_explained(text, word) and _is_prose(text, match.start()):
            yield Problem(
                "jargon-unexplained",
                SEVERITY,
                Span(document.path, document.body.offset + match.start(), document.body.offset + match.end()),
                f"'{word}' is not explained",
                fix=f"write it out where it first stands: '... ({word})'"
                + (f"; or {IN_GLOSSARY}" if isinstance(document, Entry) else ""),
            )


def _is_explained(text: str, word: str) -> bool:
    """Whether the text writes it out: before it, behind it, or in an `<abbr>`."""
    return any(form in text for form in (f"({word}", f"{word} (", f"{word}s (", f">{word}</abbr>"))


def _is_prose(text: str, position: int) -> bool:
    """Whether a place is not in an address or in code."""
    return not any(match.start() <= position < match.end() for match in NO_PROSE.finditer(text))
