"""An entry by somebody who is also an author of the work that it summarises, without a word about it.

Readers should know it. The first work of `citations` is the one summarised; the entry's authors are those of its
`authors`, or else those in `mkdocs.yml`. Family names and initials are compared.

Passes:

    authors: [Fern Bloom]
    citations: [bloom2023mulch]
    disclosure: The author of this summary is one of the study's authors.

Fails:

    authors: [Fern Bloom]
    citations: [bloom2023mulch]        # by Bloom, F., and Rake, T.
"""

import re
from collections.abc import Iterator

from digest.check.absent import is_left_out
from digest.check.context import Context
from digest.model.identifier import fold
from digest.model.reference import Name
from digest.problem import Problem, Severity

SEVERITY = Severity.WARNING
WORD = re.compile(r"[^\W\d_]+")


def check(context: Context) -> Iterator[Problem]:
    """Look at entries."""
    everyone = context.library.configuration.digest.authors
    for entry in context.library.entries:
        reference = context.lookup.references.get(entry.citations[0]) if entry.citations else None
        if reference is None or entry.disclosure.strip():
            continue
        for index, author in enumerate(entry.authors or everyone):
            if any(_is_same(author, name) for name in reference.author):
                if not is_left_out(entry, "disclosure", context.library.sources):
                    break
                place = entry.places.at("authors", index) if entry.authors else entry.places.at("citations", 0)
                yield Problem(
                    "disclosure-missing",
                    SEVERITY,
                    place,
                    f"'{author}' wrote this entry and '{reference.citation_key}', the work that it summarises",
                    why="readers should know it",
                    fix="add `disclosure: ...`: one sentence that says so",
                )


def _is_same(author: str, name: Name) -> bool:
    """Whether `Fern Bloom`, `F. Bloom` or `Bloom, F.` can be this name."""
    if name.literal:
        return fold(author).split() == fold(name.literal).split()
    before, comma, behind = author.partition(",")
    family = _words(f"{name.non_dropping_particle} {name.family}")
    bare_family = _words(name.family)
    if comma:
        return _words(before) in (family, bare_family) and _initials_agree(_words(behind), _words(name.given))
    words = _words(author)
    for ending in (family, bare_family):
        if ending and words[-len(ending) :] == ending:
            return _initials_agree(words[: -len(ending)], _words(name.given))
    return False


def _words(text: str) -> list[str]:
    return WORD.findall(fold(text))


def _initials_agree(one: list[str], other: list[str]) -> bool:
    return all(mine[0] == theirs[0] for mine, theirs in zip(one, other, strict=False))
