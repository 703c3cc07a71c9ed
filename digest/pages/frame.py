"""The templates, and everything a page is made with."""

import datetime
import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from digest.cite import CITATION_FORMATS, format_coins
from digest.link import Links
from digest.model.entry import Entry
from digest.model.glossary import GlossaryWords
from digest.model.library import Library
from digest.model.lookup import Document
from digest.model.recruitment import closing_day, is_open
from digest.model.reference import Reference
from digest.model.study import Study
from digest.pages import words
from digest.pages.addresses import host, is_web_address, link, relativise
from digest.pages.bodies import Bodies
from digest.pages.cards import card_of
from digest.pages.feed_links import FED, announce_feeds, feed_title
from digest.pages.linked_data import Node, Trail, page_linked_data
from digest.pages.offers import NOTHING_MORE, Offers
from digest.pages.open_graph import open_graph
from digest.pages.page import Page
from digest.pages.policy import page_policy
from digest.pages.scripts import inline_script


class _CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Compiled templates, beside the compiled modules; written when Python writes those, or when setting up."""

    may_write = not sys.dont_write_bytecode

    def __init__(self) -> None:
        self._folder = Path(importlib.util.cache_from_source(__file__)).parent
        super().__init__(str(self._folder))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled, where that can be."""
        if self.may_write and os.access(self._folder, os.W_OK):
            super().dump_bytecode(bucket)


def compile_templates() -> None:
    """Compile every template now, so that no build has to."""
    _CompiledTemplates.may_write = True
    for name in _templates().list_templates():
        _templates().get_template(name)


@cache
def _templates() -> jinja2.Environment:
    """Everything is escaped but what is `Markup`; a name that does not exist is a fault, never empty."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("digest.pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_CompiledTemplates(),
    )
    environment.filters |= {
        "link": link,
        "host": host,
        "month": words.say_month,
        "day": words.say_day,
        "listed": words.say_list,
        "closing_day": closing_day,
    }
    environment.tests["web_address"] = is_web_address
    environment.tests["closing_day"] = closing_day  # whether a study has one
    environment.globals |= {"count": words.say_count, "inline_script": inline_script}
    environment.globals["citation_formats"] = CITATION_FORMATS
    return environment


@cache
def _template(name: str) -> jinja2.Template:
    return _templates().get_template(f"{name}.html")


def _card(*arguments: object) -> Markup:
    card: Callable[..., Markup] = vars(_template("_parts").module)["card"]
    return card(*arguments)


def fill_template(name: str, **context: object) -> str:
    """A template that is no page of its own: a piece of a feed, an e-mail. Links in it still begin at the root mark."""
    return _template(name).render(context)


@dataclass(frozen=True)
class Frame:
    """One library on one day, with all that its pages are made of."""

    library: Library
    """Without drafts, unless this is a preview."""
    today: datetime.date
    offers: Offers = NOTHING_MORE
    """What this build makes beside the pages, on request."""

    @cached_property
    def links(self) -> Links:
        """Who points at whom."""
        return Links(self.library)

    @cached_property
    def bodies(self) -> Bodies:
        """Rendered bodies."""
        return Bodies(self.library, self.links.lookup)

    @cached_property
    def glossary(self) -> GlossaryWords:
        """The words that pages explain."""
        return GlossaryWords(self.library.glossary)

    @cached_property
    def open_studies(self) -> tuple[Study, ...]:
        """The studies that take participants today."""
        return tuple(study for study in self.library.studies if is_open(study, self.today))

    @cached_property
    def _written(self) -> dict[object, Markup]:
        """Pieces that stand on many pages, each written once."""
        return {}

    def _once(self, key: object, write: Callable[[], Markup]) -> Markup:
        if key not in self._written:
            self._written[key] = write()
        return self._written[key]

    def citation(self, reference: Reference) -> Markup:
        """A reference in APA style as HTML."""
        key = ("citation", reference.citation_key)
        return self._once(key, lambda: Markup(self.links.apa(reference).html))  # noqa: S704 - cite/ escapes every field

    def coins(self, reference: Reference) -> Markup:
        """A reference for reference managers: the title of an empty `<span class="Z3988">`."""
        return self._once(("coins", reference.citation_key), lambda: escape(format_coins(reference)))

    def card(self, entry: Entry, level: int, *, takeaway: bool = True, kinds: bool = True) -> Markup:
        """An entry in a list, below a heading of a level. It shows nothing of the entry's body."""
        key = (entry.path, level, takeaway, kinds)
        return self._once(key, lambda: _card(self.links, entry, level, takeaway, kinds))

    def page(  # noqa: PLR0913 - the parts of a page
        self,
        address: str,
        template: str,
        title: str,
        description: str,
        /,
        *,
        data: dict[str, Any] | None = None,
        citations: str = "",
        linked_data: Node | None = None,
        trail: Trail = (),
        head: str = "",
        **context: object,
    ) -> Page:
        """Fill a template, whose name is the kind of page; `context` is what it needs beyond the frame.

        `citations` is the stem of the files of citations that stand beside the page.
        `linked_data` says in schema.org's words what the page is about (`linked_data_things`), `trail` which pages
        stand above it, and `head` what else its head holds.
        """
        configuration, description = self.library.configuration, words.shorten(description)
        shared = {"frame": self, "links": self.links, "bodies": self.bodies, "title": title, "citations": citations}
        body = _template(template).render(shared | context)
        return Page(
            address=address,
            kind=template,
            title=title,
            description=description,
            body=relativise(body, address),
            head=page_policy(template, head + body)
            + "".join(
                f'<link rel="alternate" type="{form.media_type}" href="{citations}.{ending}" title="{form.label}">\n'
                for ending, form in CITATION_FORMATS.items()
                if citations
            )
            + (announce_feeds(feed_title(title, configuration.title)) if template in FED else "")
            + open_graph(configuration, address, title, description, self._card(template, address))
            + page_linked_data(
                configuration, address, title=title, description=description, node=linked_data or {}, trail=trail
            )
            + head,
            data=data or {},
        )

    def _card(self, kind: str, address: str) -> str:
        """The picture that other sites show beside a link to a page."""
        return card_of(kind, address, drawn=self.offers.cards)

    def with_assets(self, page: Page, document: Document) -> Page:
        """The page, with the files that its document shows published beside it."""
        if document.body is None:
            return page
        return replace(page, assets=tuple(self.bodies.assets(document)))
