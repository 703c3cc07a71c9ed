"""The third element of a reference: its title, and in brackets what kind of thing it is (APA 7, 9.18 to 9.22)."""

from digest.cite.kinds import REPORT_TYPES, SERIAL_TYPES, Kind
from digest.cite.locators import format_edition, format_number, format_volume_of_book
from digest.cite.names import format_names_in_order
from digest.cite.runs import Run
from digest.cite.tidy import tidy
from digest.model.reference import Reference

NUMBERED_TYPES = frozenset({"document", "patent", "report", "thesis"})
"""Types whose number is read as one: `No. 12`."""
GENRE_OF_TYPE = {
    "dataset": "Data set",
    "software": "Computer software",
    "map": "Map",
    "motion_picture": "Film",
    "song": "Song",
    "thesis": "Thesis",
}
"""What the brackets say of a type that the record does not describe."""


def title_runs(reference: Reference, kind: Kind) -> list[Run]:
    """Title, then in parentheses what identifies it: `Title of a book (2nd ed., Vol. 3)`."""
    title = format_title(reference)
    if not title:
        return []
    italic = kind in {Kind.WEB, Kind.ALONE} or (kind is Kind.SERIAL and not tidy(reference.container_title))
    runs = [Run(title, italic)]
    translation = tidy(reference.title)
    if translation != title:
        runs.append(Run(f" [{translation}]"))
    identifier = "; ".join([part for part in _identifiers(reference, kind) if part])
    if identifier:
        runs.append(Run(f" ({identifier})"))
    return runs


def format_title(reference: Reference) -> str:
    """The title that stands first: the original one of a work read in its own language, else the title."""
    title = tidy(reference.title)
    original = tidy(reference.original_title)
    if not original or not title or reference.translator or original.casefold() == title.casefold():
        return title
    return original


def format_description(reference: Reference) -> str:
    """What stands in brackets after the title: `Doctoral dissertation, University`, `Data set`; or nothing."""
    if tidy(reference.number) and (reference.type in REPORT_TYPES or reference.type == "patent"):
        return ""  # said in the parentheses, with the number
    genre = tidy(reference.genre) or GENRE_OF_TYPE.get(reference.type, "")
    if genre:
        genre = f"{genre[0].upper()}{genre[1:]}"
    if reference.type == "thesis" and is_published_thesis(reference):
        return ", ".join([part for part in (genre, tidy(reference.publisher)) if part])
    return genre


def is_published_thesis(reference: Reference) -> bool:
    """Whether a thesis can be had from a database or repository; then the university goes into the brackets."""
    return bool(tidy(reference.DOI) or tidy(reference.URL) or tidy(reference.handle))


def editor_role(reference: Reference) -> str:
    """`Ed.` of one editor, `Eds.` of several."""
    return "Ed." if len(reference.editor) == 1 and not reference.editor_others else "Eds."


def numbered_genre(reference: Reference) -> str:
    """`Publication No. 123` of a thesis, `Report No. 12` of a report without a name for its series."""
    number = format_number(reference.number) if reference.type in NUMBERED_TYPES else tidy(reference.number)
    if not number:
        return ""
    if reference.type == "thesis":
        return f"Publication {number}"
    genre = tidy(reference.genre)
    if not genre and reference.type == "report" and number.startswith("No. "):
        genre = "Report"
    return f"{genre} {number}".strip()


def edition_and_volume(reference: Reference) -> list[str]:
    """What tells one edition or volume from another: `2nd ed.`, `Vol. 3`."""
    version = tidy(reference.version)
    if version and not version.lower().startswith("v"):
        version = f"Version {version}"
    series = ""
    if reference.type in REPORT_TYPES:
        series = f"{tidy(reference.collection_title)} {tidy(reference.collection_number)}".strip()
    parts = [version, format_edition(reference.edition), series, format_volume_of_book(reference.volume)]
    return [part for part in parts if part]


def _identifiers(reference: Reference, kind: Kind) -> list[str]:
    translators = format_names_in_order(reference.translator)
    translators = f"{translators}, Trans." if translators else ""
    if kind is not Kind.ALONE:
        return [translators]
    editors = format_names_in_order(reference.editor, others=reference.editor_others) if reference.author else ""
    editors = f"{editors}, {editor_role(reference)}" if editors else ""
    number = "" if reference.type in SERIAL_TYPES else numbered_genre(reference)
    return [editors, translators, number, ", ".join(edition_and_volume(reference))]
