"""Two entries that summarise the same work: the first citation of both is one reference.

Readers would take one study for two, and lists and the evidence map would count it twice. A second entry may well
cite the work further down its list.

Passes:

    citations: [rake2022leaves, bloom2023mulch]        # while another entry has [bloom2023mulch]

Fails:

    citations: [bloom2023mulch]        # in both entries
"""

from collections.abc import Iterator

from digest.check.context import Context
from digest.model.entry import Entry
from digest.problem import Problem, Severity

SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Problem]:
    """Look at entries, the earlier edition first."""
    first: dict[str, Entry] = {}
    for entry in context.library.entries:
        if not entry.citations:
            continue
        key = entry.citations[0]
        other = first.setdefault(key, entry)
        if other is not entry:
            yield Problem(
                "entry-duplicate",
                SEVERITY,
                entry.places.at("citations", 0),
                f"'{key}' is summarised a second time",
                why=f"{context.where(other.places.at('citations', 0))} summarises it already",
                fix="keep one of the two entries, or put another work first",
            )
