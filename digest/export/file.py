"""A file that the site offers beside its pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """Where it stands on the site, and what is in it."""

    address: str
    """From the root of the site: `/2023/01/citations.bib`."""
    content: bytes
