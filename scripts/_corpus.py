"""A whole digest out of nothing, as long and as varied as a real one: what `scripts/bench` measures.

Takes a number of entries and a seed; gives a `Corpus`. `_corpus_files.py` writes it as a digest, `_peers.py` as the
input of other programs. Everything in it is invented and looks it: subjects, names, titles, journals.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Sequence

from _prose import ADVICE, CAUTIONS, FINDINGS, METHODS, OPENINGS, QUESTIONS, Dice, Prose, invent_words

FIRST_YEAR = 2013
MOST_MONTHS = 13 * 12
ENTRIES_A_MONTH = 2.5
"""Up to 390 entries; more of them share the months of thirteen years."""
TOPICS = 36
LANGUAGE_SEED = 20130101
"""The language and the vocabulary are the same in every corpus; only what is said with them differs."""
DESIGNS = (
    ("Paired comparison", "Two groups that were formed by lot are set side by side.", "what one way adds to another"),
    ("Ladder trial", "Each group begins with less and goes on to more.", "how much is enough"),
    ("Long watch", "The same people are seen again and again over years.", "what comes before what"),
    ("Single story", "One course of events is told in detail.", "how something can happen"),
    ("Count of counts", "The figures of many studies are put together by calculation.", "how large an effect is"),
    (
        "Chain review",
        "Studies are found by a stated plan and described in order.",
        "what has been studied and how well",
    ),
    ("Two-season survey", "Many people answer the same questions twice.", "what is common and what is rare"),
    ("Mirror trial", "People serve as their own comparison, before and after.", "that something changed"),
    ("Open diary", "People write down every day what they notice.", "what a day looks like"),
    ("Nested sample", "A few are chosen from a larger study and looked at closely.", "who differs from the rest"),
    ("Panel opinion", "People who know the field agree on a text.", "what those people think"),
    ("Tool test", "A measure is tried out before others rely on it.", "whether a measure can be trusted"),
    ("Map of studies", "Studies are sorted by question and kind.", "where knowledge is missing"),
    ("Blind exchange", "Two teams analyse each other's records.", "whether a result holds in other hands"),
)
"""Label, definition, and what the design can show: invented types of research."""
ACCENTED = (
    r'M{\"u}lver', r"P{\'e}tor{\'e}", r"S{\o}gral", r"Bar{\c c}in", r"\v{Z}elnik", r"N{\~u}avel", r"{\AA}skorn",
    r'Kr\"oveln', r"L\'elu", r"Gr{\ss}ovan", r"Tra{\v s}en", r"D\^omel",
)  # fmt: skip
"""Family names as BibTeX writes accents, braces and all."""
JOURNALS = (
    "Archive of Invented Studies",
    "Journal of Synthetic Evidence",
    r"Placeholder Letters \& Reports",
    "Annals of Nothing in Particular",
    "Quarterly of Made-Up Findings",
    "Imaginary Methods",
)
PUBLISHER = "Nowhere Press"
DOI_PREFIX = "10.5555"
"""The prefix that Crossref keeps for examples: no real work has it."""


@dataclass(frozen=True)
class Term:
    """A topic or a type of research."""

    id: str
    label: str
    definition: str
    words: Sequence[str] = ()
    """Of a topic: what entries on it talk about, the usual words first."""
    shows: str = ""
    """Of a type of research: what it can show."""


@dataclass(frozen=True)
class Reference:
    """One record of the bibliography, its fields as BibTeX writes them."""

    key: str
    kind: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Entry:
    """One summary."""

    month: str
    """`2013-01`."""
    day: int
    """Of the month; 1 stands for an entry that names no day."""
    slug: str
    title: str
    takeaway: str
    citations: list[str]
    topics: list[str]
    research_types: list[str]
    summary: str
    implications: str
    extra: dict[str, object] = field(default_factory=dict)
    """Optional front matter."""

    @property
    def path(self) -> str:
        """Month and file, as it stands below `entries/`."""
        return f"{self.month}/{self.slug}.md"


@dataclass(frozen=True)
class Corpus:
    """Everything that a digest of this size and seed says."""

    seed: int
    topics: list[Term]
    research_types: list[Term]
    entries: list[Entry]
    """In order of time."""
    references: list[Reference]
    introductions: dict[str, str]
    """Month to the introduction of its edition; not every month has one."""
    prose: Prose
    """For what is still to be said, in the same language."""


def make_corpus(entries: int, seed: int, *, accents: bool = False) -> Corpus:
    """The digest of this size and seed: the same on any machine; with `accents`, LaTeX is in every reference."""
    language = Dice(LANGUAGE_SEED)
    words = invent_words(language, 4000)
    topics = make_topics(language, words)
    designs = [Term(slugify(label), label, what, shows=shows) for label, what, shows in DESIGNS]
    prose = Prose(Dice(seed), words)
    writer = Writer(prose, seed, topics, designs)
    for month in months_of(entries):
        writer.write_entry(month)
    references = [accented(*pair) for pair in enumerate(writer.references)] if accents else writer.references
    return Corpus(seed, topics, designs, writer.entries, references, introduce(writer), prose)


def accented(number: int, reference: Reference) -> Reference:
    """A reference with LaTeX in its names, its title and its abstract."""
    name = ACCENTED[number % len(ACCENTED)]
    fields = dict(reference.fields)
    fields["author"] = f"{name}, A. B. and {fields['author']}"
    fields["title"] += f" after {{{name}}}"
    fields["abstract"] += f" So say {name} \\& others, at 5\\% --- or less."
    return replace(reference, fields=fields)


def make_topics(dice: Dice, words: Sequence[str]) -> list[Term]:
    """36 invented subjects, each with words of its own."""
    roots = [word.capitalize() for word in invent_words(dice, TOPICS * 2, syllables=2)]
    topics = []
    for number in range(TOPICS):
        one, other = roots[2 * number], roots[2 * number + 1]
        label = dice.pick((one, f"{one} and {other}", f"{one} Practice", f"{one} Changes", f"Brief {one} Work"))
        own = [one.lower(), *dice.shuffled(words)[:40]]
        topics.append(Term(slugify(label), label, f"All that has to do with {one.lower()}, an invented subject.", own))
    return sorted(topics, key=lambda topic: topic.id)


def months_of(entries: int) -> list[str]:
    """The month of each entry, two or three a month; from some 390 entries on, more of them over thirteen years."""
    months = max(1, min(MOST_MONTHS, int(entries / ENTRIES_A_MONTH)))
    numbers = [number * months // entries for number in range(entries)]
    return [f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02d}" for number in numbers]


def slugify(label: str) -> str:
    """Lower case, every run of other characters one `-`."""
    return re.sub("[^a-z0-9]+", "-", label.lower()).strip("-")


class Writer:
    """Writes entries one after the other; what it wrote is there to be linked to."""

    def __init__(self, prose: Prose, seed: int, topics: Sequence[Term], designs: Sequence[Term]) -> None:
        self.prose = prose
        self.dice = prose.dice
        self.seed = seed
        self.topics = self.dice.shuffled(topics)
        """The popular ones first."""
        self.designs = self.dice.shuffled(designs)
        self.families = [word.capitalize() for word in invent_words(self.dice, 400, syllables=2)]
        self.entries: list[Entry] = []
        self.references: list[Reference] = []
        self.shared: list[str] = []
        """Keys of works that several entries cite beside their own."""
        self.titles: set[str] = set()
        self.names: set[str] = set()
        """Slugs of entries and keys of references: the one have hyphens, the others none."""

    def write_entry(self, month: str) -> None:
        """One entry of this month, its reference, and now and then a work that later entries cite too."""
        dice, prose = self.dice, self.prose
        topics = self.draw(self.topics, 2 + dice.weigh((40, 40, 20)))
        designs = self.draw(self.designs, 2 if dice.chance(8) else 1)
        subject = [word for words in zip(*(topic.words for topic in topics)) for word in words]
        if dice.chance(20) or not self.shared:
            self.shared.append(self.write_reference(int(month[:4]) - dice.between(2, 9), subject))
        citations = [self.write_reference(int(month[:4]) - dice.between(0, 2), subject)]
        if dice.chance(30):
            citations += sorted({dice.pick(self.shared) for _ in range(dice.between(1, 2))})
        title = self.title(subject)
        self.entries.append(
            Entry(
                month,
                dice.between(1, 28) if dice.chance(50) else 1,
                self.unused("-".join(slugify(title).split("-")[:8]), "-"),
                title,
                prose.sentence(FINDINGS, subject),
                citations,
                [topic.id for topic in topics],
                [design.id for design in designs],
                self.summary(subject),
                self.implications(subject),
                self.optional(subject),
            )
        )

    def draw(self, terms: Sequence[Term], number: int) -> list[Term]:
        """Some different terms, the n-th most popular one about 1/n times as often as the first (Zipf)."""
        rest, drawn = list(terms), []
        weights = [100000 // (rank + 2) for rank in range(len(rest))]
        for _ in range(number):
            index = self.dice.weigh(weights)
            drawn.append(rest.pop(index))
            weights.pop(index)
        return drawn

    def title(self, subject: Sequence[str]) -> str:
        """A title that no entry and no reference has yet."""
        while True:
            title = self.prose.sentence(QUESTIONS, subject)
            if title not in self.titles:
                self.titles.add(title)
                return title

    def unused(self, name: str, joint: str = "") -> str:
        """The name, with a number behind it if an entry or a reference has it already."""
        number, found = 1, name
        while found in self.names:
            number += 1
            found = f"{name}{joint}{number}"
        self.names.add(found)
        return found

    def summary(self, subject: Sequence[str]) -> str:
        """180 to 280 words: what was asked, how, what was found, how sure it is."""
        dice, prose = self.dice, self.prose
        parts = [
            prose.paragraph(OPENINGS + METHODS, subject, dice.between(58, 66)),
            prose.paragraph(FINDINGS, subject, dice.between(66, 76)),
            prose.paragraph(CAUTIONS, subject, dice.between(52, 60)),
        ]
        word = dice.favour(subject)
        parts[1] = parts[1].replace(f" {word} ", f" *{word}* ", 1)
        if dice.chance(4):
            rows = "".join(f"| {dice.pick(subject)} | {dice.between(1, 99)} |\n" for _ in range(4))
            parts.insert(2, f"| What | Percent |\n| --- | ---: |\n{rows}".rstrip())
        if self.entries and dice.chance(45):
            parts.append(self.see_also())
        return "\n\n".join(parts)

    def see_also(self) -> str:
        """A sentence that leads to one or two earlier entries."""
        earlier = self.draw_earlier(self.dice.between(1, 2))
        links = " and ".join(f"[{entry.title.rstrip('?')}](../{entry.path})" for entry in earlier)
        return f"See also {links}."

    def draw_earlier(self, number: int) -> list[Entry]:
        """Some entries that were written before, recent ones more often."""
        last = len(self.entries) - 1
        drawn = {last - int(last * self.dice.roll() * self.dice.roll()) for _ in range(number)}
        return [self.entries[index] for index in sorted(drawn)]

    def implications(self, subject: Sequence[str]) -> str:
        """60 to 120 words of advice, a list now and then."""
        dice, prose = self.dice, self.prose
        if dice.chance(25):
            points = [prose.paragraph(ADVICE, subject, 15) for _ in range(3)]
            return "\n".join(f"- {point}" for point in points) + "\n\n" + prose.sentence(CAUTIONS, subject)
        first = prose.paragraph(ADVICE, subject, dice.between(30, 45))
        return first + "\n\n" + prose.paragraph(ADVICE, subject, dice.between(28, 40))

    def optional(self, subject: Sequence[str]) -> dict[str, object]:
        """What only some entries have."""
        dice, prose = self.dice, self.prose
        extra: dict[str, object] = {}
        if dice.chance(60):
            extra["limitations"] = prose.sentence(CAUTIONS, subject)
        if dice.chance(3):
            extra["disclosure"] = "One of the invented authors knows one of the invented editors."
        if dice.chance(3):
            extra["aliases"] = [f"/blog/{len(self.entries) + 1}-{slugify(dice.pick(subject))}/"]
        if dice.chance(5):
            number = dice.between(100, 999)
            item = {"title": prose.sentence(QUESTIONS, subject), "publisher": "Example News"}
            extra["coverage"] = [{**item, "url": f"https://news.example.org/{number}"}]
        if self.entries and dice.chance(5):
            extra["related"] = [entry.slug for entry in self.draw_earlier(2)]
        return extra

    def write_reference(self, year: int, subject: Sequence[str]) -> str:
        """A work on a subject, with an abstract; its key."""
        dice = self.dice
        number = len(self.references) + 1
        families = dice.shuffled(self.families)[: dice.between(1, 6)]
        if dice.chance(15):
            families[-1] = dice.pick(ACCENTED)
        initials = "ABCDEFGHIJKLMNOPRSTVW"
        fields = {
            "author": " and ".join(f"{family}, {dice.pick(initials)}. {dice.pick(initials)}." for family in families),
            "title": self.title(subject),
            "year": str(year),
        }
        kind = ("article", "incollection", "book")[dice.weigh((88, 8, 4))]
        fields.update(self.container(kind, year))
        fields["doi"] = f"{DOI_PREFIX}/bench.{self.seed}.{number}"
        fields["abstract"] = self.prose.paragraph(METHODS + FINDINGS, subject, dice.between(60, 110))
        key = self.unused(f"{slugify(families[0]).replace('-', '')}{year}{subject[0]}")
        self.references.append(Reference(key, kind, fields))
        return key

    def container(self, kind: str, year: int) -> dict[str, str]:
        """Where a work of this kind stands."""
        dice = self.dice
        first = dice.between(1, 900)
        pages = f"{first}--{first + dice.between(6, 30)}"
        if kind == "book":
            return {"publisher": PUBLISHER}
        if kind == "incollection":
            editor = f"{dice.pick(self.families)}, {dice.pick('AEIOU')}."
            book = f"The invented handbook of {year}"
            return {"editor": editor, "booktitle": book, "pages": pages, "publisher": PUBLISHER}
        volume, issue = str(year - 1990), str(dice.between(1, 6))
        return {"journal": dice.pick(JOURNALS), "volume": volume, "number": issue, "pages": pages}


def introduce(writer: Writer) -> dict[str, str]:
    """The introductions of the editions: two months of three have one."""
    by_month: dict[str, list[Entry]] = {}
    for entry in writer.entries:
        by_month.setdefault(entry.month, []).append(entry)
    introductions = {}
    for month, entries in by_month.items():
        if writer.dice.chance(66):
            said = writer.prose.paragraph(OPENINGS, [word.split("-")[0] for word in entries[0].topics], 25)
            introductions[month] = f"{said} This month begins with [{entries[0].slug}]({entries[0].slug}.md)."
    return introductions
