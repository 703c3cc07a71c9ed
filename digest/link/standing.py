"""Whether the work that an entry summarises still stands, as far as the last audit knew."""

import datetime
from dataclasses import dataclass, replace

from digest.model.reference import Reference
from digest.model.status import Notice, ReferenceStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """The notices about one work. Without any, only: none was known on a day."""

    retraction: Notice | None = None
    concern: Notice | None = None
    corrections: tuple[Notice, ...] = ()
    as_of: datetime.date | None = None
    """The day of the last audit; None if there was none."""

    @property
    def label(self) -> str:
        """What a list says beside the title; nothing for a work that stands."""
        if self.retraction is not None:
            return NAMES.get(self.retraction.kind, "Retracted")
        return "Expression of concern" if self.concern is not None else ""

    @property
    def note(self) -> str:
        """One sentence for exports: what, when, where it says so, who told."""
        notice = self.retraction or self.concern
        if notice is None:
            return ""
        when = f" on {notice.date}" if notice.date else ""
        where = f", https://doi.org/{notice.doi}" if notice.doi else ""
        who = f" (source: {notice.source})" if notice.source else ""
        return f"{self.label}{when}{where}{who}"


NAMES = {
    "retraction": "Retracted",
    "partial-retraction": "Retracted in part",
    "withdrawal": "Withdrawn",
    "removal": "Removed",
}


def standing_of(status: ReferenceStatus | None) -> Standing:
    """The standing of a work from what the audit learnt of it."""
    if status is None:
        return Standing()
    corrections = tuple(notice for notice in status.notices if notice.kind.corrects)
    return Standing(status.retraction, status.concern, corrections, status.as_of)


def with_note(reference: Reference, standing: Standing) -> Reference:
    """The reference with its notice among its notes, so that no export goes without it."""
    if not standing.note or standing.note in reference.note:
        return reference
    return replace(reference, note=f"{standing.note}. {reference.note}".strip() if reference.note else standing.note)
