"""The body of a Markdown file, as much of it as checking and linking need."""

from dataclasses import dataclass

from digest.problem import Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `anchor` is the id that its rendered element carries."""

    level: int
    text: str
    anchor: str
    span: Span
    top_level: bool
    """Whether it stands in the document itself rather than in a quotation or a list, and so can begin a section."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image's address as written."""

    destination: str
    text: str
    span: Span
    """Of the destination where it stands in the text, else of the whole link."""


@dataclass(frozen=True, slots=True)
class Section:
    """The text from one second-level heading (or the beginning) to the next."""

    heading: Heading | None
    """None for what comes before the first heading."""
    span: Span
    """Without the heading."""
    words: int


@dataclass(frozen=True, slots=True)
class Body:
    """CommonMark text and what stands in it, in order."""

    text: str
    offset: int
    """Where the text begins in its file."""
    path: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    raw_html: tuple[Span, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every id that a link may point at: headings and footnotes."""
    sections: tuple[Section, ...] = ()

    @property
    def words(self) -> int:
        """Number of words, headings aside."""
        return sum(section.words for section in self.sections)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but white space."""
        return not self.text.strip()
