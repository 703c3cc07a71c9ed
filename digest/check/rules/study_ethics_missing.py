"""A study that recruits, and whose page does not say which ethics board approved it, in which words, as of when.

Boards want their exact clearance sentence and the date of the approved text on whatever recruits participants. Nobody
can invent them: ask the study team.

Passes:

    ethics:
      board: Research Ethics Board of the University
      statement: This study has received ethics clearance (file 17-2026).
      version_date: 2026-01-31

Fails:

    status: RECRUITING          # and no ethics
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.check.recruiting import iter_recruiting
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
WORDS = {
    "board": "which ethics board approved the study",
    "statement": "the board's exact clearance sentence",
    "version_date": "the date of the approved text",
}


def check(context: Context) -> Iterator[Problem]:
    """Look at studies that recruit, now or soon."""
    for study in iter_recruiting(context):
        missing = [name for name in WORDS if not (study.ethics and getattr(study.ethics, name))]
        if missing:
            message = f"the page does not say {' nor '.join(WORDS[name] for name in missing)}"
            fields = ", ".join(f"`{name}`" for name in missing)
            fix = f"ask the study team, and write {fields} below `ethics`; leave out what you do not know"
            yield Problem("study-ethics-missing", SEVERITY, study.places.key_at("ethics"), message, fix=fix)
