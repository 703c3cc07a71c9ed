"""A field that the program guessed and nobody has confirmed.

`digest new` guesses the type of research from PubMed and from the words of the title. A guess may be wrong; it
stays a warning until the editor looks at it and takes the field's name out of `guessed`.

Passes:

    research_types: [meta-analysis]

Fails:

    research_types: [meta-analysis]
    guessed: [research_types]
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    for entry in context.library.entries:
        for index, name in enumerate(entry.guessed):
            value = getattr(entry, name, ())
            said = f" '{', '.join(value)}'" if isinstance(value, tuple) and value else ""
            yield Problem(
                "field-guessed",
                SEVERITY,
                entry.places.at("guessed", index),
                f"{name}{said} is a guess",
                why="the program filled it in, and nobody has confirmed it",
                fix=f"compare it with the article, then delete '{name}' from `guessed`",
            )
