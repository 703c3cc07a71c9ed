"""Where the practice implications of an entry stand."""

from digest.model.body import Body
from digest.model.configuration import Configuration
from digest.model.identifier import fold


def implications_headings(configuration: Configuration) -> frozenset[str]:
    """The headings that mark them, folded."""
    return frozenset(folded_heading(heading) for heading in configuration.digest.practice_implications)


def find_implications(body: Body, headings: frozenset[str]) -> int | None:
    """Which of `body.sections` is the practice implications; None if there is none."""
    for index, section in enumerate(body.sections):
        if section.heading is not None and folded_heading(section.heading.text) in headings:
            return index
    return None


def folded_heading(text: str) -> str:
    """A heading for comparison: case, accents, and a colon behind it do not matter."""
    return " ".join(fold(text).rstrip(": ").split())
