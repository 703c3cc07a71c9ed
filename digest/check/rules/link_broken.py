"""A link to a page, file or heading that does not exist, or that readers will not find.

Links are checked as they will be followed: `#...` must be a heading or a footnote of the page it leads to, a file
must be one that is published (a page, an image, a PDF), and a published page cannot link to a draft. Addresses on
other hosts are not visited.

Passes:

    [the other entry](shade-and-water.md#what-was-done)
    [its topic](/topics/soil/)

Fails:

    [the other entry](shade-and-watr.md)
    [the other entry](shade-and-water.md#what-was-don)
"""

import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.check.near import Names, did_you_mean
from digest.model.body import Link
from digest.model.entry import Edition
from digest.model.lookup import Document, Target
from digest.problem import Problem, Severity
from digest.read.library import ASSETS

SEVERITY = Severity.ERROR
HOST = re.compile(r"www\.[\w-]+\.\w|[\w-]+(\.[\w-]+)*\.(com|edu|gov|int|net|org|ca|uk)(/|$)", re.IGNORECASE)


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at every link in a Markdown text."""
    site = context.library.configuration.site.site_url
    for link in document.body.links if document.body else ():
        own = site.endswith("/") and link.destination.startswith(site)
        destination = link.destination.removeprefix(site[:-1]) if own else link.destination
        target = context.lookup.resolve(document.path, destination)
        if target.kind == "broken" and not context.is_unread(target.address):
            rooted = f"/{destination.strip('/')}/"
            is_address = context.lookup.resolve(document.path, rooted).kind == "page"
            guess = rooted if is_address else context.destinations.nearest(document.path, destination)
            yield _broken(link, guess or (f"https://{destination}" if HOST.match(destination) else ""))
        elif target.kind == "asset":
            yield from _check_asset(link, target)
        elif target.kind == "page":
            yield from _check_page(context, document, link, target)


def _broken(link: Link, guess: str) -> Problem:
    if not link.destination:
        message, fix = f"link '{link.text}' has no address", "write it between the round brackets"
    else:
        message, fix = f"link '{link.destination}' leads nowhere", did_you_mean(guess)
    return Problem("link-broken", SEVERITY, link.span, message, fix=fix or "write the path of a file, from this one")


def _check_asset(link: Link, target: Target) -> Iterator[Problem]:
    """A Markdown file that could not be read was told while reading."""
    if target.address.lower().endswith(ASSETS) or target.address.endswith(".md"):
        return
    message = f"link '{link.destination}' leads to a file that is not published"
    fix = f"pages, and files that end in {', '.join(ASSETS)}, are"
    yield Problem("link-broken", SEVERITY, link.span, message, fix=fix)


def _check_page(context: Context, document: Document, link: Link, target: Target) -> Iterator[Problem]:
    if target.address and target.address not in context.published.addresses and not getattr(document, "draft", False):
        is_edition = isinstance(target.document, Edition) or target.document is None
        what = "an edition without published entries" if is_edition else "a draft"
        message = f"link '{link.destination}' leads to {what}"
        why = "readers of this page would not find it"
        yield Problem("link-broken", SEVERITY, link.span, message, why, "publish it too, or leave the link out for now")
    body = target.document.body if target.document else None
    if body is not None and target.anchor not in {"", "top"} and target.anchor not in body.anchors:
        where = "on this page" if target.document is document else f"in '{body.path}'"
        guess = Names(body.anchors).nearest(target.anchor)
        fix = (
            did_you_mean(f"#{guess}" if guess else "")
            or "an anchor is a heading in small letters with '-' between words"
        )
        message = f"link '{link.destination}': there is no heading '#{target.anchor}' {where}"
        yield Problem("link-broken", SEVERITY, link.span, message, fix=fix)
