"""Controlled lists: topics, types of research, recruitment wording, glossary. Data, not code."""

from dataclasses import dataclass

from digest.model.fields import Fields
from digest.model.identifier import fold
from digest.model.source import Places


@dataclass(frozen=True, kw_only=True, eq=False)
class TopicFields(Fields):
    """One topic of `vocabulary/topics.yml`, in the words of SKOS."""

    id: str = ""
    """The label in lower case, accents folded, every run of other characters one `-`. Never changes. Required."""
    label: str = ""
    """The name that readers see. Required."""
    definition: str = ""
    """What belongs under this topic, in a sentence or two. Required."""
    alt_labels: tuple[str, ...] = ()
    """Synonyms and former spellings, which lead here in search and in `check`."""
    keywords: tuple[str, ...] = ()
    """Phrases in a title or an abstract that suggest the topic."""
    mesh: tuple[str, ...] = ()
    """MeSH headings that map to it."""
    broader: str = ""
    """Id of the topic above it, if there is one."""
    aliases: tuple[str, ...] = ()
    """Former ids, whose addresses redirect here."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Topic(TopicFields):
    """A topic, with its place in the vocabulary."""

    path: str
    places: Places

    @property
    def permalink(self) -> str:
        """`/topics/<id>/`."""
        return f"/topics/{self.id}/"

    @property
    def names(self) -> tuple[str, ...]:
        """All it is called, folded for comparison: id, label, synonyms, former ids."""
        return tuple(fold(name) for name in (self.id, self.label, *self.alt_labels, *self.aliases))


@dataclass(frozen=True, kw_only=True, eq=False)
class ResearchTypeFields(Fields):
    """One type of research of `vocabulary/research-types.yml`."""

    id: str = ""
    """The label in lower case, every run of other characters one `-`. Never changes. Required."""
    label: str = ""
    """The name that readers see. Required."""
    definition: str = ""
    """What kind of study this is, in one sentence. Required."""
    strength: str = ""
    """What this design can and cannot show, in one plain sentence. Required."""
    alt_labels: tuple[str, ...] = ()
    """Synonyms and former spellings."""
    keywords: tuple[str, ...] = ()
    """Phrases in a title or an abstract that suggest this type."""
    pubmed: tuple[str, ...] = ()
    """PubMed publication types that map to it."""
    mesh: tuple[str, ...] = ()
    """MeSH headings that map to it."""
    synthesis: bool = False
    """`true` for a design that puts the results of many studies together, as a meta-analysis does: `digest training
    check` looks whether a module reads the newest one on each of its topics."""
    aliases: tuple[str, ...] = ()
    """Former ids, whose addresses redirect here."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ResearchType(ResearchTypeFields):
    """A type of research, with its place in the vocabulary."""

    path: str
    places: Places

    @property
    def permalink(self) -> str:
        """`/research/<id>/`."""
        return f"/research/{self.id}/"

    @property
    def names(self) -> tuple[str, ...]:
        """All it is called, folded for comparison."""
        return tuple(fold(name) for name in (self.id, self.label, *self.alt_labels, *self.aliases))


@dataclass(frozen=True, kw_only=True, eq=False)
class GlossaryTermFields(Fields):
    """One word of `vocabulary/glossary.yml`."""

    term: str = ""
    """The word. Required."""
    definition: str = ""
    """Its meaning in one plain sentence. Required."""
    alt_terms: tuple[str, ...] = ()
    """Other forms of the word."""


@dataclass(frozen=True, kw_only=True, eq=False)
class GlossaryTerm(GlossaryTermFields):
    """A word of the glossary, with its place."""

    path: str
    places: Places


@dataclass(frozen=True, kw_only=True, eq=False)
class WordingRuleFields(Fields):
    """One wording to avoid on recruitment pages: `vocabulary/recruitment-wording.yml`."""

    pattern: str = ""
    """Word or phrase, whatever its case. Required."""
    why: str = ""
    """Why ethics boards object. Required."""
    better: str = ""
    """What to write instead. Required."""
    source: str = ""
    """The guidance it comes from. Required."""
    boards: tuple[str, ...] = ()
    """Ethics boards it holds for; all if left out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WordingRule(WordingRuleFields):
    """A wording rule, with its place."""

    path: str
    places: Places
