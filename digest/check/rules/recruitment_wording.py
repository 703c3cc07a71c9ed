"""A word on a recruitment page that ethics boards object to.

The words stand in `vocabulary/recruitment-wording.yml`, each with the reason, a better wording and whose guidance it
is (such as TCPS 2 in Canada and the FDA's information sheet). A rule with `boards` counts only for studies whose
`ethics: board` holds one of these names. It looks at title, text and everything that the study team words; what the
registry words is quoted, and left alone.

Passes:

    People who take part fill in a diary.

Fails:

    Volunteers fill in a diary.
"""

import re
from collections.abc import Iterator
from functools import cache

from digest.check.context import Context
from digest.model.identifier import fold
from digest.model.lookup import Document
from digest.model.study import Study
from digest.model.vocabulary import WordingRule
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.WARNING
FIELDS = ("title", "audiences", "conditions", "interventions", "sex", "ages", "locations")
GROUPS = {"sign_up": ("label", "seen_by"), "poster": ("purpose", "who", "tasks", "time_and_place", "compensation")}
LISTS = {"criteria": ("plain", "question"), "arms": ("plain",)}


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at every study: the words of a closed one are read too."""
    if not isinstance(document, Study):
        return
    rules = [rule for rule in context.library.wording_rules if rule.pattern.strip() and _counts(rule, document)]
    patterns = [(rule, _pattern(rule.pattern)) for rule in rules]
    for place, text, offset in _iter_texts(document):
        for rule, pattern in patterns:
            for match in pattern.finditer(text):
                start, end = match.span()
                found = place if offset is None else Span(document.path, offset + start, offset + end)
                yield _problem(rule, match[0], found)


def _problem(rule: WordingRule, word: str, place: Span) -> Problem:
    why = f"{rule.why} (after {rule.source})"
    return Problem("recruitment-wording", SEVERITY, place, f"'{word}' is better said otherwise", why, rule.better)


@cache
def _pattern(words_to_avoid: str) -> re.Pattern[str]:
    """Whole words, singular or plural, over any white space and marks of emphasis between them."""
    words = r"[*_]*\s+[*_]*".join(re.escape(word) for word in words_to_avoid.split())
    words = f"{words[:-1]}(?:y|ies)" if words[-1:] in {"y", "Y"} else f"{words}s?"
    return re.compile(rf"(?<![^\W_]|-){words}(?![^\W_]|-)", re.IGNORECASE)


def _counts(rule: WordingRule, study: Study) -> bool:
    board = fold(study.ethics.board) if study.ethics else ""
    return not rule.boards or any(fold(name) in board for name in rule.boards if name.strip())


def _iter_texts(study: Study) -> Iterator[tuple[Span, str, int | None]]:
    """Place, text, and where the text begins in the file if it stands there as it is."""
    places = study.places
    for name in FIELDS:
        value = getattr(study, name)
        if isinstance(value, str):
            yield places.at(name), value, None
        else:
            yield from ((places.at(name, index), text, None) for index, text in enumerate(value))
    for group, names in GROUPS.items():
        fields = getattr(study, group)
        yield from ((places.at(group, name), getattr(fields, name), None) for name in names if fields is not None)
    for name, parts in LISTS.items():
        for index, item in enumerate(getattr(study, name)):
            yield from ((places.at(name, index, part), getattr(item, part), None) for part in parts)
    yield places.whole, _prose(study), study.body.offset


def _prose(study: Study) -> str:
    """The text with blanks where addresses of links stand."""
    text, offset = study.body.text, study.body.offset
    for link in study.body.links:
        start, end = link.span.start - offset, link.span.end - offset
        if text[start:end] == link.destination:
            text = text[:start] + " " * (end - start) + text[end:]
    return text
