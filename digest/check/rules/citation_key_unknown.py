"""A citation key that no record in `bib/` has.

The summary would stand there without the work it is about.

Passes:

    citations: [bloom2023mulch]        # bib/garden.bib holds @article{bloom2023mulch, ...

Fails:

    citations: [blom2023mulch]
"""

from collections.abc import Iterator

from digest.check.citation_keys import CitationKeys
from digest.check.context import Context
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at the citations of entries and at what references recommend."""
    keys = CitationKeys(context, "citation-key-unknown")
    for entry in context.library.entries:
        for index, key in enumerate(entry.citations):
            if not keys.knows(key):  # finding the place of each would read every file again
                yield from keys.check(key, entry.places.at("citations", index))
    for reference in context.library.references:
        for key in reference.recommended:
            yield from keys.check(key, reference.places.at("recommended"))
