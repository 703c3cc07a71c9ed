"""The Content-Security-Policy: what a page may run and load, for the page itself and for its host.

Each page carries its own policy in a `<meta>`, as strict as the page allows: no script at all, or the inline scripts
that it holds, by their hashes and nothing else. What a host sends as a header must suit every page of the site; a
browser obeys both. `frame-ancestors` counts in a header only. https://www.w3.org/TR/CSP3/.
"""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache

from digest.pages.scripts import inline_script, iter_scripts, script_names, script_text

COMPILES = "'wasm-unsafe-eval'"
"""Lets the search page compile Pagefind's WebAssembly; it lets no script in."""


def page_policy(kind: str, html: str) -> str:
    """The `<meta>` of a page; it must stand before any script."""
    names = script_names() if "<script" in html else ()
    found = [_hash(script_text(name)) for name in names if inline_script(name) in html]
    return policy_element([*found, *([COMPILES] if kind == "search" else ())])


def policy_element(scripts: Iterable[str]) -> str:
    """A policy as a `<meta>`, ready for a head."""
    return f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">\n'


def site_policy(framed_by: Iterable[str] = ()) -> str:
    """What a host sends with every file; `framed_by` are origins whose pages may show ours inside them."""
    scripts = [*map(_hash, iter_scripts()), COMPILES]
    ancestors = " ".join(["'self'", *framed_by])
    return f"{_policy(scripts)}; frame-ancestors {ancestors}"


def _policy(scripts: Iterable[str]) -> str:
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(scripts) or "'none'",
        "style-src": "'self' 'unsafe-inline'",  # a table's columns are aligned in place
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",  # Lighthouse looks for robots.txt from within a page
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


@cache
def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
