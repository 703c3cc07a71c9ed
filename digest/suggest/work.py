"""What is tagged, and with what: works and terms, whether they come from a digest or from any corpus."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from digest.model.identifier import fold
from digest.model.vocabulary import ResearchType, Topic
from digest.suggest.words import find_words


@dataclass(frozen=True)
class Work:
    """One text to tag, or one that an editor has tagged."""

    id: str
    title: str
    abstract: str = ""
    """Whatever more there is to read: an abstract, a summary."""
    topics: tuple[str, ...] = ()
    """Ids of terms that an editor gave."""
    group: str = ""
    """Works of one group are never learnt from and judged on at once: an edition, or equal texts."""
    link: str = field(default="", compare=False)
    """Where an editor finds it: the path of an entry."""
    number: int | None = field(default=None, compare=False)
    """Its id, where the corpus writes it as a number."""

    @cached_property
    def found(self) -> dict[int, frozenset[tuple[str, ...]]]:
        """Phrases found already, by phrasebook."""
        return {}

    @cached_property
    def words(self) -> list[str]:
        """Stems of title and abstract, parted by a word that stands in no phrase."""
        return [*find_words(self.title), "", *find_words(self.abstract)] if self.abstract else find_words(self.title)


@dataclass(frozen=True)
class Term:
    """A topic, a type of research, or a label of a corpus, with the phrases that stand for it."""

    id: str
    label: str
    phrases: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    """Stemmed phrase to how far it is believed before anything is learnt, from 0 to 1."""
    names: tuple[str, ...] = ()
    """All it is called, folded."""
    wording: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """Each phrase as the vocabulary writes it."""


SURE, NAME, SHORT, KEYWORD, PART = 0.95, 0.85, 0.9, 0.75, 0.7
"""The label itself; synonyms; an abbreviation in brackets; keywords; parts of a label and MeSH headings."""
FEW_LETTERS, VAGUE = 2, 0.5
"""An abbreviation of so few letters stands for many things."""
JOINTS = re.compile(r"\band/or\b|\band\b|[,/]")
BRACKETS = re.compile(r"\(([^)]*)\)")
MOST_WORDS = 8


def make_term(  # noqa: PLR0913, PLR0917 - as many as a topic has fields
    id: str,  # noqa: A002 - the field's name
    label: str,
    alt_labels: Iterable[str] = (),
    keywords: Iterable[str] = (),
    mesh: Iterable[str] = (),
    names: tuple[str, ...] = (),
) -> Term:
    """A term whose phrases are its names, keywords and headings; of two weights for one phrase the higher counts."""
    bare = BRACKETS.sub(" ", label)
    believed: list[tuple[str, float]] = [(label, SURE), (bare, SURE)]
    believed += [(short, SHORT if len(short) > FEW_LETTERS else VAGUE) for short in BRACKETS.findall(label)]
    believed += [(part, PART) for part in JOINTS.split(bare)]
    believed += [(name, NAME) for name in alt_labels]
    believed += [(phrase, KEYWORD) for phrase in keywords]
    believed += [(" ".join(reversed(heading.split(", "))), PART) for heading in mesh]
    phrases: dict[tuple[str, ...], float] = {}
    wording: dict[tuple[str, ...], str] = {}
    for text, weight in believed:
        phrase = tuple(find_words(text))
        if 0 < len(phrase) <= MOST_WORDS:
            phrases[phrase] = max(weight, phrases.get(phrase, 0.0))
            wording.setdefault(phrase, text.strip())
    return Term(id, label, phrases, names or (fold(id), fold(label)), wording)


def terms_of_topics(topics: Sequence[Topic]) -> list[Term]:
    """The vocabulary's topics."""
    return [make_term(t.id, t.label, t.alt_labels, t.keywords, t.mesh, t.names) for t in topics]


def terms_of_research_types(types: Sequence[ResearchType]) -> list[Term]:
    """The vocabulary's types of research."""
    return [make_term(t.id, t.label, t.alt_labels, t.keywords, t.mesh, t.names) for t in types]
