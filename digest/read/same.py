"""Finding the reference that is there already: by DOI, PMID, or title, year and first author; or equal in all it says.

`Matcher` keeps references in dictionaries, so that asking costs the same among a hundred and a hundred thousand. The
dictionaries propose, `same_work` decides; its rules are told there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from digest.model.reference import Reference
from digest.read.same_work import Card, is_same_by_number, is_same_by_title, title_key

MOST_COMPARED = 64
"""References of one title, author and year; where there are more, the first of them."""
MOST_OF_A_TITLE = 8
"""The same, for references without author or year; titles that more works have tell too little."""


class Matcher:
    """References, to be found again by what identifies a work."""

    def __init__(self, references: Iterable[Reference] = ()) -> None:
        self._by_all: dict[int, Reference] = {}
        self._by_number: dict[tuple[str, str], Reference] = {}
        self._by_title: dict[int, list[Reference]] = {}
        self._by_title_alone: dict[int, list[Reference]] = {}
        for reference in references:
            self._add(reference)

    def add(self, reference: Reference) -> None:
        """Take one more; what `find` gives later lacks abstract and keywords, so that many take little memory."""
        self._add(replace(reference, abstract="", note="", keyword=(), mesh=(), raw={}))

    def find(self, reference: Reference) -> Reference | None:
        """A reference of the same work, the first added one."""
        card = Card(reference)
        if (equal := self._by_all.get(_all_it_says(card))) is not None:
            return equal
        for number in _numbers(card):
            found = self._by_number.get(number)
            if found is not None and is_same_by_number(card, Card(found)):
                return found
        if not card.title:
            return None
        return next((found for found in self._candidates(card) if is_same_by_title(card, Card(found))), None)

    def _add(self, reference: Reference) -> None:
        card = Card(reference)
        self._by_all.setdefault(_all_it_says(card), reference)
        for number in _numbers(card):
            self._by_number.setdefault(number, reference)
        for title in _titles(card):
            alike = self._by_title.setdefault(hash((title, card.author, card.year)), [])
            if len(alike) < MOST_COMPARED:
                alike.append(reference)
            alike = self._by_title_alone.setdefault(hash(title), [])
            if len(alike) < MOST_OF_A_TITLE:
                alike.append(reference)

    def _candidates(self, card: Card) -> Iterator[Reference]:
        year = card.year
        for title in _titles(card):
            if year is None or not card.author:
                yield from self._by_title_alone.get(hash(title), ())
                continue
            for author, near in product((card.author, ""), (year, year - 1, year + 1, None)):
                yield from self._by_title.get(hash((title, author, near)), ())


def _all_it_says(card: Card) -> int:
    """What tells the work from others: who says just the same again, however little, says it of the same work."""
    reference = card.reference
    people = (title_key(f"{n.non_dropping_particle}{n.family}{n.given}{n.literal}") for n in card.names)
    texts = (reference.container_title, reference.collection_title, reference.publisher, reference.edition)
    numbers = (reference.PMID, reference.issue, reference.ISBN, reference.URL)
    return hash(
        (card.title, card.doi, card.year, card.volume, card.places, *people, None, *map(title_key, texts), *numbers)
    )


def _numbers(card: Card) -> Iterator[tuple[str, str]]:
    """What identifies the work, by kind of number."""
    if card.doi:
        yield "doi", card.doi
    if pmid := card.reference.PMID.strip():
        yield "pmid", pmid.lstrip("0")
    if pmcid := card.reference.PMCID.strip():
        yield "pmcid", pmcid.upper()


def _titles(card: Card) -> Iterator[str]:
    if card.title:
        yield card.title
    if card.main_title and card.main_title != card.title:
        yield card.main_title
