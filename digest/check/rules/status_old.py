"""The last audit is more than 90 days ago.

Pages say "no notice known as of" its day, and retractions since then are not on them. Only a digest that was audited
before is reminded.

Passes, on 2024-06-15:

    {"asked": {"crossref": "2024-06-01"}, ...}

Fails, on 2024-06-15:

    {"asked": {"crossref": "2023-11-30"}, ...}
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.status import PATH
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ADVICE
OLD = 90
"""Days."""


def check(context: Context) -> Iterator[Problem]:
    asked = context.library.status.asked
    if asked is None or (context.today - asked).days <= OLD:
        return
    source = context.library.sources.get(PATH)
    start = source.text.find('"asked"') if source else -1
    span = source.span(start, start + len('"asked"')) if source and start >= 0 else Span(PATH)
    message = f"the last audit was {(context.today - asked).days} days ago, on {asked}"
    why = "pages say of every reference that no notice is known as of that day"
    yield Problem("status-old", SEVERITY, span, message, why=why, fix="run `digest audit`")
