"""A small site with a course, for tests of what is made of it."""

import datetime
from collections.abc import Sequence
from typing import Any

from digest.markup import parse_body
from digest.model.configuration import Configuration, DigestSettings, SiteSettings
from digest.model.training import Reading, TrainingModule
from digest.model.vocabulary import ResearchType, Topic
from digest.pages import Site, plan_site
from tests.builders import make_entry, make_library, make_reference, places

DAY = datetime.date(2026, 11, 22)
SITE_URL = "https://garden.example.org/digest/"
TEXT = """\
Beds were covered.[^1]

[^1]: With straw.

## Results

See [above](#results).

## Practice implications

Do.
"""


def make_module(slug: str, number: int = 1, readings: Sequence[Reading] = (), **fields: Any) -> TrainingModule:
    """A training module."""
    path = f"training/{slug}.md"
    return TrainingModule(
        **{"title": slug.title(), "objectives": ("Say what mulch does.", "Choose a mulch."), **fields},
        number=number,
        readings=tuple(readings),
        path=path,
        slug=slug,
        body=parse_body("Read first.\n\n## Then\n\nTalk.\n", path=path),
        places=places(path),
    )


READINGS = (
    Reading(entry="mulch", note="Start here.", objectives=(1, 2)),
    Reading(citation="bloom", required=False),
    Reading(url="https://example.org/straw?a=1&b=2", required=False, title="All about straw"),
)


def make_site(modules: Sequence[TrainingModule], *, site_url: str = SITE_URL, course: str = "", **content: Any) -> Site:
    """Two summaries, the second on the same topic, and these modules."""
    topic = Topic(id="soil", label="Soil", definition="What plants stand in.", path="t", places=places("t"))
    kind = ResearchType(
        id="trial", label="Field trial", definition="In beds.", strength="It shows.", path="r", places=places("r")
    )
    tags: dict[str, Any] = {"topics": ("soil",), "research_types": ("trial",)}
    entries = (
        make_entry("mulch", text=TEXT, citations=("bloom",), **tags),
        make_entry("compost", "2023-02", text=TEXT, citations=("rake",), **tags),
    )
    settings = DigestSettings(title="Garden Digest", authors=("Garden Digest",), course=course)
    library = make_library(
        **{
            "entries": entries,
            "references": (make_reference("bloom", DOI="10.1000/17"), make_reference("rake")),
            "topics": (topic,),
            "research_types": (kind,),
            "modules": tuple(modules),
            "configuration": Configuration(
                site=SiteSettings(site_name="Garden Digest", site_url=site_url),
                digest=settings,
                places=places("mkdocs.yml"),
            ),
            **content,
        }
    )
    return plan_site(library, DAY)
