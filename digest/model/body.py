"""The body of a Markdown file, as much of it as checking and linking need."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from digest.problem import Span

WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction: Brysbaert (2019), doi 10.1016/j.jml.2019.104047, gives 238."""


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
class Structure:
    """What stands in a body, in order."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    raw_html: tuple[Span, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, eq=False)
class Body:
    """CommonMark text. What others see of it is known at once; what stands in it is found when asked for."""

    text: str
    offset: int
    """Where the text begins in its file."""
    path: str
    anchors: frozenset[str]
    """Every id that a link may point at: headings and footnotes."""
    minutes: int
    """Whole minutes that reading it takes, at least one."""
    find_structure: Callable[[], Structure]

    @cached_property
    def _structure(self) -> Structure:
        return self.find_structure()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All headings."""
        return self._structure.headings

    @property
    def links(self) -> tuple[Link, ...]:
        """All links."""
        return self._structure.links

    @property
    def images(self) -> tuple[Link, ...]:
        """All images."""
        return self._structure.images

    @property
    def raw_html(self) -> tuple[Span, ...]:
        """Runs of HTML that are shown as text."""
        return self._structure.raw_html

    @property
    def sections(self) -> tuple[Section, ...]:
        """What stands before the first second-level heading, and below each."""
        return self._structure.sections

    @property
    def words(self) -> int:
        """Number of words, headings aside."""
        return sum(section.words for section in self.sections)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but white space."""
        return not self.text.strip()


def reading_minutes(words: int) -> int:
    """Whole minutes, at least one."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))
