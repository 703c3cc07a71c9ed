"""An address that a page may not link to.

Links lead to https pages, to mail addresses (`mailto:`) and to files of the digest. An address that runs something
(`javascript:`), holds something (`data:`) or leads to the reader's own disk (`file:`) is refused, and so is one
that names a host without saying how (`//host`). Where a field wants an address, a bare name is none. Plain `http`
is told as advice: anybody on the way can read and change such a page.

Passes:

    [the record](https://registry.example.org/17)

Fails:

    [the record](javascript:alert(1))
    coverage: [{title: Less water, publisher: Garden News, url: news.example.org/water}]
"""

import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.model.lookup import Document, as_browsers_read, has_scheme, names_host
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ERROR
SCHEMES = frozenset({"https", "http", "mailto"})
PREVIEW = re.compile(r"(?i)https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?=/|$)")
WHY_HTTP = "anybody on the way can read and change a page that comes over plain http"


def check(context: Context) -> Iterator[Problem]:
    """Look at every field that holds an address."""
    for address, place in _iter_fields(context):
        yield from _check_address(address, place, is_field=True)
    for entry in context.library.entries:
        for index, address in enumerate(entry.old_urls):
            if not address.startswith("/") or names_host(address):
                place = entry.places.at("old_urls", index)
                yield from (p for p in _check_address(address, place, is_field=True) if p.severity is SEVERITY)


def check_document(_: Context, document: Document) -> Iterator[Problem]:
    """Look at the links and images of a text."""
    for link in (*document.body.links, *document.body.images) if document.body else ():
        yield from _check_address(link.destination, link.span)


def _check_address(address: str, place: Span, *, is_field: bool = False) -> Iterator[Problem]:
    scheme = as_browsers_read(address).partition(":")[0].lower() if has_scheme(address) else ""
    if scheme and scheme not in SCHEMES:
        message = f"'{address}' is no address that a page may link to"
        fix = "write an address that begins with https://"
        yield Problem("url-unsafe", SEVERITY, place, message, f"'{scheme}:' is not allowed", fix)
    elif names_host(address):
        message = f"'{address}' does not say how to reach its host"
        yield Problem("url-unsafe", SEVERITY, place, message, fix=f"write 'https:{as_browsers_read(address)}'")
    elif is_field and not scheme and address:
        message = f"'{address}' is not an address: it does not begin with https://"
        fix = f"write 'https://{address}'" if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", address) else "write all of it"
        yield Problem("url-unsafe", SEVERITY, place, message, fix=fix)
    elif preview := PREVIEW.match(address):
        message = f"'{address}' is an address of your own machine, such as that of the preview"
        fix = f"write '{address[preview.end() :] or '/'}'"
        yield Problem("url-unsafe", SEVERITY, place, message, "no reader can follow it", fix)
    elif scheme == "http":
        fix = f"write 'https{address[4:]}' if the site has it" if address.lower().startswith("http:") else ""
        yield Problem("url-unsafe", Severity.ADVICE, place, f"'{address}' is not encrypted", WHY_HTTP, fix)


def _iter_fields(context: Context) -> Iterator[tuple[str, Span]]:
    """Every field of front matter, references and configuration that a page links to."""
    library = context.library
    for entry in library.entries:
        for index, item in enumerate(entry.coverage):
            yield item.url, entry.places.at("coverage", index, "url")
    for module in library.modules:
        for index, reading in enumerate(module.readings):
            yield reading.url, module.places.at("readings", index, "url")
    for study in library.studies:
        if study.sign_up and study.sign_up.url[:5].lower() != "http:":  # that is told as study-sign-up-insecure
            yield study.sign_up.url, study.places.at("sign_up", "url")
    for reference in library.references:
        yield reference.URL, reference.places.at("url")
        for copy in reference.copies:
            yield copy.url, reference.places.at("repository-copies")
    settings, places = library.configuration.digest, library.configuration.places
    yield settings.licence_url, places.at("extra", "digest", "licence_url")
    yield settings.subscribe, places.at("extra", "digest", "subscribe")
    yield settings.course, places.at("extra", "digest", "course")
    yield settings.first_site_url, places.at("extra", "digest", "first_site_url")
