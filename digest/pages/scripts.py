"""The few scripts of the site's pages: small files put inline, so that a hash says which may run.

Takes the files of `scripts/`; gives `<script>` elements, and their texts for the Content-Security-Policy. A page runs
no script unless its template puts one in by `inline_script`; it must serve readers without one too. The search page's
stands in a folder: four files that become one text, the first of which is Pagefind's own.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from markupsafe import Markup

SCRIPTS = files("digest.pages") / "scripts"
SEARCH = "search"
CLIENT = f"{SEARCH}/pagefind"
"""What reads an index in the browser, byte for byte as Pagefind writes it beside each index.

It reads the indexes of its own version only; a test says how to renew it.
"""
SEARCH_PARTS = (f"{SEARCH}/words", f"{SEARCH}/bundles", f"{SEARCH}/page")
"""They follow the client, in a block of their own, since both sides have names like `search`."""
WHOSE = "// Pagefind, copyright 2022 CloudCannon, under the MIT License: https://github.com/Pagefind/pagefind"
ENDS_ITSELF = re.compile(r"</script|<!--", re.IGNORECASE)
"""Must stand in no script: https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements."""


@cache
def inline_script(name: str) -> Markup:
    """`<script>...</script>` with the script of that name: the same text on every page, hence one hash.

    Pagefind's client asks for its own address (`import.meta`), which only a module may; a module runs when all of the
    page is there.
    """
    kind = ' type="module"' if name == SEARCH else ""
    return Markup(f"<script{kind}>{script_text(name)}</script>")  # noqa: S704 - files of the program, checked below


@cache
def script_text(name: str) -> str:
    """What stands between the tags."""
    if name != SEARCH:
        return _read(name)
    own = "\n".join(map(_read, SEARCH_PARTS))
    return f"{WHOSE}\n{_read(CLIENT)}\n{{\n{own}}}\n"


@cache
def script_names() -> Sequence[str]:
    """Every script that `inline_script` knows."""
    return sorted([SEARCH, *(path.name.removesuffix(".js") for path in SCRIPTS.iterdir() if path.name[-3:] == ".js")])


def iter_scripts() -> Iterator[str]:
    """The text of each script between its tags, by name."""
    yield from map(script_text, script_names())


@cache
def client_version() -> str:
    """Of which Pagefind the client is."""
    found = re.match(r'const pagefind_version="([^"]+)"', _read(CLIENT))
    return found[1] if found else ""


def _read(name: str) -> str:
    text = (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
    assert not ENDS_ITSELF.search(text), f"{name}.js would end its own element"  # noqa: S101 - a fault of the program
    return text
