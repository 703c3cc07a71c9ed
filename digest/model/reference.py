"""A work cited: one record of `bib/`, in the words of the Citation Style Language (CSL 1.0.2).

Names of fields are CSL's with `_` for `-`: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.model.source import Places


@dataclass(frozen=True, slots=True)
class Name:
    """A person (family and given name, with particle and suffix) or, as `literal`, a group."""

    family: str = ""
    given: str = ""
    non_dropping_particle: str = ""
    """`van` in Ludwig van Beethoven: sorted and shown with the family name."""
    suffix: str = ""
    """`Jr.`, `III`."""
    literal: str = ""
    """The name of a group, taken as it is."""


@dataclass(frozen=True, slots=True)
class DateParts:
    """A date as far as it is known: year, year and month, or all three."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class RepositoryCopy:
    """A copy of the work in a repository."""

    url: str
    version: str = ""
    """Which version it is, in the repository's words."""
    access: str = ""
    """`open` or `restricted`."""
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One work. Text is decoded, never markup; what nobody knows is empty."""

    citation_key: str
    type: str
    """CSL type: `article-journal`, `chapter`, `book`, `thesis`, `report`, `webpage` ..."""
    title: str = ""
    author: tuple[Name, ...] = ()
    author_others: bool = False
    """The record says `and others`: there are more authors than it names."""
    editor: tuple[Name, ...] = ()
    editor_others: bool = False
    translator: tuple[Name, ...] = ()
    issued: DateParts | None = None
    original_date: DateParts | None = None
    """When the work first appeared, of a translation or a reprint."""
    original_title: str = ""
    """Title in the language of the work, where `title` is its translation."""
    container_title: str = ""
    """Journal, or book in which the chapter stands."""
    collection_title: str = ""
    """Series in which the book or report appears."""
    collection_number: str = ""
    event_title: str = ""
    """Conference at which a paper was given."""
    event_place: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    """Pages, with an en dash or hyphen as written in the record."""
    number: str = ""
    """Article number, or the number of a report."""
    edition: str = ""
    version: str = ""
    """Of a data set or a program."""
    publisher: str = ""
    publisher_place: str = ""
    genre: str = ""
    """`Doctoral dissertation`, `Preprint` ..."""
    status: str = ""
    """`Advance online publication`, `in press` ..."""
    DOI: str = ""
    URL: str = ""
    PMID: str = ""
    PMCID: str = ""
    ISBN: str = ""
    ISSN: str = ""
    accessed: DateParts | None = None
    """When a page that changes was read."""
    language: str = ""
    """Language of the work, as a tag such as `fr`."""
    abstract: str = ""
    keyword: tuple[str, ...] = ()
    """Keywords of the authors or of a database."""
    mesh: tuple[str, ...] = ()
    """Medical Subject Headings that PubMed gives it, without qualifiers."""
    publication_types: tuple[str, ...] = ()
    """What PubMed says the work is: `Randomized Controlled Trial`, `Meta-Analysis` ..."""
    note: str = ""
    """What else the record says about the work; a note that is a `status` is not repeated here."""
    handle: str = ""
    """Handle of a repository's record, without the resolver's address."""
    licence: str = ""
    copies: tuple[RepositoryCopy, ...] = ()
    recommended: tuple[str, ...] = ()
    """Citation keys of records that the repository recommends beside this one."""
    path: str
    places: Places
    """Where the record stands: `whole` is its opening `@type{key`, fields go by their names in the file (`journal`), in
    lower case, and `citation_key`."""
    record_type: str = ""
    """The type that the record itself names (`phdthesis`), in lower case."""
    raw: Mapping[str, str] = field(default_factory=dict)
    """Every field of the record as written, LaTeX and all, by its name in lower case, macros resolved: so nothing is
    lost on the way out."""

    @property
    def year(self) -> str:
        """The year as text, or nothing."""
        return str(self.issued.year) if self.issued else ""
