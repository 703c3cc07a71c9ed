"""A record that lacks a volume, an issue, pages or a DOI that Crossref or PubMed knew when the last audit asked.

So it is with what was cited while it was an advance publication. `digest audit --write` shows the missing fields as a
change of the `.bib` file and asks.

Passes:

    @article{bloom2023mulch, ..., volume = {4}, pages = {1--9}, doi = {10.1000/garden.17}}

Fails, where Crossref knows the volume and the pages:

    @article{bloom2023mulch, ..., note = {Advance online publication}, doi = {10.1000/garden.17}}
"""

from collections.abc import Iterator

from digest.check.better import still_better
from digest.check.context import Context
from digest.check.known import iter_known
from digest.problem import Problem, Severity

SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Problem]:
    for reference, known in iter_known(context):
        better = still_better(reference, known.better)
        if better:
            fields = ", ".join(f"{field} = {{{text}}}" for field, text in better.items())
            message = f"'{reference.citation_key}' lacks what is known by now: {fields}"
            note = f"; '{reference.status}' may go then" if reference.status else ""
            fix = f"`digest audit --write` proposes to add it{note}"
            yield Problem("reference-better-known", SEVERITY, reference.places.whole, message, fix=fix)
