"""A controlled list that contradicts itself or cannot be read.

The lists in `vocabulary/` name the topics, the types of research, the words of the glossary and the wordings to
avoid. Each item needs its fields; an id is the label in small letters with `-` between words, and belongs to one
item; a name (label, synonym, former id) stands under one item only, or nobody could tell which is meant; and what a
topic is below of (`broader`) exists and is not below that topic itself.

Passes:

    - id: soil-life
      label: Soil life
      definition: What lives in the ground.
      broader: soil

Fails:

    - id: soillife
      label: Soil life
      broader: sol
"""

from collections.abc import Iterator, Sequence

from digest.check.context import Context
from digest.check.near import Names, did_you_mean
from digest.model.identifier import fold, slugify
from digest.model.vocabulary import GlossaryTerm, ResearchType, Topic
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ERROR
Term = Topic | ResearchType


def check(context: Context) -> Iterator[Problem]:
    """Look at what needs a whole list; single items are seen while reading."""
    for terms in (context.library.topics, context.library.research_types):
        yield from _check_ids(context, terms)
        yield from _check_names(context, terms)
    yield from _check_broader(context)
    yield from _check_glossary(context)


def _malformed(place: Span, message: str, fix: str, why: str = "") -> Problem:
    return Problem("vocabulary-malformed", SEVERITY, place, message, why, fix)


def _check_ids(context: Context, terms: Sequence[Term]) -> Iterator[Problem]:
    first: dict[str, Term] = {}
    for term in terms:
        place = term.places.at("id")
        other = first.setdefault(term.id, term) if term.id else term
        if other is not term:
            why = f"{context.where(other.places.at('id'))} has it already"
            yield _malformed(place, f"id '{term.id}' stands here a second time", "make one item of the two", why)
        elif term.id and term.label and term.id != slugify(term.label):
            slug = slugify(term.label)
            fix = f"write `id: {slug}`, and add '{term.id}' to its `aliases` if it was ever published" if slug else ""
            yield _malformed(place, f"id '{term.id}' does not follow from the label '{term.label}'", fix)


def _iter_names(term: Term) -> Iterator[tuple[str, Span]]:
    for field in ("id", "label"):
        yield getattr(term, field), term.places.at(field)
    for field in ("alt_labels", "aliases"):
        for index, name in enumerate(getattr(term, field)):
            yield name, term.places.at(field, index)


def _check_names(context: Context, terms: Sequence[Term]) -> Iterator[Problem]:
    first: dict[str, tuple[Term, Span]] = {}
    for term in terms:
        for name, place in _iter_names(term):
            other, other_place = first.setdefault(fold(name), (term, place))
            if name and other is not term and other.id != term.id:
                message = f"'{name}' names both '{other.label or other.id}' and '{term.label or term.id}'"
                why = f"{context.where(other_place)} has the name already, and it can mean one of them only"
                yield _malformed(place, message, "keep it under one of the two", why)


def _check_broader(context: Context) -> Iterator[Problem]:
    topics = context.lookup.topics
    names = Names(topics)
    settled: set[str] = set()
    for topic in context.library.topics:
        place = topic.places.at("broader")
        if topic.broader and topic.broader not in topics:
            fix = did_you_mean(names.nearest(topic.broader)) or "write the id of a topic in this list"
            yield _malformed(place, f"unknown topic '{topic.broader}'", fix)
        way: list[str] = []
        at: Topic | None = topic
        while at is not None and at.id not in settled:
            settled.add(at.id)
            way.append(at.id)
            at = topics.get(at.broader) if at.broader else None
        if at is not None and at.id in way:
            circle = [*way[way.index(at.id) :], at.id]
            message = f"topic '{at.id}' is below itself: {' < '.join(circle)}"
            yield _malformed(at.places.at("broader"), message, "delete `broader` where it is wrong")


def _check_glossary(context: Context) -> Iterator[Problem]:
    first: dict[str, tuple[GlossaryTerm, Span]] = {}
    for term in context.library.glossary:
        forms = [(term.term, term.places.at("term"))]
        forms += [(form, term.places.at("alt_terms", index)) for index, form in enumerate(term.alt_terms)]
        for form, place in forms:
            other, other_place = first.setdefault(fold(form), (term, place))
            if form and other is not term:
                why = f"{context.where(other_place)} has it already"
                yield _malformed(place, f"'{form}' is explained a second time", "keep one of the two", why)
