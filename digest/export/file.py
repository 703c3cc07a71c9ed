"""A file that the site offers beside its pages."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """Where it stands on the site, and how to make what is in it: a build makes those whose inputs changed."""

    address: str
    """From the root of the site: `/2023/01/citations.bib`."""
    write: Callable[[], bytes]
    """Gives the same bytes whenever, and in whatever order, it is called."""

    @property
    def content(self) -> bytes:
        """What is in it."""
        return self.write()
