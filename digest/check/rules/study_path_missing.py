"""A study for several audiences that does not tell each its own way.

Teachers and their pupils come with different questions. Where a study has more than one audience, a section of the
text for each, headed `## For teachers`, tells who can take part, what it means for them, and their first step; the
page leads to these sections from its top. The rule looks at studies of which some part is for one audience only: a
section, a criterion or the sign-up.

Passes:

    audiences: [gardeners, neighbours]      # and the text has `## For gardeners` and `## For neighbours`

Fails:

    audiences: [gardeners, neighbours]      # and the text has `## For gardeners` alone
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.recruiting import BEFORE_THE_END
from digest.model.identifier import fold
from digest.model.lookup import Document
from digest.model.recruitment import recruitment
from digest.model.study import Study
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at studies that recruit, now or soon."""
    if not isinstance(document, Study) or len(document.audiences) <= 1:
        return
    if recruitment(document, context.today).phase not in BEFORE_THE_END:
        return
    sections = [each for each in document.body.sections if each.heading is not None and each.words]
    there = {fold(each.heading.text) for each in sections if each.heading is not None}
    wanted = {audience: fold(f"For {audience}") for audience in document.audiences}
    if not (there & set(wanted.values()) or _names_audiences(document)):
        return
    for index, audience in enumerate(document.audiences):
        if wanted[audience] not in there:
            message = f"the text has no section for {audience}"
            why = "each audience has its own questions, and the page leads each to its own part of the text"
            fix = f"add a section `## For {audience}`: who can take part, what they will do, and their first step"
            yield Problem("study-path-missing", SEVERITY, document.places.at("audiences", index), message, why, fix)


def _names_audiences(study: Study) -> bool:
    """Whether a criterion or the sign-up is for some audiences only."""
    by_sign_up = study.sign_up is not None and bool(study.sign_up.audiences)
    return by_sign_up or any(each.audiences for each in study.criteria)
