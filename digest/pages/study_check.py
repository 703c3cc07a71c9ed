"""The questions by which a visitor can see whether a study may be for them: nothing is counted, stored or sent.

Takes a study; gives a list of questions for each audience. The study team's plain words come first; a criterion that
has none is asked in the registry's words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from digest.model.listing import Item
from digest.model.plain_words import PlainWords
from digest.model.study import CriterionKind, PlainCriterion, Study
from digest.pages.study_items import plain_text
from digest.pages.study_words import SEXES, age_question


@dataclass(frozen=True)
class Question:
    """One criterion, to be answered with yes, no or not sure."""

    statement: str
    """A sentence about the reader, for the checklist."""
    question: str
    """The same as a question, where the study team has worded one."""
    is_exclusion: bool
    audiences: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """`inclusion` or `exclusion`."""
        return str(CriterionKind.EXCLUSION if self.is_exclusion else CriterionKind.INCLUSION)


@dataclass(frozen=True)
class Checklist:
    """The questions for one audience; `audience` is empty where all are asked the same."""

    audience: str
    must: tuple[Question, ...]
    must_not: tuple[Question, ...]


def checklists(study: Study) -> list[Checklist]:
    """One checklist for everybody, or one for each audience where some criteria are for some only."""
    questions = [question for question in _iter_questions(study) if question.statement]
    if not questions:
        return []
    parted = any(set(question.audiences) & set(study.audiences) for question in questions)
    audiences = study.audiences if parted else ("",)
    return [
        _checklist(audience, [each for each in questions if _is_for(each, audience, study)]) for audience in audiences
    ]


def _is_for(question: Question, audience: str, study: Study) -> bool:
    """A question for an audience that the study does not have is asked of everybody, so that none is lost."""
    named = set(question.audiences) & set(study.audiences)
    return not named or audience in named


def _checklist(audience: str, own: list[Question]) -> Checklist:
    return Checklist(
        audience,
        tuple(each for each in own if not each.is_exclusion),
        tuple(each for each in own if each.is_exclusion),
    )


def _iter_questions(study: Study) -> Iterator[Question]:
    words = PlainWords(study)
    eligibility = study.listing.eligibility
    for each in words.iter_own_criteria():
        yield _asked(each, "", is_exclusion=each.kind is CriterionKind.EXCLUSION)
    ages = words.of_field("ages")
    yield _asked(ages, age_question(eligibility))
    sex = words.of_field("sex")
    if (sex is not None and (sex.plain or sex.question)) or eligibility.sex in {"FEMALE", "MALE"}:
        yield _asked(sex, f"Your sex is {SEXES.get(eligibility.sex, '').lower()}.")
    for kind, item in eligibility.iter_criteria():
        if kind:
            yield from _iter_of_item(item, words, is_exclusion=kind == CriterionKind.EXCLUSION)


def _iter_of_item(item: Item, words: PlainWords, *, is_exclusion: bool) -> Iterator[Question]:
    """A criterion as one question, or those below it where these alone have plain words."""
    plain = words.of_criterion(item)
    if plain is None and item.items and words.is_covered(item):
        for each in item.items:
            yield from _iter_of_item(each, words, is_exclusion=is_exclusion)
        return
    yield _asked(plain, plain_text(item), is_exclusion=is_exclusion)


def _asked(plain: PlainCriterion | None, otherwise: str, *, is_exclusion: bool = False) -> Question:
    """In plain words, otherwise in others."""
    if plain is None:
        return Question(otherwise, otherwise, is_exclusion)
    statement = plain.plain or plain.question or otherwise
    return Question(statement, plain.question or statement, is_exclusion, plain.audiences)
