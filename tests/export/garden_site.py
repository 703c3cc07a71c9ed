"""A small site to export: whatever a test leaves open is filled in."""

import datetime
from typing import Any

from digest.markup import parse_body
from digest.model.configuration import Configuration, DigestSettings, NewsletterSettings, SiteSettings
from digest.model.training import TrainingModule
from digest.model.vocabulary import ResearchType, Topic
from digest.pages import Site, plan_site
from tests.builders import make_library, places

DAY = datetime.date(2026, 11, 22)
URL = "https://garden.example.org/"


def make_topic(id_: str = "water", **fields: Any) -> Topic:
    """A topic."""
    values = {"label": id_.title(), "definition": f"All about {id_}.", **fields}
    return Topic(id=id_, path="vocabulary/topics.yml", places=places("vocabulary/topics.yml"), **values)


def make_type(id_: str = "trial", **fields: Any) -> ResearchType:
    """A type of research."""
    path = "vocabulary/research-types.yml"
    values = {"label": id_.title(), "definition": f"A {id_}.", **fields}
    return ResearchType(id=id_, path=path, places=places(path), **values)


def make_module(slug: str = "beds", **fields: Any) -> TrainingModule:
    """A training module."""
    path = f"training/{slug}.md"
    values = {"title": f"Module {slug}", "number": 1, **fields}
    return TrainingModule(path=path, slug=slug, body=parse_body("Text.\n", path=path), places=places(path), **values)


def make_configuration(site_url: str = URL, **settings: Any) -> Configuration:
    """The garden digest's."""
    newsletter = NewsletterSettings(leave=settings.pop("leave", ""), sender=settings.pop("sender", ""))
    return Configuration(
        site=SiteSettings(site_name="Garden Digest", site_url=site_url),
        digest=DigestSettings(**{"authors": ("Garden Digest",), "newsletter": newsletter, **settings}),
        places=places("mkdocs.yml"),
    )


def make_site(day: datetime.date = DAY, configuration: Configuration | None = None, **content: Any) -> Site:
    """A site of these things."""
    library = make_library(
        **{
            "configuration": configuration or make_configuration(),
            "topics": (make_topic(),),
            "research_types": (make_type(),),
            **content,
        }
    )
    return plan_site(library, day)
