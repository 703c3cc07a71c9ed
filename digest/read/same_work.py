"""Whether two references are of one work: what they say is compared, and what only one of them says counts for nothing.

Takes two `Card`s; gives yes or no. Precision comes first: two records of one work cost an editor a look at a warning,
two works taken for one cost a citation. The rules, where no identifier decides:

- Titles are equal without case, accents, punctuation and spaces; or one lacks the subtitle of the other. No subtitle is
  `Part II`, `A reply`, `Study protocol` and the like: these are works of their own.
- First authors are equal by family name (particles aside) and, where both have one, by first initial.
- Years are equal. One year apart is near enough for an article in advance of print: same authors and journal, and
  either equal volume and pages, or neither of them in the earlier record.
- Nothing else may contradict: DOI, PMID, volume, pages or article number, edition, journal, kind of work. A correction
  or retraction is not the work that it is about.
- A title that many works have (`Editorial`), or a missing author or year, asks for equal volume and pages.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest.model.identifier import fold
from digest.model.reference import Name, Reference
from digest.read.same_journal import same_journal

GREEK = re.compile("[\u0370-\u03ff]")
MARKS = re.compile(r"[\W_]+")
SUBTITLE = re.compile(r"\s*[:;]\s+|(?<=\w[?!.])\s+|\s+[–—-]+\s+|\s*—\s*|\s+(?=\()")
OWN_WORK = re.compile(
    r"(?:part|volume|vol|study|section|chapter|paper|phase|wave|book)\s+(?:[ivx]+|\d+|[a-d]|one|two|three|four)\b"
    r"|(?:[ivx]+|\d+)\b|(?:(?:an?|the)\s+)?(?:reply|response|rejoinder|comment\w*|correct\w*|corrigend\w+|errat\w+|"
    r"retract\w+|introduction|editorial|discussion|addendum|appendix|supplement\w*|translation|abstracts?|update|"
    r"reanalysis|replication|revisited)\b|.*\b(?:protocol|follow ?up|secondary analysis|pilot|summary)\b"
)
"""Subtitles without which a title is another work's."""
NOTICE = re.compile(
    r"(?:author |publisher )?(?:correction|corrigend\w+|errat\w+|addendum|retraction|retracted|withdrawal|withdrawn|"
    r"expression of concern|notice of|removal notice)\b"
)
ANSWER = re.compile(
    r"(?:an? )?(?:reply|response|rejoinder|comment\w*|letter|authors? reply|book review|review of|in reply)\b"
)
GENERIC = frozenset({
    "abstract", "abstracts", "acknowledgment", "acknowledgments", "acknowledgements", "afterword", "announcement",
    "announcements", "appendix", "authorreply", "authorresponse", "bookreview", "bookreviews", "commentary", "comments",
    "conclusion", "conclusions", "contents", "correction", "corrigendum", "discussion", "editorial", "editorialnote",
    "editorscomment", "editorsintroduction", "editorsnote", "epilogue", "erratum", "foreword", "fromtheeditor",
    "guesteditorial", "index", "inmemoriam", "inreply", "inthisissue", "introduction",
    "introductiontothespecialissue", "introductiontothespecialsection", "letter", "lettertotheeditor", "news",
    "obituary", "overview", "preface", "presidentialaddress", "prologue", "rejoinder", "reply", "replytocomments",
    "response", "review", "specialissue", "summary", "thankyoutoreviewers",
})  # fmt: skip
"""Titles that many works have, as `title_key` writes them."""
FEW_WORDS = 2
ENOUGH_WORDS = 4
KINDS = {
    "serial": {"article-journal", "article-magazine", "article-newspaper", "periodical", "review", "review-book"},
    "part": {"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"},
    "book": {"book", "pamphlet", "classic"},
    "thesis": {"thesis"},
    "report": {"report", "standard"},
    "preprint": {"article", "manuscript"},
    "data": {"dataset", "software"},
}
KIND_BY_TYPE = {csl: kind for kind, types in KINDS.items() for csl in types}
"""Any other type says too little: `document`, `webpage` ..."""
FIRST_NUMBER = re.compile(r"0*(\d+)")
DOI = re.compile(r"10\.\d{4,9}/\S+")


def title_key(title: str) -> str:
    """A title without case, accents, punctuation and spaces; Greek letters by their names."""
    folded = fold(title.replace("&", " and "))
    if GREEK.search(folded):
        folded = GREEK.sub(_letter_name, folded)
    return MARKS.sub("", folded)


def _letter_name(match: re.Match[str]) -> str:
    return unicodedata.name(match[0], "").rpartition(" ")[2].lower()


@lru_cache(maxsize=1024)
def _words(title: str) -> int:
    return len([word for word in MARKS.split(title) if word])


def family_key(name: Name) -> str:
    """The last word of a family name, by which it is found with and without its particles; of a group, all of it."""
    if name.literal or not name.family:
        return title_key(name.literal or name.given)
    words = [word for word in MARKS.split(fold(name.family)) if word]
    return words[-1] if words else ""


@dataclass
class Card:
    """A reference, as far as it matters here; what is not asked for is not made."""

    reference: Reference

    @cached_property
    def title(self) -> str:
        """The whole title."""
        return title_key(self.reference.title or self.reference.original_title)

    @cached_property
    def main_title(self) -> str:
        """The title without its subtitle; nothing where it has none, or none that could be left out."""
        title = self.reference.title
        match = SUBTITLE.search(title)
        if match is None or self.is_notice or not title[: match.start()].strip():
            return ""
        subtitle = MARKS.sub(" ", fold(title[match.end() :])).strip()
        is_own = not subtitle or OWN_WORK.match(subtitle) or ANSWER.match(fold(title))
        return "" if is_own else title_key(title[: match.start()])

    @cached_property
    def is_notice(self) -> bool:
        """Whether it corrects or retracts another work."""
        return bool(NOTICE.match(MARKS.sub(" ", fold(self.reference.title)).strip()))

    @cached_property
    def author(self) -> str:
        """The first author, else the first editor."""
        names = self.names
        return family_key(names[0]) if names else ""

    @property
    def names(self) -> tuple[Name, ...]:
        """Authors, else editors."""
        return self.reference.author or self.reference.editor

    @property
    def year(self) -> int | None:
        """The year, if there is one."""
        return self.reference.issued.year if self.reference.issued else None

    @cached_property
    def volume(self) -> str:
        """The number of the volume."""
        match = FIRST_NUMBER.search(self.reference.volume)
        return match[1] if match else ""

    @cached_property
    def places(self) -> frozenset[str]:
        """First page and article number, as numbers."""
        found = (FIRST_NUMBER.search(text) for text in (self.reference.page, self.reference.number))
        return frozenset(match[1] for match in found if match)

    @property
    def kind(self) -> str:
        """The kind of work; nothing where the type does not tell."""
        return KIND_BY_TYPE.get(self.reference.type, "")

    @cached_property
    def doi(self) -> str:
        """The DOI in small letters."""
        return doi_key(self.reference.DOI)


def doi_key(doi: str) -> str:
    """A DOI as it is compared: bare, in small letters, without the marks that pasting leaves behind it."""
    match = DOI.search(doi.replace("%2F", "/").replace("%2f", "/"))
    return match[0].rstrip(".,;").casefold() if match else ""


def _agree(one: str | int | None, other: str | int | None) -> bool | None:
    """Whether both say the same; None where one says nothing."""
    return one == other if one and other else None


def is_same_by_number(one: Card, other: Card) -> bool:
    """Whether two references with an equal DOI or PMID are of one work: parts may carry the number of their whole."""
    if not (one.title and other.title):
        return True
    if one.is_notice != other.is_notice:
        return False
    numbers = (_agree(one.doi, other.doi), _agree(one.reference.PMID, other.reference.PMID))
    if "part" not in {one.kind, other.kind} and False not in numbers:
        return True
    shorter, longer = sorted((one.title, other.title), key=len)
    return shorter in longer


def is_same_by_title(one: Card, other: Card) -> bool:
    """Whether two references are of one work, by the rules above."""
    comparison = _Comparison(one, other)
    return not comparison.contradicts and comparison.titles_agree and comparison.people_agree and comparison.years_agree


@dataclass
class _Comparison:
    """What two references say of the same things."""

    one: Card
    other: Card

    @cached_property
    def volume(self) -> bool | None:
        return _agree(self.one.volume, self.other.volume)

    @cached_property
    def place(self) -> bool | None:
        both = self.one.places and self.other.places
        return bool(self.one.places & self.other.places) if both else None

    @cached_property
    def container(self) -> bool | None:
        one, other = self.one.reference, self.other.reference
        if one.ISSN and one.ISSN.replace("-", "") == other.ISSN.replace("-", ""):
            return True
        if one.container_title and other.container_title:
            return same_journal(one.container_title, other.container_title)
        return None

    @cached_property
    def is_strong(self) -> bool:
        """Whether both stand at one place of one volume."""
        return self.place is True and self.volume is not False and True in {self.volume, self.container}

    @property
    def contradicts(self) -> bool:
        """Whether something tells the two apart."""
        one, other = self.one, self.other
        if one.is_notice != other.is_notice or False in {
            _agree(one.doi, other.doi),
            _agree(one.reference.PMID, other.reference.PMID),
            _agree(_edition(one), _edition(other)),
            self.volume,
            self.place,
        }:
            return True
        if self.place is None and _agree(one.reference.issue, other.reference.issue) is False:
            return True
        apart = [self.container is False, _agree(one.kind, other.kind) is False]
        return all(apart) or (any(apart) and not self.is_strong)

    @property
    def titles_agree(self) -> bool:
        """Whether titles are equal, and tell one work from others."""
        one, other = self.one, self.other
        if not (one.title and other.title):
            return False
        if one.title == other.title:
            title, key = one.reference.title, one.title
        elif one.title == other.main_title or one.main_title == other.title:
            shorter = one if one.title == other.main_title else other
            title, key = shorter.reference.title, shorter.title
        else:
            return False
        if key in GENERIC or (key != one.title and _words(title) < FEW_WORDS):
            return self.is_strong
        if _words(title) <= FEW_WORDS:
            publisher = _agree(title_key(one.reference.publisher), title_key(other.reference.publisher))
            return self.is_strong or True in {self.container, publisher} or one.kind == other.kind == "book"
        return True

    @cached_property
    def people_agree(self) -> bool:
        """Whether first authors are equal."""
        one, other = self.one.names, self.other.names
        if one and other:
            return _same_person(one[0], other[0])
        if one or other:
            return self.is_strong
        return self.is_strong or self.container is True or _words(self.one.reference.title) >= ENOUGH_WORDS

    @property
    def years_agree(self) -> bool:
        """Whether years are equal, or near enough for an article in advance of print."""
        one, other = self.one.year, self.other.year
        if one is not None and one == other:
            return True
        if one is None or other is None:
            return self.is_strong or (self._is_telling and True in {self.container, self.volume})
        if abs(one - other) != 1 or not self._is_telling:
            return False
        earlier = self.one if one < other else self.other
        is_advance = not (earlier.volume or earlier.places) and self.container is True
        return is_advance or (self.volume is True and self.place is True)

    @property
    def _is_telling(self) -> bool:
        """Whether all authors are equal, and the title is no short one."""
        one, other = self.one.names, self.other.names
        alike = all(map(_same_person, one, other))
        complete = len(one) == len(other) or self.one.reference.author_others or self.other.reference.author_others
        title = min(self.one.reference.title, self.other.reference.title, key=len)
        return bool(one) and bool(other) and alike and complete and _words(title) >= ENOUGH_WORDS


def _edition(card: Card) -> str:
    match = FIRST_NUMBER.search(card.reference.edition)
    return match[1] if match else ""


def _same_person(one: Name, other: Name) -> bool:
    """Whether family names are equal, with or without particles and second names, and initials do not differ."""
    first, second = (title_key(f"{n.non_dropping_particle}{n.family}{n.literal}" or n.given) for n in (one, other))
    if not (first and second) or not (
        first.endswith(second) or second.endswith(first) or family_key(one) == family_key(other)
    ):
        return False
    initials = [fold(name.given).lstrip(" .-'")[:1] for name in (one, other)]
    return not all(initials) or initials[0] == initials[1]
