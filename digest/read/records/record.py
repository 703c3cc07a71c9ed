"""What reading a file of references gives: each record of it either a Reference or the reason why there is none."""

from dataclasses import dataclass
from typing import TypeVar

from digest.model.reference import Reference

SAYS_SOMETHING = (
    "title",
    "author",
    "editor",
    "DOI",
    "PMID",
    "PMCID",
    "URL",
    "ISBN",
    "container_title",
    "original_title",
)
"""Fields of which a record must have one: without any of them there is nothing to cite."""
EMPTY = "the record says nothing about a work: no title, no names, no DOI, PMID or address"


@dataclass(frozen=True, slots=True)
class Record:
    """One record, understood."""

    reference: Reference
    line: int
    """Where it begins, from 1."""


@dataclass(frozen=True, slots=True)
class Refused:
    """One record, or one file, of which no Reference could be made."""

    path: str
    line: int
    """Where it begins, from 1."""
    reason: str
    """A clause in lower case, such as a person can act on."""


Outcome = Record | Refused
T = TypeVar("T")


def accept(reference: Reference, line: int) -> Outcome:
    """The record, unless it is empty."""
    if any(getattr(reference, field) for field in SAYS_SOMETHING):
        return Record(reference, line)
    return Refused(reference.path, line, EMPTY)
