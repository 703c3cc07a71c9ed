"""The course reader of a module: its required summaries as one document to print, with their citations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from digest.cite import format_apa, summary_reference
from digest.model.entry import Entry
from digest.model.identifier import slugify
from digest.model.reference import Reference
from digest.model.training import TrainingModule
from digest.pages.bodies import EntryBody
from digest.pages.frame import Frame
from digest.pages.page import Page

ANCHOR = re.compile(r'(<(?:h[1-6]|div)\b[^>]*? id=")')
HEADING = re.compile(r"(</?h)([2-6])")
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class ReaderPart:
    """One summary in the reader."""

    entry: Entry
    name: str
    """What its anchors begin with."""
    body: EntryBody
    """One level deeper than on its own page, its anchors its own."""
    implications_anchor: str
    references: Sequence[Reference]
    summary_citation: Markup


def required_entries(frame: Frame, module: TrainingModule) -> Sequence[Entry]:
    """The entries that a module requires, each once, in the order of its list."""
    readings = frame.links.readings[module.slug]
    required = (placed.entry for placed in readings if placed.reading.required)
    return list({entry.path: entry for entry in required if entry}.values())


def render_reader(frame: Frame, module: TrainingModule) -> Page:
    """The reader of one module."""
    elsewhere = [placed for placed in frame.links.readings[module.slug] if placed.reading.required and not placed.entry]
    return frame.page(
        module.reader,
        "reader",
        f"Course reader: {module.title}",
        f"The required summaries of module {module.number} as one document to print",
        module=module,
        text=Markup(_moved(str(frame.bodies.document(module)), module.slug)),  # noqa: S704 - sanitised by markup/
        parts=[_part(frame, entry) for entry in required_entries(frame, module)],
        elsewhere=elsewhere,
        trail=[("Training", "/training/"), (module.title, module.permalink)],
        data={"number": module.number},
    )


def _part(frame: Frame, entry: Entry) -> ReaderPart:
    name = f"{entry.edition}-{entry.slug}"
    body = frame.bodies.entry(entry)
    summary, implications, rest = (
        Markup(_moved(str(html), name))  # noqa: S704 - sanitised by markup/
        for html in (body.summary, body.implications, body.rest)
    )
    return ReaderPart(
        entry,
        name,
        EntryBody(summary, body.implications_heading, implications, rest),
        f"{name}--{slugify(body.implications_heading) or 'implications'}",
        frame.links.references_of(entry),
        Markup(format_apa(summary_reference(entry, frame.library.configuration)).html),  # noqa: S704 - as above
    )


def _moved(html: str, name: str) -> str:
    """The HTML of a body one level deeper, and with anchors that clash with no other body's.

    No anchor of an editor's holds two hyphens in a row, so a name with two behind it is nobody's.
    """
    html = ANCHOR.sub(rf"\g<1>{name}--", html).replace('<a href="#', f'<a href="#{name}--')
    return HEADING.sub(lambda match: f"{match[1]}{min(int(match[2]) + 1, DEEPEST)}", html)
