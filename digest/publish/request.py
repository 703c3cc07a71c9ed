"""What is asked of a build."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from digest.pages import Offers


@dataclass(frozen=True)
class Request:
    """What is to be built, and how."""

    root: Path
    target: Path
    """The folder that becomes the site."""
    day: datetime.date
    engine: str = "mkdocs"
    through_engine: bool = False
    """Let the engine render every page: the slow way that the quick one is measured by."""
    drafts: bool = False
    """For a preview: publish drafts too."""
    in_spite_of_errors: bool = False
    """For a preview: go on although the content has errors."""
    search: bool = True
    """Make the readers' search index."""
    clean: bool = False
    """Believe no cache, and nothing of the old site."""
    workers: int = 0
    """Processes that make pages; 0 for as many as there are cores."""
    offers: Offers = field(default_factory=Offers)
    """What is made beside the pages on request."""
