"""A heading of a recruitment page with nothing below it.

`digest study new` writes a heading for each thing that visitors ask. "Risks", and then nothing, reads as if there were
none. Ask the study team; where you do not know, say so, and whom to ask. Until then the page says below the heading
that nobody has told us. For a study that takes nobody any more it is advice only.

Passes:

    ## Risks

    We hold no verified statement of the risks. Ask the team for the consent form.

Fails:

    ## Risks

    ## Privacy
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.recruiting import BEFORE_THE_END
from digest.model.lookup import Document
from digest.model.recruitment import recruitment
from digest.model.study import Study
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at the sections of every study."""
    if not isinstance(document, Study):
        return
    empty = [each.heading for each in document.body.sections if each.heading is not None and each.words == 0]
    if not empty:
        return
    is_read = recruitment(document, context.today).phase in BEFORE_THE_END
    severity = SEVERITY if is_read else Severity.ADVICE
    message = f"nothing stands under {', '.join(repr(heading.text) for heading in empty)}"
    why = "visitors ask it before they decide; silence reads as if there were nothing to say"
    fix = "ask the study team; if you do not know, say so and whom to ask, or delete the heading"
    yield Problem("study-section-empty", severity, empty[0].span, message, why, fix)
