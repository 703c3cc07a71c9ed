"""Whether anybody can read a work without paying, as far as its record and the last audit know."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from digest.model.reference import Reference
from digest.model.status import ReferenceStatus

FREE_LICENCE = re.compile(r"(?i)\s*(?:cc(?:[ -]|0|$)|creative commons|public domain|https?://creativecommons\.org/)")


class AccessKind(StrEnum):
    """What is known."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    """Nobody has looked: no copy is recorded, and no service was asked."""


@dataclass(frozen=True, slots=True)
class Access:
    """What is known of copies of a work."""

    kind: AccessKind
    url: str = ""
    """Where the open copy is; empty where the work itself is free."""
    version: str = ""
    """Which version it is, in the words of the repository or the service."""
    as_of: datetime.date | None = None
    """The day on which a service was asked."""


def access_to(reference: Reference, status: ReferenceStatus | None) -> Access:
    """What the record says, then what Unpaywall said.

    A work is closed only if somebody looked: its record names copies and none is open, or Unpaywall knew none.
    """
    asked = status.asked.get("unpaywall") if status else None
    for copy in reference.copies:
        if copy.access == "open":
            return Access(AccessKind.OPEN, copy.url, copy.version)
    if status and status.open_access:
        return Access(AccessKind.OPEN, status.open_access.url, VERSIONS.get(status.open_access.version, ""), asked)
    if reference.PMCID:
        number = reference.PMCID.upper().removeprefix("PMC")
        return Access(AccessKind.OPEN, f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{number}/")
    if FREE_LICENCE.match(reference.licence):
        return Access(AccessKind.OPEN)
    is_closed = asked is not None or bool(reference.copies)
    return Access(AccessKind.CLOSED if is_closed else AccessKind.UNKNOWN, as_of=asked)


VERSIONS = {
    "publishedVersion": "published version",
    "acceptedVersion": "accepted manuscript",
    "submittedVersion": "submitted manuscript",
}
"""Unpaywall's names, https://unpaywall.org/data-format."""
