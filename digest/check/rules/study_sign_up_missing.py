"""A study that recruits, and whose page does not say how to sign up, or who sees what a visitor writes there.

Before the click a page states where it leads and who will see the data: `sign_up` names one address (`url` or `email`)
and says in `seen_by` who reads what comes there.

Passes:

    sign_up:
      email: study@example.org
      seen_by: The two coordinators of the study read what you write.

Fails:

    status: RECRUITING          # and no sign_up
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.recruiting import iter_recruiting
from digest.model.recruitment import is_open
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at studies that recruit, now or soon."""
    for study in iter_recruiting(context):
        sign_up = study.sign_up
        if sign_up is None or not (sign_up.url or sign_up.email):
            if is_open(study, context.today):
                message = "the study recruits, and its page does not say how to sign up"
                fix = "add `sign_up:` with `url` or `email`, as the study team gives it; never guess one"
                yield Problem("study-sign-up-missing", SEVERITY, study.places.key_at("sign_up"), message, fix=fix)
            continue
        if not sign_up.seen_by:
            message = "the page does not say who sees what a visitor writes to sign up"
            fix = "ask the study team, and add `seen_by` to `sign_up`: one sentence"
            why = "people decide by it whether to write, and in which words"
            yield Problem("study-sign-up-missing", SEVERITY, study.places.key_at("sign_up"), message, why, fix)
        if sign_up.url and sign_up.email:
            message = "the sign-up has two addresses, and the page shows `url` alone"
            place = study.places.at("sign_up", "email")
            yield Problem("study-sign-up-missing", SEVERITY, place, message, fix="keep one of `url` and `email`")
