"""The course as a learning platform is given it: modules, and in each the links that a learner follows.

Every address is absolute, since the links leave the site. An identity stays while readings are added, moved, or given
other titles and notes: it is made of the module's slug and of what a reading names, never of a place or a word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.cite import format_in_text
from digest.cite.links import find_address
from digest.link.graph import Links
from digest.model.reading_list import PlacedReading
from digest.model.reference import Reference
from digest.model.training import TrainingModule


@dataclass(frozen=True, slots=True)
class CourseLink:
    """One link of a module."""

    identity: str
    """What it is, whatever it is called: `module`, `entry /2023/01/a-title/`, `citation key`, `url https://...`."""
    title: str
    address: str
    """Absolute."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CourseModule:
    """One module, its links in the order of its page."""

    slug: str
    title: str
    page: CourseLink
    required: Sequence[CourseLink]
    further: Sequence[CourseLink]

    @property
    def links(self) -> Sequence[CourseLink]:
        """The module's page, then its readings."""
        return (self.page, *self.required, *self.further)


def course_of(links: Links, site_url: str) -> Sequence[CourseModule]:
    """All modules in their order. `site_url` begins the addresses of the site's own pages."""
    return [course_module(links, module, site_url) for module in links.library.modules]


def course_module(links: Links, module: TrainingModule, site_url: str) -> CourseModule:
    """One module as a learning platform is given it; what stands on the list twice comes once."""
    base = site_url.rstrip("/")
    page = CourseLink("module", "Objectives, and how to use the readings", base + module.permalink)
    found: dict[bool, dict[str, CourseLink]] = {True: {}, False: {}}
    for placed in links.readings[module.slug]:
        made = _link(module, placed, base)
        if made is not None and not any(made.identity in of_kind for of_kind in found.values()):
            found[placed.reading.required][made.identity] = made
    title = f"Module {module.number}: {module.title}"
    required, further = tuple(found[True].values()), tuple(found[False].values())
    return CourseModule(module.slug, title, page, required, further)


def works_of_course(links: Links) -> Sequence[Reference]:
    """The works that all modules read, or read summaries of: each once, in the order of the modules."""
    works = (work for module in links.library.modules for work in links.works_of_module(module))
    return tuple({work.citation_key: work for work in works}.values())


def _link(module: TrainingModule, placed: PlacedReading, base: str) -> CourseLink | None:
    """A reading as a link; None if it leads nowhere."""
    reading, note = placed.reading, placed.reading.note
    if placed.entry is not None:
        entry = placed.entry
        title = entry.title.strip() or entry.slug
        return CourseLink(placed.identity, title, base + entry.permalink, note or entry.takeaway)
    if placed.reference is not None:
        address = find_address(placed.reference) or base + module.permalink
        return CourseLink(placed.identity, title_of_work(placed.reference), address, note)
    if reading.url.lower().startswith(("https://", "http://")):
        return CourseLink(placed.identity, reading.title.strip() or note.strip() or reading.url, reading.url, note)
    return None


def title_of_work(reference: Reference) -> str:
    """`Author et al. (2018): Title`."""
    return ": ".join(_title_parts(reference))


def _title_parts(reference: Reference) -> Iterator[str]:
    if reference.author or reference.editor:
        yield format_in_text(reference)
    yield reference.title.strip() or reference.citation_key
