"""An edition and a topic as PDF, from the same pages: `edition.pdf` and `topic.pdf` beside them.

Only with `digest build --pdf`, and with the extra `[pdf]`. What is typeset is kept by its content, so that a build
typesets what changed. The typesetting is done in a process of its own, which sees no fonts but the vendored ones.
"""

import concurrent.futures
import importlib
import importlib.metadata
import importlib.util
import os
from collections.abc import Callable, Iterator
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.errors import DigestError, ExtraMissing
from digest.export.file import ExportedFile
from digest.export.kept import let_go, made_once
from digest.export.pdf_document import PdfDocument, edition_document, topic_document
from digest.export.vendored_fonts import fonts_fingerprint
from digest.on_demand import on_demand
from digest.pages import Site

if TYPE_CHECKING:
    import multiprocessing
    import multiprocessing.util as processes
else:
    multiprocessing = on_demand("multiprocessing")
    processes = on_demand("multiprocessing.util")

CACHE = ".digest/cache/pdf"
PARTS = ("weasyprint", "pydyf", "fonttools")
PANGO = "https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
STYLE = Path(__file__).with_name("pdf.css")


def has_pdf() -> bool:
    """Whether the extra `[pdf]` is installed."""
    return importlib.util.find_spec("weasyprint") is not None


def iter_pdf_files(site: Site, root: Path) -> Iterator[ExportedFile]:
    """Every edition, and every topic that has entries. Raises ExtraMissing without WeasyPrint."""
    if not has_pdf():
        raise ExtraMissing("pdf", "--pdf")
    topics = [topic for topic in site.links.lookup.topics.values() if site.links.entries_on_topic(topic.id)]
    let_go(root / CACHE, len(site.links.editions) + len(topics))
    press = _Press(root)
    pages = {planned.address: planned.render for planned in site.plan}
    for edition in site.links.editions:
        make = partial(edition_document, site, root, pages, edition)
        address = f"{edition.permalink}edition.pdf"
        yield ExportedFile(address, partial(press.write, address, make))
    for topic in topics:
        make = partial(topic_document, site, root, pages, topic)
        address = f"{topic.permalink}topic.pdf"
        yield ExportedFile(address, partial(press.write, address, make))


class _Press:
    """Typesets documents, each once."""

    def __init__(self, root: Path) -> None:
        self._folder = root / CACHE

    @cached_property
    def _recipe(self) -> tuple[str, ...]:
        versions = (f"{name} {importlib.metadata.version(name)}" for name in PARTS)
        return ("pdf 1", *versions, fonts_fingerprint(), STYLE.read_text(encoding="utf-8"))

    def write(self, address: str, make: Callable[[], PdfDocument]) -> bytes:
        document = make()
        ingredients = (*self._recipe, document.html, document.style)
        return made_once(self._folder, ingredients, partial(self._typeset, address, document))

    def _typeset(self, address: str, document: PdfDocument) -> bytes:
        try:
            return _worker(os.getpid()).submit(_typeset, document.html, document.style).result()
        except OSError as error:  # WeasyPrint stands on Pango, which is no Python package
            message = f"the PDF {address} could not be typeset: {error}"
            raise DigestError(message, f"install Pango: {PANGO}") from error
        except Exception as error:
            message = f"the PDF {address} could not be typeset: {type(error).__name__}: {error}"
            raise DigestError(message, "build without --pdf, and report this with the texts of that page") from error


@cache
def _worker(_: int) -> "concurrent.futures.ProcessPoolExecutor":
    """One process for each of ours, started when the first document is not in the cache."""
    pool = concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    # A forked worker of a build waits for its own children when it ends, and this one waits for work: it is sent home,
    # before the queue that tells it so is closed (which has the priority 10).
    processes.Finalize(None, pool.shutdown, exitpriority=20)
    return pool


def _typeset(html: str, style: str) -> bytes:
    # In the process of its own, by name: the program starts without WeasyPrint, and never loads it itself.
    worker: Any = importlib.import_module("digest.export.pdf_worker")
    typeset: bytes = worker.typeset(html, style)
    return typeset
