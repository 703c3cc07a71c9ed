"""A poster whose texts do not fit one printed page.

A poster is one sheet, or nobody reads it. Its type becomes smaller where the texts are long. Where the smallest does
not suffice, texts are cut, and the poster says that the rest stands on the study's page: better say it in fewer words.

Passes:

    poster:
      purpose: Does straw keep water in the ground?
      tasks: You cover one bed with straw, and write down how much you water.

Fails:

    # purpose, who, tasks, time_and_place and compensation together have some 4,000 characters
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.recruiting import iter_recruiting
from digest.model.poster_text import poster_text
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at studies that recruit, now or soon."""
    for study in iter_recruiting(context):
        if poster_text(study).is_cut:
            message = "the poster does not fit one page, so its texts are cut"
            why = "the poster says that the rest stands on the study's page"
            fix = "say in fewer words what `poster` holds"
            if study.poster is None or not study.poster.who:
                fix += ", and sum up in `who` who can take part, instead of all `criteria`"
            yield Problem("poster-too-long", SEVERITY, study.places.key_at("poster"), message, why, fix)
